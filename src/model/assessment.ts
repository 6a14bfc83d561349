import Type, { type Static } from "typebox";
import { SupplierComment } from "./comment.ts";
import { Dependence } from "./dependence.ts";
import { Exposure } from "./exposure.ts";
import type { Frozen } from "./frozen.ts";
import { Outage } from "./outage.ts";
import { Recorded } from "./record.ts";

const Text = Type.String();
const Count = Type.Integer({ minimum: 0 });
const Counts = Type.Record(Text, Count, { description: "name -> number of verdicts" });
const opt = Type.Optional;
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const OutcomeWord = Type.Union([Type.Literal("admitted"), Type.Literal("undecided"), Type.Literal("refused")]);
const Who = Type.String({ description: "who can act: operator, maker, body, lab, authority or nobody" });

export const OutcomeCounts = Type.Object({ admitted: Count, refused: Count, undecided: Count });
export type OutcomeCounts = Static<typeof OutcomeCounts>;

const Place = Type.Object({ file: Text, line: opt(Count), pointer: opt(Text) });

const ProblemShape = Type.Object({
  kind: Type.Literal("problem"),
  code: Text,
  message: Text,
  hint: opt(Text),
  place: Place,
  record: opt(Text),
  rows: Type.Integer({ minimum: 0, description: "records set aside because of it" }),
});

const FindingShape = Type.Object({
  kind: Type.Literal("finding"),
  code: Text,
  title: Text,
  detail: Text,
  who: Who,
  verdicts: Type.Integer({ minimum: 0, description: "verdicts that would turn, or that it is about" }),
  places: Type.Array(Place),
});

const Breakdown = Type.Object({ name: Text, verdicts: OutcomeCounts, basis: Counts });
export type Breakdown = Frozen<Static<typeof Breakdown>>;

const ReasonShape = Type.Object({
  rule: Text,
  pack: Text,
  title: Text,
  cites: Text,
  certainty: Text,
  remedy: Text,
  refused: Type.Integer({ minimum: 0, description: "refused verdicts it stands against" }),
  undecided: Type.Integer({ minimum: 0, description: "undecided verdicts it stands against" }),
  who: Type.Record(Text, Count, { description: "who could settle it -> verdicts" }),
  example: Type.String({ description: "an element concerned" }),
  change: opt(Type.Array(Type.Object({ id: Text, title: Text, who: Who, effort: Count }))),
});
export type Reason = Frozen<Static<typeof ReasonShape>>;

const PackShape = Type.Object({
  name: Text,
  version: Text,
  title: Text,
  digest: Text,
  use: Type.Union([Type.Literal("binding"), Type.Literal("compare")]),
  verdicts: OutcomeCounts,
  basis: Counts,
  parameters: Type.Array(
    Type.Object({
      name: Text,
      title: Text,
      value: Type.Union([Text, Type.Number(), Type.Boolean()]),
      confirmed: Type.Boolean(),
      hanging: Type.Record(Text, Count, { description: "other value -> verdicts whose outcome or basis would differ" }),
    }),
  ),
});

const NetworkShape = Type.Object({
  pack: Text,
  use: Type.Union([Type.Literal("binding"), Type.Literal("compare")]),
  scope: Type.Union([Type.Literal("operator"), Type.Literal("nation")]),
  operator: Type.String({ description: "empty for the nation" }),
  segment: Text,
  outcome: OutcomeWord,
  basis: Text,
  reasons: Type.Array(Text),
  left: Type.Integer({ minimum: 0, description: "elements that left the tables and may still count here" }),
  advice: Type.Array(Text, { description: "advice that fires or is open; never an outcome" }),
  detail: Text,
});
export type NetworkVerdict = Frozen<Static<typeof NetworkShape>>;

const ExceptionShape = Type.Object({
  id: Text,
  pack: Text,
  rules: Type.Array(Text),
  reason: Text,
  owner: Text,
  approvers: Type.Array(Text, { description: "key ids" }),
  until: DayText,
  file: Text,
  state: Type.Union([
    Type.Literal("in-force"),
    Type.Literal("not-yet"),
    Type.Literal("expired"),
    Type.Literal("not-waivable"),
    Type.Literal("unmatched"),
  ]),
  verdicts: Type.Integer({ minimum: 0, description: "verdicts that are admitted only by it, or by it and others" }),
  underlying: OutcomeCounts,
});
export type ExceptionUse = Frozen<Static<typeof ExceptionShape>>;

