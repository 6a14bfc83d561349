import Type, { type Static, type TSchema } from "typebox";
import {
  commentFields,
  noticeFields,
  overrideFields,
  postureFields,
  recallReplyFields,
  replyFields,
  warningFields,
} from "./exchange.ts";
import { inventoryFields, removalFields } from "./removal.ts";
import { sharesFields } from "./shares.ts";

/**
 * Predicates of the in-toto Statements (v1) that Freigabe reads and makes. Own predicate types stand only where in-toto
 * has none; the URIs are names, nothing is ever fetched from them.
 */
export const predicateBase = "https://freigabe.dev/predicates";
export const statementType = "https://in-toto.io/Statement/v1";
export const payloadType = "application/vnd.in-toto+json";

const Text = Type.String({ minLength: 1, maxLength: 400 });
const Id = Type.String({ minLength: 1, maxLength: 200 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "calendar day, YYYY-MM-DD" });
const Moment = Type.String({
  minLength: 20,
  maxLength: 40,
  description: "RFC 3339 time at which the signer says it signed",
});
const Ids = Type.Array(Id, { maxItems: 10_000 });
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

/** How a public document was copied into a statement; such a statement carries the signatures of two people. */
export const TranscriptOf = Type.Object(
  {
    title: Text,
    address: Text,
    seen: DayText,
    digest: Type.Object({ sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }, closed),
  },
  closed,
);

const common = { signedAt: Moment, transcriptOf: opt(TranscriptOf) };

export const CertificateEntry = Type.Object(
  {
    certificateId: Id,
    scheme: Id,
    status: Type.Union([Type.Literal("issued"), Type.Literal("withdrawn")]),
    holder: Id,
    product: Id,
    release: Id,
    documents: opt(Ids),
    lab: opt(Id),
    issued: DayText,
    until: opt(DayText),
    withdrawn: opt(DayText),
    conditions: opt(Text),
  },
  closed,
);

export const OrderEntry = Type.Object(
  {
    orderId: Id,
    law: Text,
    status: Type.Union([Type.Literal("in-force"), Type.Literal("repealed")]),
    operators: Type.Union([Type.Literal("all"), Ids]),
    makers: Type.Union([Type.Literal("all"), Ids]),
    subsidiaries: opt(Type.Boolean()),
    products: opt(Ids),
    functions: opt(Ids),
    actions: opt(Type.Array(Type.Union([Type.Literal("deploy"), Type.Literal("operate")]))),
    issued: DayText,
    effective: DayText,
    until: opt(DayText),
  },
  closed,
);

export const DeclarationEntry = Type.Object(
  {
    declarationId: Id,
    declaration: Type.Union([Type.Literal("notice"), Type.Literal("guarantee")]),
    operator: opt(Id),
    maker: opt(Id),
    product: Id,
    functions: opt(Ids),
    given: DayText,
    prolonged: opt(Type.Boolean()),
  },
  closed,
);

export const MaintenanceEntry = Type.Object(
  {
    operator: Id,
    relations: opt(
      Type.Integer({
        minimum: 0,
        description:
          "how many builders, maintainers and managers `relations` name for its elements; a posture needs it",
      }),
    ),
    note: opt(Text),
  },
  closed,
);

const Certificate = Type.Object({ ...CertificateEntry.properties, ...common }, closed);
const Order = Type.Object({ ...OrderEntry.properties, ...common }, closed);
const Declaration = Type.Object({ ...DeclarationEntry.properties, ...common }, closed);

const UpdateStatement = Type.Object(
  {
    certificateId: Id,
    product: Id,
    fromRelease: Id,
    toRelease: Id,
    change: Type.Union([Type.Literal("minor"), Type.Literal("major")]),
    ...common,
  },
  closed,
);

const Oversight = Type.Object(
  {
    maker: Id,
    product: opt(Id),
    level: Type.Integer({ minimum: 0, maximum: 6 }),
    basis: opt(Text),
    until: opt(DayText),
    ...common,
  },
  closed,
);

/**
 * What a register lists. `maintenance`: the relations table holds every party that maintains or manages. `inventory`: the
 * tables hold every element of an operator (in one domain, or all); it lists none, but counts them and has a digest of their ids.
 */
