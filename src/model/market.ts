import Type, { type Static } from "typebox";
import { SpanShape } from "./dependence.ts";

/**
 * A published figure. With a supplier: its share of an area's market in percent; several names joined by `+`: of all of them
 * together. Without: something about the area, of which `size` (in one unit throughout) weighs it against others.
 */
export interface MarketFigure {
  readonly area: string;
  readonly segment: string;
  readonly year: number;
  readonly measure: string;
  readonly suppliers: readonly string[];
  readonly least: number;
  readonly most: number;
  readonly source: string;
  readonly tag: string;
  readonly line: number;
}
/** Name of the row for all suppliers that a market table does not name. */
export const otherSuppliers = "others";

/** A published figure of what a replacement costs; null where only one end is known. */
export interface CostFigure {
  readonly what: string;
  /** Domain of the network it is about; empty: the whole. */
  readonly domain: string;
  /** What one such sum was for: an `operator site`, a `location`, an `antenna`, or a whole `programme`. */
  readonly unit: string;
  readonly currency: string;
  readonly least: number | null;
  readonly most: number | null;
  readonly scope: string;
  readonly source: string;
  readonly tag: string;
}

const Text = Type.String();
const Figure = { year: Type.Integer(), measure: Text, segment: Text, source: Text, tag: Text };

const MarketState = Type.Object({
  shares: Type.Array(Type.Object({ supplier: Text, share: SpanShape })),
  hhi: SpanShape,
});

/** What `whatif coalition` answers. Shares in percent, HHI on 0 to 10,000. */
export const CoalitionResult = Type.Object(
  {
    kind: Type.Literal("coalition"),
    suppliers: Type.Array(Text),
    countries: Type.Array(
      Type.Object({
        country: Text,
        share: Type.Union([SpanShape, Type.Null()], { description: "null: no figure" }),
        figure: Type.Union([Type.Object(Figure), Type.Null()]),
        passedOver: Type.Array(Text, { description: "segment and measure of further figures of the same year" }),
      }),
    ),
    gone: Type.Object({
      percent: Type.Union([SpanShape, Type.Null()], {
        description:
          "of the suppliers' market in all countries with a figure; null: no country of the coalition has a figure, or it has no market in any",
      }),
      weights: Type.Union([Type.Literal("size"), Type.Literal("equal")], {
        description: "equal: sizes are not at hand, so that every country counts the same",
      }),
      joined: Type.Integer({ minimum: 0, description: "countries of the coalition with a figure" }),
      figures: Type.Integer({ minimum: 0, description: "countries with a figure" }),
    }),
    markets: Type.Array(
      Type.Object({
        area: Text,
        ...Figure,
        joins: Type.Union([Type.Literal("in part"), Type.Literal("whole")]),
        before: MarketState,
        after: Type.Union([MarketState, Type.Null()], { description: "null: how much of the area joins is not known" }),
        without: MarketState,
      }),
      {
        description: "markets of which every share is at hand: now, after the coalition, and if the whole area joined",
      },
    ),
    context: Type.Array(
      Type.Object({ area: Text, year: Type.Integer(), measure: Text, value: SpanShape, source: Text, tag: Text }),
    ),
    inputs: Type.Array(Type.Object({ file: Text, sha256: Text, rows: Type.Integer() })),
  },
  { $id: "https://freigabe.dev/schemas/coalition.schema.json", title: "Freigabe whatif coalition" },
);
export type CoalitionResult = Static<typeof CoalitionResult>;
