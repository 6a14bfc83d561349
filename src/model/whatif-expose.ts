import Type, { type Static } from "typebox";
import { ScopeWord, SpanShape } from "./dependence.ts";
import { ExposureChannel, Seen } from "./exposure.ts";
import type { Frozen } from "./frozen.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const SeenOrNone = Type.Union([Seen, Type.Null()]);

/** What is supposed: nothing, all maintenance through the operator's gateway, IPsec from end to end on all links, or both. */
export const ExposeState = Type.Union([
  Type.Literal("as-is"),
  Type.Literal("mediated"),
  Type.Literal("encrypted"),
  Type.Literal("both"),
]);
export type ExposeState = Static<typeof ExposeState>;

/** Shares of one part of the network. `metadata`: all that passes; `content`: what of it is in clear where it passes. */
export const ExposeRow = Type.Object({
  state: ExposeState,
  channel: ExposureChannel,
  function: Type.String({ description: "through elements of this function alone; empty: through all, and lines" }),
  scope: ScopeWord,
  name: Type.String({ description: "operator or region; empty for the nation" }),
  metadata: Type.Object({ traffic: SeenOrNone, people: SeenOrNone }),
  content: Type.Object({ traffic: SeenOrNone, people: SeenOrNone }),
});
export type ExposeRow = Frozen<Static<typeof ExposeRow>>;

export const TechniqueShape = Type.Object({ id: Text, name: Text });

/** Elements of a function in one channel, what the function sees, and what somebody behind it could do. */
export const ExposedFunction = Type.Object({
  channel: ExposureChannel,
  function: Type.String({ description: "empty: not known what they do" }),
  elements: SpanShape,
  of: Count,
  unknown: Type.Integer({ minimum: 0, description: "of these, with nobody known behind them in that channel" }),
  mediated: Type.Object(
    { least: Type.Number(), most: Type.Number() },
    { description: "if all maintenance were mediated" },
  ),
  operators: Type.Array(Text),
  sees: Type.Array(Type.Object({ data: Text, confirmed: Type.Boolean() })),
  takesDown: Type.Array(Text),
  source: Text,
  certainty: Text,
  protection: Type.Array(Text, { description: "what still hides something from such an element" }),
  techniques: Type.Array(TechniqueShape, { description: "MITRE FiGHT, our reading" }),
});
export type ExposedFunction = Frozen<Static<typeof ExposedFunction>>;

export const WhatIfExpose = Type.Object({
  kind: Type.Literal("whatif-expose"),
  asOf: Text,
  knownAt: Text,
  demo: Type.Boolean(),
  suspect: Text,
  suppliers: Type.Array(Text),
  mayInclude: Type.Array(Text, { description: "suppliers that might belong to it" }),
  channels: Type.Array(Text),
  elements: Type.Object({ total: Count, held: SpanShape }),
  links: Type.Object({
    total: Count,
    held: Type.Object(
      { least: Type.Number(), most: Type.Number() },
      { description: "lines by maker; in channel made" },
    ),
    protection: Type.Array(Type.Object({ name: Type.String({ description: "empty: not known" }), links: Count })),
  }),
  demands: Type.Object({
    origin: Type.Union([Type.Literal("table"), Type.Literal("modelled"), Type.Literal("none")]),
    total: Count,
    routed: Type.Integer({ minimum: 0, description: "with a path; the others count in no share" }),
    leftOut: Type.Integer({ minimum: 0, description: "rows that name no places of one operator, or one place twice" }),
  }),
  unread: Type.Integer({ minimum: 0, description: "records that could not be read: in no share" }),
  rows: Type.Array(ExposeRow),
  functions: Type.Array(ExposedFunction),
  waysIn: Type.Array(Type.Object({ channel: ExposureChannel, techniques: Type.Array(TechniqueShape) })),
  notes: Type.Array(Text, { description: "what was not looked at, and what the numbers take for granted" }),
});
export type WhatIfExpose = Frozen<Static<typeof WhatIfExpose>>;