export const registerKinds = ["certificates", "orders", "notices", "guarantees", "maintenance", "inventory"] as const;
export type RegisterKind = (typeof registerKinds)[number];

const Register = Type.Object(
  {
    register: Type.Union([
      Type.Literal("certificates"),
      Type.Literal("orders"),
      Type.Literal("notices"),
      Type.Literal("guarantees"),
      Type.Literal("maintenance"),
      Type.Literal("inventory"),
    ]),
    operator: opt(Id),
    schemes: opt(Ids),
    ...inventoryFields,
    edition: Type.Integer({ minimum: 1 }),
    first: opt(
      Type.Boolean({
        description:
          "whoever signs says that this is the first edition there is here: none with a lower number was kept",
      }),
    ),
    complete: Type.Boolean(),
    asOf: DayText,
    nextDue: DayText,
    count: Type.Integer({ minimum: 0 }),
    entries: Type.Array(Type.Union([CertificateEntry, OrderEntry, DeclarationEntry, MaintenanceEntry]), {
      maxItems: 200_000,
    }),
    ...common,
  },
  closed,
);

/** What an alias may say that a text means. */
export const aliasKinds = ["supplier", "product", "release", "operator", "function"] as const;

/** A person's confirmation of what a text in the tables means; `until` absent: for good. */
const Alias = Type.Object(
  {
    text: Text,
    aliasOf: Type.Union([
      Type.Literal("supplier"),
      Type.Literal("product"),
      Type.Literal("release"),
      Type.Literal("operator"),
      Type.Literal("function"),
    ]),
    id: Id,
    product: opt(Id),
    from: opt(DayText),
    until: opt(DayText),
    reason: opt(Text),
    ...common,
  },
  closed,
);

/**
 * Two approvers let equipment pass rules that stand against it, until a day. Scope: what stands here narrows it; a part
 * that is absent means all. The rules must be waivable by the role in which both sign.
 */
const Exception = Type.Object(
  {
    exceptionId: Id,
    pack: Id,
    rules: Type.Array(Id, { minItems: 1, maxItems: 100 }),
    scope: Type.Object(
      {
        operators: opt(Ids),
        makers: opt(Ids),
        products: opt(Ids),
        releases: opt(Ids),
        functions: opt(Ids),
        elements: opt(Ids),
      },
      { ...closed, minProperties: 1 },
    ),
    actions: opt(Type.Array(Type.Union([Type.Literal("deploy"), Type.Literal("operate"), Type.Literal("update")]))),
    reason: Text,
    owner: Text,
    from: opt(DayText),
    until: DayText,
    ...common,
  },
  closed,
);

/** Formats of documents that carry no signature of their own. */
export const documentFormats = ["CycloneDX", "CSAF", "KEV"] as const;

/**
 * Vouches for a document that lies beside it unsigned (the subject's digest is the document's): a maker for the bill of
 * materials of its product, an authority for its list, or two people for what they copied. `product` and `release` say
 * what the document is about, in the workspace's own ids, where its own names do not tell.
 */
const Document = Type.Object(
  {
    format: Type.Union([Type.Literal("CycloneDX"), Type.Literal("CSAF"), Type.Literal("KEV")]),
    product: opt(Id),
    release: opt(Id),
    ...common,
  },
  closed,
);

const Resource = Type.Object({
  name: opt(Text),
  uri: opt(Text),
  digest: opt(Type.Record(Type.String(), Type.String())),
});
/** in-toto predicate `test-result/v0.1`; unknown fields are ignored, as the framework demands. */
const TestResult = Type.Object({
  result: Type.Union([Type.Literal("PASSED"), Type.Literal("WARNED"), Type.Literal("FAILED")]),
  configuration: Type.Array(Resource, { maxItems: 1000 }),
  url: opt(Text),
  passedTests: opt(Type.Array(Text, { maxItems: 100_000 })),
  warnedTests: opt(Type.Array(Text, { maxItems: 100_000 })),
  failedTests: opt(Type.Array(Text, { maxItems: 100_000 })),
  signedAt: Moment,
  transcriptOf: opt(TranscriptOf),
});

