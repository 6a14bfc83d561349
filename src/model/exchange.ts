import Type, { type Static } from "typebox";
import type { Frozen } from "./frozen.ts";

/**
 * What originators and partners say to each other under a signature: the posture of a network, letters and their answers,
 * words of a supplier about itself, and what two officers let through.
 */
const Text = Type.String({ minLength: 1, maxLength: 400 });
const Letter = Type.String({ minLength: 1, maxLength: 20_000, description: "the words of the letter, plain text" });
const Id = Type.String({ minLength: 1, maxLength: 200 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "calendar day, YYYY-MM-DD" });
const Digest = Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256 in hex" });
const Percent = Type.Integer({ minimum: 0, maximum: 100 });
const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

/** Parts of a network a posture speaks of; `any`: the whole. */
export const postureDomains = ["any", "access", "transport", "core", "management"] as const;
/** How a supplier can have a hand in an element. */
export const postureChannels = ["made", "built", "maintained", "managed", "contains"] as const;
/** Who vouches for a posture, from worst to best: its subject, somebody who audited it, the originator who computed it. */
export const assurances = ["self", "audited", "recomputed"] as const;

export type PostureDomain = (typeof postureDomains)[number];
export type PostureChannel = (typeof postureChannels)[number];
export type Assurance = (typeof assurances)[number];

const words = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));

/** One number of a posture: percent of the domain, rounded up from anything above none; of an empty one 0 to 100. */
export const PostureCell = Type.Object(
  {
    domain: words(postureDomains),
    channel: words(postureChannels),
    role: Type.String({ ...Id, description: "list role of suppliers, as in freigabe.yaml" }),
    base: Type.Integer({ minimum: 0, description: "elements and lines that may belong to the domain" }),
    undecided: Type.Integer({ minimum: 0, description: "of them: those that may count, and of which it is not known" }),
    best: Percent,
    worst: Percent,
  },
  closed,
);

/** Where the people work from who maintain or manage, in percent of the domain's elements. */
export const PostureWork = Type.Object(
  {
    domain: words(postureDomains),
    base: Count,
    abroad: Type.Object({ best: Percent, worst: Percent }, closed),
    unmediated: Type.Object({ best: Percent, worst: Percent }, closed),
  },
  closed,
);

export const postureFields = {
  partner: Type.String({ ...Id, description: "whose network, as originators know it" }),
  assurance: words(assurances),
  asOf: DayText,
  knownAt: DayText,
  elements: Type.Integer({ minimum: 0, description: "elements in use, those set aside included" }),
  examined: Type.Integer({ minimum: 0, description: "elements whose row could be read" }),
  lines: opt(Type.Integer({ minimum: 0, description: "lines between sites that no element stands for" })),
  unreadFiles: opt(
    Type.Integer({ minimum: 0, description: "files of the inventory that nobody could read: each may hold anything" }),
  ),
  lists: Type.Array(
    Type.Object(
      {
        role: Id,
        suppliers: Type.Array(Id, { maxItems: 10_000, description: "who has the role, as the partner has it" }),
        source: opt(Text),
        asOf: opt(DayText),
      },
      closed,
    ),
    { maxItems: 100 },
  ),
  registers: opt(
    Type.Object(
      {
        oldest: Type.Integer({
          minimum: 0,
          description: "age in days, at known-at, of the oldest register of who works on the network",
        }),
      },
      closed,
    ),
  ),
  cells: Type.Array(PostureCell, { maxItems: 10_000 }),
  work: Type.Array(PostureWork, { maxItems: 100 }),
  oversight: Type.Object(
    { best: Type.Integer({ minimum: 0, maximum: 6 }), worst: Type.Integer({ minimum: 0, maximum: 6 }) },
    { ...closed, description: "lowest level of oversight over a maker in use, 0 to 6" },
  ),
} as const;

export type PostureCell = Frozen<Static<typeof PostureCell>>;
export type PostureWork = Frozen<Static<typeof PostureWork>>;

/** A formal letter with a condition and the day from which it is acted on. */
export const noticeFields = {
  noticeId: Id,
  originator: Id,
  partner: Id,
  title: Text,
  text: Letter,
  condition: opt(Type.String({ ...Id, description: "id of the condition that will be applied" })),
  force: opt(Type.String({ ...DayText, description: "day from which the condition is applied" })),
  answerBy: opt(DayText),
  supersedes: opt(Id),
} as const;

/** What the partner says to a letter: that it arrived, or an answer. `notice` is the digest of its envelope. */
export const replyFields = {
  replyId: Id,
  reply: words(["received", "answer"]),
  noticeId: Id,
  notice: Digest,
  partner: Id,
  originator: Id,
  text: opt(Letter),
} as const;

/** A supplier's own words, beside what is found about it; they decide nothing. */
export const commentFields = {
  commentId: Id,
  maker: Id,
  on: Type.String({ ...Id, description: "a notice, a rule, a condition or `*`: whatever is said about the supplier" }),
  text: Letter,
} as const;

/** Two officers let one object through to one partner although a condition stands against it. */
export const overrideFields = {
  overrideId: Id,
  object: Type.String({ ...Id, description: "STIX id" }),
  partner: Id,
  reason: Text,
  until: DayText,
} as const;

/** What two officers decide about a warning of a threat to life that a rule keeps from a partner. */
export const warningFields = {
  decisionId: Id,
  object: Type.String({ ...Id, description: "STIX id" }),
  version: Type.String({ ...Id, description: "its `modified`, as the case names it" }),
  partner: Id,
  decision: words(["release", "tearline", "waiver"]),
  instead: opt(Type.String({ ...Id, description: "for `tearline`: STIX id of the lesser object that is given" })),
  reason: Text,
} as const;

/** A partner says that it has acted on a recall. */
export const recallReplyFields = {
  recall: Type.String({ ...Id, description: "STIX id of the recall object" }),
  partner: Id,
  done: words(["deleted", "stopped-using", "cannot"]),
  text: opt(Text),
} as const;
