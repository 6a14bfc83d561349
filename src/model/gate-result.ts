import Type, { type Static } from "typebox";
import { Assessment, OutcomeCounts } from "./assessment.ts";
import type { Frozen } from "./frozen.ts";
import { Recorded } from "./record.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const opt = Type.Optional;
const OutcomeWord = Type.Union([Type.Literal("admitted"), Type.Literal("undecided"), Type.Literal("refused")]);

const Change = Type.Array(Type.Object({ id: Text, title: Text, who: Text, effort: Count }));

/** One line of an order with its verdict. */
export const OrderLine = Type.Object({
  line: Type.Integer({ minimum: 1, description: "line of the file" }),
  id: Text,
  operator: Text,
  product: Text,
  release: Text,
  functions: Text,
  quantity: Count,
  outcome: OutcomeWord,
  basis: Text,
  bases: Type.Array(Text),
  reasons: Type.Array(
    Type.Object({ rule: Text, pack: Text, title: Text, cites: Text, remedy: Text, with: opt(Type.Array(Text)) }),
  ),
  why: Type.Array(Type.Object({ code: Text, text: Text, who: Text })),
  change: opt(Change),
  exceptions: opt(Type.Array(Text, { description: "exceptions that turned something" })),
  underlying: opt(
    Type.Object({ outcome: OutcomeWord, basis: Text, reasons: Type.Array(Text) }, { description: "without them" }),
  ),
  until: opt(Type.String({ description: "last day on which an admission by exception holds" })),
  compare: Type.Record(Text, OutcomeWord),
});
export type OrderLine = Frozen<Static<typeof OrderLine>>;

/** The result of `gate`, as `--output json` prints it. */
export const GateResult = Type.Object(
  {
    kind: Type.Literal("gate"),
    schemaVersion: Type.Literal(1),
    workspace: Text,
    action: Text,
    asOf: Text,
    knownAt: Text,
    demo: Type.Boolean(),
    recorded: Recorded,
    order: Type.Object({ file: Text, sha256: Text, lines: Count, setAside: Count }),
    verdicts: OutcomeCounts,
    lines: Type.Array(OrderLine),
    network: Assessment.properties.network,
    problems: Assessment.properties.problems,
    packs: Type.Array(Type.Object({ name: Text, version: Text, digest: Text, use: Text })),
  },
  { $id: "https://freigabe.dev/schemas/gate.schema.json", title: "Freigabe gate" },
);
export type GateResult = Frozen<Static<typeof GateResult>>;