const Shares = Type.Object({ ...sharesFields, ...common }, closed);
const Posture = Type.Object({ ...postureFields, ...common }, closed);
const FormalNotice = Type.Object({ ...noticeFields, ...common }, closed);
const NoticeReply = Type.Object({ ...replyFields, ...common }, closed);
const SupplierComment = Type.Object({ ...commentFields, ...common }, closed);
const Override = Type.Object({ ...overrideFields, ...common }, closed);
const Removal = Type.Object({ ...removalFields, ...common }, closed);
const WarningDecision = Type.Object({ ...warningFields, ...common }, closed);
const RecallReply = Type.Object({ ...recallReplyFields, ...common }, closed);

/** Every kind of statement: its predicate type and the schema of its predicate. */
export const predicates = {
  certificate: { uri: `${predicateBase}/certificate/v0.1`, schema: Certificate },
  "test-result": { uri: "https://in-toto.io/attestation/test-result/v0.1", schema: TestResult },
  register: { uri: `${predicateBase}/register/v0.1`, schema: Register },
  declaration: { uri: `${predicateBase}/declaration/v0.1`, schema: Declaration },
  order: { uri: `${predicateBase}/order/v0.1`, schema: Order },
  "update-statement": { uri: `${predicateBase}/update-statement/v0.1`, schema: UpdateStatement },
  oversight: { uri: `${predicateBase}/oversight/v0.1`, schema: Oversight },
  alias: { uri: `${predicateBase}/alias/v0.1`, schema: Alias },
  exception: { uri: `${predicateBase}/exception/v0.1`, schema: Exception },
  document: { uri: `${predicateBase}/document/v0.1`, schema: Document },
  shares: { uri: `${predicateBase}/shares/v0.1`, schema: Shares },
  posture: { uri: `${predicateBase}/posture/v0.1`, schema: Posture },
  "formal-notice": { uri: `${predicateBase}/formal-notice/v0.1`, schema: FormalNotice },
  "notice-reply": { uri: `${predicateBase}/notice-reply/v0.1`, schema: NoticeReply },
  "supplier-comment": { uri: `${predicateBase}/supplier-comment/v0.1`, schema: SupplierComment },
  override: { uri: `${predicateBase}/override/v0.1`, schema: Override },
  "warning-decision": { uri: `${predicateBase}/warning-decision/v0.1`, schema: WarningDecision },
  "recall-reply": { uri: `${predicateBase}/recall-reply/v0.1`, schema: RecallReply },
  removal: { uri: `${predicateBase}/removal/v0.1`, schema: Removal },
} as const satisfies Record<string, { uri: string; schema: TSchema }>;

export type StatementKind = keyof typeof predicates;
export const statementKinds = Object.keys(predicates) as readonly StatementKind[];

export type CertificatePredicate = Static<typeof Certificate>;
export type TestResultPredicate = Static<typeof TestResult>;
export type RegisterPredicate = Static<typeof Register>;
export type DeclarationPredicate = Static<typeof Declaration>;
export type OrderPredicate = Static<typeof Order>;
export type UpdatePredicate = Static<typeof UpdateStatement>;
export type OversightPredicate = Static<typeof Oversight>;
export type AliasPredicate = Static<typeof Alias>;
export type ExceptionPredicate = Static<typeof Exception>;
export type DocumentPredicate = Static<typeof Document>;
export type SharesPredicate = Static<typeof Shares>;
export type PosturePredicate = Static<typeof Posture>;
export type NoticePredicate = Static<typeof FormalNotice>;
export type ReplyPredicate = Static<typeof NoticeReply>;
export type CommentPredicate = Static<typeof SupplierComment>;
export type OverridePredicate = Static<typeof Override>;
export type RemovalPredicate = Static<typeof Removal>;
export type WarningPredicate = Static<typeof WarningDecision>;
export type RecallReplyPredicate = Static<typeof RecallReply>;
export type CertificateClaim = Static<typeof CertificateEntry>;
export type OrderClaim = Static<typeof OrderEntry>;
export type DeclarationClaim = Static<typeof DeclarationEntry>;

/** What a statement is about: `name` as text (for a release: product id `@` version), digests in lower-case hex. */
export interface Subject {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

/** A statement as it arrived, in our words: kind and predicate belong together. */
export type Statement = {
  readonly [Kind in StatementKind]: {
    readonly subjects: readonly Subject[];
    readonly kind: Kind;
    readonly predicate: Static<(typeof predicates)[Kind]["schema"]>;
  };
}[StatementKind];