const DueShape = Type.Object({
  day: DayText,
  kind: Type.Union([
    Type.Literal("certificate"),
    Type.Literal("register"),
    Type.Literal("exception"),
    Type.Literal("rule"),
  ]),
  id: Text,
  title: Text,
  file: Text,
  elements: Type.Integer({ minimum: 0, description: "elements of the release, rule or register it concerns" }),
});
export type Due = Frozen<Static<typeof DueShape>>;

/** The result of `assess`, as `--output json` prints it. Plain, sorted, without a clock. */
export const Assessment = Type.Object(
  {
    kind: Type.Literal("assessment"),
    schemaVersion: Type.Literal(1),
    workspace: Text,
    title: Text,
    action: Text,
    asOf: DayText,
    knownAt: DayText,
    projection: Type.Boolean({ description: "the as-of day lies after known-at" }),
    demo: Type.Boolean({ description: "keys and evidence of a demonstration count" }),
    recorded: Recorded,
    engine: Type.Object({ freigabe: Text, cedar: Text }),
    packs: Type.Array(PackShape),
    examined: Type.Integer({ minimum: 0, description: "elements: assessed + setAside + left.elements" }),
    assessed: Count,
    setAside: Count,
    usesSetAside: Type.Integer({
      minimum: 0,
      description:
        "unreadable rows of `uses`; each counts as one undecided/input verdict of an operator that is not known",
    }),
    left: Type.Object(
      {
        elements: Type.Integer({ minimum: 0, description: "of which nothing else is in use" }),
        verdicts: Count,
        refused: Type.Integer({ minimum: 0, description: "of the verdicts: refused if it were still there" }),
      },
      { description: "recorded in the ledger, not in the tables as it was, and no signed removal: undecided/left" },
    ),
    notInUse: Type.Integer({
      minimum: 0,
      description: "elements retired, planned or not yet in service, outside the question",
    }),
    planned: Type.Integer({ minimum: 0, description: "of these, elements planned for a day after as-of" }),
    completeness: Type.Object(
      {
        vouched: Type.Boolean(),
        open: Type.Array(
          Type.Object({
            operator: Text,
            domain: Type.String({ description: "access, transport, core, management, unknown, or all of them" }),
            why: Text,
          }),
        ),
      },
      { description: "whether signed registers say that the tables hold every element; if not, of whom and where not" },
    ),
    problems: Type.Array(ProblemShape),
    verdicts: OutcomeCounts,
    basis: Counts,
    underlying: Type.Object(OutcomeCounts.properties, { description: "the verdicts as they were without exceptions" }),
    exceptions: Type.Array(ExceptionShape),
    due: Type.Array(DueShape, { description: "what ends or begins, by day: from 400 days before as-of on" }),
    operators: Type.Array(Breakdown),
    domains: Type.Array(Breakdown),
    grades: Type.Record(Text, Count, {
      description: "lowest grade of evidence -> verdicts; `none`: no statement was read",
    }),
    nobodyCanAct: Type.Integer({ minimum: 0, description: "verdicts not admitted that nobody can turn" }),
    reasons: Type.Array(ReasonShape),
    comments: Type.Array(SupplierComment, { description: "what suppliers say themselves; they decide nothing" }),
    network: Type.Array(NetworkShape),
    dependence: Dependence,
    exposure: Exposure,
    outage: Outage,
    findings: Type.Array(FindingShape),
    evidence: Type.Object({ statements: Count, later: Count, unsigned: Count }),
    documents: Type.Object({
      bills: Count,
      advisories: Count,
      exploitedLists: Count,
      vouched: Type.Integer({ minimum: 0, description: "of these, documents that a statement vouches for" }),
    }),
    audit: Type.Object({ questions: Count, asked: Count, differences: Count }),
    inputs: Type.Array(Type.Object({ file: Text, sha256: Text, bytes: Count, rows: opt(Count) })),
  },
  { $id: "https://freigabe.dev/schemas/assessment.schema.json", title: "Freigabe assessment" },
);
export type Assessment = Frozen<Static<typeof Assessment>>;

/** Whether nobody was given a verdict: no element in use was read, and that shows nothing to be in order. */
export function lookedAtNothing({ verdicts }: Pick<Assessment, "verdicts">): boolean {
  return verdicts.admitted + verdicts.refused + verdicts.undecided === 0;
}
