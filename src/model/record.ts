import Type, { type Static, type TSchema } from "typebox";
import type { Frozen } from "./frozen.ts";
import { predicateBase } from "./statement.ts";

/**
 * Entries of a ledger: in-toto Statements (v1) in DSSE. A decision is a SLSA verification summary with what it lacks under
 * one URI of ours; what a ledger says of itself has predicates of our own. Other fields are let pass, as in-toto demands.
 */
const Text = Type.String({ maxLength: 4000 });
const Digest = Type.String({ pattern: "^[0-9a-f]{64}$" });
const Moment = Type.String({ minLength: 20, maxLength: 40, description: "RFC 3339, UTC" });
const Count = Type.Integer({ minimum: 0 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" });
const Descriptor = Type.Object({ uri: Text, digest: Type.Object({ sha256: Digest }) });
const opt = Type.Optional;
/** Milliseconds by which the clock was behind the entry before, whose time this one has. */
const clockBehind = opt(Count);

/** Lines of a decision, each a leaf of a tree of its own (RFC 6962), so that one of them can be shown without the rest. */
const Lines = Type.Object({
  lines: Count,
  sha256: Type.String({ ...Digest, description: "of the object with all lines" }),
  root: Type.String({ ...Digest, description: "Merkle root over the lines, without their newlines" }),
});
export type Lines = Frozen<Static<typeof Lines>>;

const OutcomeCounts = Type.Object({ admitted: Count, refused: Count, undecided: Count });

/** What a verification summary has no field for. */
export const DecisionFields = Type.Object({
  kind: Type.Union([Type.Literal("assessment"), Type.Literal("gate")]),
  workspace: Text,
  action: Text,
  asOf: DayText,
  knownAt: DayText,
  demo: Type.Boolean(),
  engine: Type.Object({ freigabe: Text, cedar: Text }),
  packs: Type.Array(Type.Object({ name: Text, version: Text, digest: Text, use: Text })),
  outcome: Type.Union([Type.Literal("admitted"), Type.Literal("refused"), Type.Literal("undecided")]),
  verdicts: OutcomeCounts,
  basis: Type.Record(Text, Count),
  reasons: Type.Array(Type.Object({ pack: Text, rule: Text, lines: Count })),
  reasonsLeftOut: Count,
  rows: Type.Object({ ...Lines.properties, header: opt(Text) }),
  questions: opt(Lines),
  inventory: opt(
    Type.Object(
      { rows: Count, sha256: Digest },
      { description: "Parquet object: elements in use, and those recorded before that are not in the tables any more" },
    ),
  ),
});
export type DecisionFields = Frozen<Static<typeof DecisionFields>>;

export const decisionField = "https://freigabe.dev/decision/v0.1";

const Summary = Type.Object({
  verifier: Type.Object({ id: Text, version: opt(Type.Record(Text, Text)) }),
  timeVerified: Moment,
  clockBehind,
  resourceUri: Text,
  policy: Descriptor,
  inputAttestations: Type.Array(Descriptor, { maxItems: 100 }),
  verificationResult: Type.Union([Type.Literal("PASSED"), Type.Literal("FAILED")]),
  verifiedLevels: Type.Array(Text),
  slsaVersion: opt(Text),
  [decisionField]: DecisionFields,
});

const Seen = Type.Object({ file: Text, sha256: Digest, kind: Text });
export type SeenFile = Frozen<Static<typeof Seen>>;

const Start = Type.Object({ recordedAt: Moment, clockBehind, origin: Text, verifierKey: Text, freigabe: Text });
const Files = Type.Object({
  recordedAt: Moment,
  clockBehind,
  appeared: Type.Array(Seen, { maxItems: 1000 }),
  vanished: Type.Array(Seen, { maxItems: 1000 }),
});
const Rotation = Type.Object({ recordedAt: Moment, clockBehind, from: Text, to: Text, reason: Text });
const Redaction = Type.Object({ recordedAt: Moment, clockBehind, sha256: Digest, reason: Text });

/** What a partner may have changed, and what was given, withheld and taken back; the rows are lines of JSON. */
const Disclosure = Type.Object({
  recordedAt: Moment,
  clockBehind,
  partner: Text,
  today: DayText,
  posture: opt(Digest),
  noPosture: opt(Type.String({ ...Text, description: "why none of the postures that came counts" })),
  conditions: Type.Array(Type.Object({ id: Text, version: Text, sha256: Digest })),
  inputs: Type.Array(Type.Object({ file: Text, sha256: Digest }), {
    maxItems: 10_000,
    description: "`sharing.yaml`, conditions and keys, kept as objects",
  }),
  engine: Type.Object({ freigabe: Text, cedar: Text }),
  turns: Type.Array(
    Type.Object({
      class: Text,
      from: Text,
      to: Text,
      outcome: Text,
      against: Type.Array(Text),
      approvedBy: opt(Text),
    }),
  ),
  counts: Type.Object({ released: Count, withdrawn: Count, withheld: Count, recalls: Count }),
  rows: opt(Lines),
});
/** Something that somebody did at the server, and the digest of the document with which. */
const Act = Type.Object({ recordedAt: Moment, clockBehind, act: Text, by: Text, text: Text, sha256: opt(Digest) });
/** What a partner's own log says: rows of one of its views, and nothing else. */
const ViewEntry = Type.Object({
  recordedAt: Moment,
  clockBehind,
  partner: Text,
  collection: Text,
  shown: Count,
  gone: Count,
  rows: Lines,
});

/** Kinds of entry: the URI of the predicate, and its shape. */
export const entryKinds = {
  decision: { uri: "https://slsa.dev/verification_summary/v1", schema: Summary },
  start: { uri: `${predicateBase}/ledger-start/v0.1`, schema: Start },
  files: { uri: `${predicateBase}/ledger-files/v0.1`, schema: Files },
  rotation: { uri: `${predicateBase}/ledger-rotation/v0.1`, schema: Rotation },
  redaction: { uri: `${predicateBase}/ledger-redaction/v0.1`, schema: Redaction },
  disclosure: { uri: `${predicateBase}/ledger-disclosure/v0.1`, schema: Disclosure },
  act: { uri: `${predicateBase}/ledger-act/v0.1`, schema: Act },
  view: { uri: `${predicateBase}/ledger-view/v0.1`, schema: ViewEntry },
} as const satisfies Record<string, { readonly uri: string; readonly schema: TSchema }>;
export type EntryKind = keyof typeof entryKinds;

export type EntryPredicates = { readonly [K in EntryKind]: Frozen<Static<(typeof entryKinds)[K]["schema"]>> };

/** What an entry says, by its kind, and what it is about. */
export type EntryContent = {
  readonly [K in EntryKind]: {
    readonly kind: K;
    readonly predicate: EntryPredicates[K];
    readonly subject: EntrySubject;
  };
}[EntryKind];
export interface EntrySubject {
  readonly name: string;
  readonly sha256: string;
}

/** When an entry was made. */
export function timeOf(content: EntryContent): string {
  return content.kind === "decision" ? content.predicate.timeVerified : content.predicate.recordedAt;
}

/** Every file that a decision was made from, and where it came from; an object beside the ledger. */
export const InputManifest = Type.Object({
  kind: Type.Literal("inputs"),
  files: Type.Array(
    Type.Object({
      from: Type.Union([Type.Literal("workspace"), Type.Literal("pack"), Type.Literal("order")]),
      path: Type.String({ maxLength: 4000, description: "below the workspace, or below the packs: NAME/FILE" }),
      sha256: Digest,
      bytes: Count,
      kept: Type.Boolean({ description: "its bytes are an object of the ledger" }),
    }),
  ),
  root: Type.String({ maxLength: 4000, description: "where the workspace lay, for files that are not kept" }),
});
export type InputManifest = Frozen<Static<typeof InputManifest>>;

/** Proof of being in the ledger. */
export const Receipt = Type.Object({
  kind: Type.Literal("receipt"),
  ledger: Type.String({ description: "origin of the log" }),
  entry: Count,
  time: Moment,
  leaf: Type.String({ ...Digest, description: "RFC 6962 hash of the entry" }),
  proof: Type.String({ description: "C2SP tlog-proof with the entry; `freigabe verify` checks it as a file" }),
});
export type Receipt = Frozen<Static<typeof Receipt>>;

/** `false`: nothing has been written to a ledger. */
export const Recorded = Type.Union([Type.Literal(false, { description: "not written to a ledger" }), Receipt]);
