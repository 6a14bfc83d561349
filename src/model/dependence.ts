import Type, { type Static } from "typebox";
import type { Frozen } from "./frozen.ts";

/** A number given what is not known: it lies between the two, whatever that turns out to be. */
export const SpanShape = Type.Object({ least: Type.Number(), most: Type.Number() });
const Text = Type.String();
const Amount = Type.Number({ minimum: 0 });
const orNone = <T extends Type.TSchema>(shape: T, description: string) =>
  Type.Union([shape, Type.Null()], { description });

export const ChannelWord = Type.Union([
  Type.Literal("made"),
  Type.Literal("built"),
  Type.Literal("maintained"),
  Type.Literal("managed"),
  Type.Literal("contains"),
]);
export const ScopeWord = Type.Union([Type.Literal("operator"), Type.Literal("region"), Type.Literal("nation")]);
export const BaseWord = Type.Union([
  Type.Literal("element"),
  Type.Literal("site"),
  Type.Literal("people"),
  Type.Literal("traffic"),
]);

/** How one part of a network is shared out among those who stand behind it. Shares in percent, HHI on 0 to 10,000. */
export const DependenceRow = Type.Object({
  by: Type.Union([Type.Literal("supplier"), Type.Literal("owner"), Type.Literal("country")], {
    description: "who is counted: the supplier itself, who controls it in the end, or the seat of that",
  }),
  channel: ChannelWord,
  scope: ScopeWord,
  name: Type.String({ description: "operator or region; empty for the nation" }),
  part: Type.String({ description: "segment or function; empty: all" }),
  partKind: Type.Union([Type.Literal("all"), Type.Literal("segment"), Type.Literal("function")]),
  base: BaseWord,
  total: Amount,
  unknown: Type.Number({ minimum: 0, description: "of it, with nobody known behind it" }),
  unplaced: Type.Number({ minimum: 0, description: "elements that may belong here or not" }),
  holders: Type.Array(Type.Object({ name: Text, units: Amount, share: SpanShape }), {
    description: "largest first, at most twelve",
  }),
  moreHolders: Type.Integer({ minimum: 0 }),
  count: SpanShape,
  largest: SpanShape,
  hhi: orNone(SpanShape, "null where a unit may have several holders"),
  effective: orNone(SpanShape, "10,000 / HHI: as many equal holders would be as concentrated"),
  similar: orNone(SpanShape, "the same with what their equipment has in common (Leinster and Cobbold, q = 2)"),
});
export type DependenceRow = Frozen<Static<typeof DependenceRow>>;

export const Dependence = Type.Object({
  kind: Type.Literal("dependence"),
  rows: Type.Array(DependenceRow),
  similarity: Type.Object({
    weights: Type.String({ description: "version of the weights of components" }),
    makers: Type.Integer({ minimum: 0, description: "makers of elements" }),
    withBills: Type.Integer({
      minimum: 0,
      description: "of these, makers of whose products a bill that counts is at hand",
    }),
    pairs: Type.Array(Type.Object({ a: Text, b: Text, common: SpanShape }), {
      description:
        "makers with something in common, part of what can fail that is the same, 0 to 1; most first, at most 50",
    }),
  }),
  people: Type.Object({
    known: Type.Boolean(),
    total: Amount,
    years: Type.Array(Type.Number()),
    sources: Type.Array(Text),
    placed: Type.Number({ minimum: 0, description: "people in regions where some operator has a radio site" }),
  }),
  traffic: Type.Object({
    origin: Type.Union([Type.Literal("table"), Type.Literal("modelled"), Type.Literal("none")]),
    total: Amount,
    loose: Type.Integer({ minimum: 0, description: "demands that name no places of one operator" }),
  }),
});
export type Dependence = Frozen<Static<typeof Dependence>>;
