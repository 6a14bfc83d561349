import Type, { type Static } from "typebox";
import { ScopeWord, SpanShape } from "./dependence.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const Amount = Type.Number({ minimum: 0 });
const Measure = Type.Object({ makers: SpanShape, largest: SpanShape, hhi: SpanShape });

/** What `whatif restrict` answers: what falls if suppliers have to leave a domain. Spans: makers not known may be theirs. */
export const RestrictionResult = Type.Object(
  {
    kind: Type.Literal("restriction"),
    workspace: Text,
    suspect: Text,
    suppliers: Type.Array(Text),
    mayInclude: Type.Array(Text, { description: "suppliers that might belong to it" }),
    domain: Text,
    by: Text,
    knownAt: Text,
    demo: Type.Boolean(),
    fallen: Type.Array(
      Type.Object({
        scope: ScopeWord,
        name: Text,
        elements: SpanShape,
        ofElements: Count,
        sites: SpanShape,
        ofSites: Count,
        people: Type.Union([SpanShape, Type.Null()], { description: "apportioned to these sites" }),
      }),
    ),
    functions: Type.Array(Type.Object({ function: Text, elements: SpanShape, of: Count })),
    costs: Type.Array(
      Type.Object({
        what: Text,
        unit: Text,
        currency: Text,
        each: Type.Object({ least: Type.Union([Amount, Type.Null()]), most: Type.Union([Amount, Type.Null()]) }),
        count: Type.Union([SpanShape, Type.Null()], {
          description: "null: a sum for a whole programme, not multiplied",
        }),
        total: Type.Object({ least: Type.Union([Amount, Type.Null()]), most: Type.Union([Amount, Type.Null()]) }),
        scope: Text,
        source: Text,
        tag: Text,
      }),
      { description: "published figures, each with what it comes to here" },
    ),
    range: Type.Array(
      Type.Object({
        currency: Text,
        least: Type.Union([Amount, Type.Null()]),
        most: Type.Union([Amount, Type.Null()]),
      }),
      {
        description:
          "least and most of the figures per operator site, by currency, never converted; null: a figure leaves that end open",
      },
    ),
    concentration: Type.Array(
      Type.Object({ scope: ScopeWord, name: Text, segment: Text, before: Measure, after: Measure }),
    ),
    leftAlone: Type.Array(
      Type.Object(
        { operator: Text, segment: Text, elements: Count },
        {
          description: "where no other maker is left in any network, so that what falls went to one that is new",
        },
      ),
    ),
    limits: Type.Array(
      Type.Object({
        pack: Text,
        use: Text,
        scope: ScopeWord,
        name: Text,
        segment: Text,
        rules: Type.Array(Text),
        before: Text,
        after: Text,
        detail: Text,
      }),
      { description: "limits and advice whose answer turns" },
    ),
    unread: Count,
    inputs: Type.Array(Type.Object({ file: Text, sha256: Text, bytes: Count, rows: Type.Optional(Count) })),
  },
  { $id: "https://freigabe.dev/schemas/restriction.schema.json", title: "Freigabe whatif restrict" },
);
export type RestrictionResult = Static<typeof RestrictionResult>;
