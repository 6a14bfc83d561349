import Type, { type Static } from "typebox";
import { ScopeWord, SpanShape } from "./dependence.ts";
import type { Frozen } from "./frozen.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });

export const ExposureChannel = Type.Union([
  Type.Literal("made"),
  Type.Literal("built"),
  Type.Literal("maintained"),
  Type.Literal("managed"),
  Type.Literal("contains"),
  Type.Literal("any"),
]);

/**
 * Percent of traffic, or of people's traffic, that passes equipment somebody stands behind: on every path (`must`), with
 * equal splitting (`expected`), on some path (`may`). Each a span, for what is not known may be theirs too.
 */
export const Seen = Type.Object({ must: SpanShape, expected: SpanShape, may: SpanShape });
export type Seen = Frozen<Static<typeof Seen>>;

export const ExposureRow = Type.Object({
  supplier: Text,
  channel: ExposureChannel,
  scope: ScopeWord,
  name: Type.String({ description: "operator or region; empty for the nation" }),
  traffic: Type.Union([Seen, Type.Null()]),
  people: Type.Union([Seen, Type.Null()]),
});
export type ExposureRow = Frozen<Static<typeof ExposureRow>>;

/** Elements of one function that a supplier stands behind, and what such a function sees. */
export const HeldFunction = Type.Object({
  supplier: Text,
  channel: ExposureChannel,
  function: Text,
  elements: Count,
  of: Type.Integer({ minimum: 0, description: "elements that bear the function" }),
  unknown: Type.Integer({ minimum: 0, description: "of these, with nobody known behind them in that channel" }),
  operators: Type.Array(Text),
  sees: Type.Array(Text, { description: "classes of data, by id (docs/exposure.md)" }),
  takesDown: Type.Array(Text),
});
export type HeldFunction = Frozen<Static<typeof HeldFunction>>;

export const Exposure = Type.Object({
  kind: Type.Literal("exposure"),
  rows: Type.Array(ExposureRow),
  held: Type.Array(HeldFunction),
  suppliers: Type.Integer({ minimum: 0, description: "suppliers looked at; rows tell the most exposed" }),
  origin: Type.Union([Type.Literal("table"), Type.Literal("modelled"), Type.Literal("none")]),
  demands: Count,
  routed: Type.Integer({ minimum: 0, description: "demands with a path; the others count in no share" }),
  links: Count,
});
export type Exposure = Frozen<Static<typeof Exposure>>;
