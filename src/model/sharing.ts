import Type, { type Static } from "typebox";
import type { Frozen } from "./frozen.ts";

const Word = Type.String({ minLength: 1, maxLength: 200 });
const PartyId = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
  description: "an id of letters, digits, `.`, `_` and `-`",
});
const TlpWord = Type.Union(
  [
    Type.Literal("clear"),
    Type.Literal("green"),
    Type.Literal("amber"),
    Type.Literal("amber+strict"),
    Type.Literal("red"),
  ],
  { description: "a level of TLP 2.0: clear, green, amber, amber+strict or red" },
);
const Uuid = Type.String({
  pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
  description: "a UUID of version 4 in lower case (TAXII 2.1, section 5.1)",
});
const Parties = Type.Union([Type.Literal("all"), Type.Array(PartyId, { maxItems: 1000 })], {
  description: "`all`, or a list of partners",
});
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

const CollectionEntry = Type.Object(
  {
    id: Uuid,
    title: Word,
    description: opt(Type.String({ maxLength: 4000 })),
    alias: opt(Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,59}$" })),
    read: Parties,
    write: opt(Parties),
    /** How an object counts that carries no TLP marking of its own. */
    unmarked: TlpWord,
  },
  closed,
);

const PartnerEntry = Type.Object(
  {
    id: PartyId,
    title: opt(Word),
    nation: opt(Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166-1 alpha-2" })),
    purposes: opt(Type.Array(Word, { maxItems: 100 })),
    /** The narrowest level it may have without being named. */
    tlp: TlpWord,
  },
  closed,
);

/** `sharing.yaml`: who shares, what collections there are, and with whom. */
export const Sharing = Type.Object(
  {
    originator: PartyId,
    title: Word,
    description: opt(Type.String({ maxLength: 4000 })),
    contact: opt(Word),
    /** Keys whose id begins with `DEMO-` count. */
    demo: opt(Type.Boolean()),
    maxContentLength: opt(Type.Integer({ minimum: 1000, maximum: 100_000_000 })),
    /** Hours within which two officers decide about a warning of a threat to life that a rule keeps from a partner. */
    warnHours: opt(Type.Integer({ minimum: 1, maximum: 720 })),
    recallDays: opt(Type.Integer({ minimum: 1, maximum: 365 })),
    collections: Type.Array(CollectionEntry, { minItems: 1, maxItems: 1000 }),
    partners: Type.Array(PartnerEntry, { maxItems: 1000 }),
    /** Suppliers of each list role that conditions speak of; a posture counts shares of the very same. */
    lists: opt(Type.Record(Word, Type.Array(Word, { minItems: 1, maxItems: 10_000 }))),
  },
  closed,
);
export type Sharing = Frozen<Static<typeof Sharing>>;
export type Collection = Frozen<Static<typeof CollectionEntry>>;
export type Lists = NonNullable<Sharing["lists"]>;
export type Partner = Frozen<Static<typeof PartnerEntry>>;

/** Ids of the collections that a party may read. */
export function readableBy(sharing: Sharing, party: string): ReadonlySet<string> {
  return new Set(sharing.collections.filter((one) => rightsIn(sharing, one, party).read).map(({ id }) => id));
}

/** Whether a partner may read, and whether it may write, a collection. The originator itself may do both everywhere. */
export function rightsIn(
  { originator }: Sharing,
  collection: Collection,
  party: string,
): { readonly read: boolean; readonly write: boolean } {
  if (party === originator) return { read: true, write: true };
  const among = (parties: Collection["read"] | undefined) => parties === "all" || parties?.includes(party) === true;
  return { read: among(collection.read), write: among(collection.write) };
}
