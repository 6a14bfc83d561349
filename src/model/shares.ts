import Type, { type Static } from "typebox";
import { Dependence } from "./dependence.ts";
import type { Frozen } from "./frozen.ts";

const Name = Type.String({ minLength: 1, maxLength: 400 });
const Count = Type.Integer({ minimum: 0, maximum: 1e12 });
const Amount = Type.Number({ minimum: 0, maximum: 1e15 });
const Hash = Type.String({
  pattern: "^[0-9a-f]{64}$",
  description: "HMAC-SHA256 under the key that operators share",
});
const closed = { additionalProperties: false } as const;
const held = { units: Amount, low: Amount, may: Count };
const mostRows = 200_000;
const mostHolders = 5000;
const mostShared = 1_000_000;

const Part = Type.String({
  maxLength: 40,
  pattern: "^(|access|transport|core|access-management|transport-management|core-management|other)$",
  description: "segment; empty: the whole network",
});
const Region = Type.String({ maxLength: 400, description: "region; empty: none given; without it all of them" });

/** One part shared out among makers, in one base (`model/measure.ts` says what each number means). */
export const SharedOut = Type.Object(
  {
    part: Part,
    region: Type.Optional(Region),
    base: Type.Union([Type.Literal("element"), Type.Literal("site"), Type.Literal("people"), Type.Literal("traffic")], {
      description: "people: by region, of a million people there; traffic: as the demands table has it",
    }),
    holders: Type.Array(Type.Object({ name: Name, ...held }, closed), { maxItems: mostHolders }),
    groups: Type.Array(Type.Object({ product: Type.Optional(Hash), ...held }, closed), {
      maxItems: mostHolders,
      description: "units of one product whose maker is not known",
    }),
    singles: Type.Object({ units: Amount, low: Amount, squares: Amount, greatest: Amount }, closed),
    ...{ loose: Count, free: Amount, adrift: Count, joins: Amount, adds: Amount },
  },
  closed,
);
export type SharedOut = Frozen<Static<typeof SharedOut>>;

/** One part in a channel in which an element may have several holders, or nobody. */
export const TouchedOut = Type.Object(
  {
    part: Part,
    region: Type.Optional(Region),
    channel: Type.Union([
      Type.Literal("built"),
      Type.Literal("maintained"),
      Type.Literal("managed"),
      Type.Literal("contains"),
    ]),
    ...{ total: Count, unknown: Count, open: Count, loose: Count },
    holders: Type.Array(Type.Object({ name: Name, units: Count, open: Count }, closed), { maxItems: mostHolders }),
  },
  closed,
);
export type TouchedOut = Frozen<Static<typeof TouchedOut>>;

/** An element that other operators use too; `maker`: supplier; without it, `product`: hash of a product whose maker is not known. */
export const SharedElement = Type.Object(
  {
    element: Hash,
    first: Type.Boolean({ description: "this operator counts it for the nation, the others do not" }),
    parts: Type.Array(Part, { maxItems: 8 }),
    loose: Type.Boolean({ description: "it may belong to further parts" }),
    region: Region,
    maker: Type.Optional(Name),
    product: Type.Optional(Hash),
  },
  closed,
);
export type SharedElement = Frozen<Static<typeof SharedElement>>;

/** Makers that some elements of a product name: of its other elements nobody knows whose they are, unless all name one. */
export const ProductMakers = Type.Object(
  { product: Hash, makers: Type.Array(Name, { minItems: 1, maxItems: mostHolders }) },
  closed,
);
export type ProductMakers = Frozen<Static<typeof ProductMakers>>;

/** A region's radio sites of one operator, those that may be some, and what its tables tell of the region. */
export const ServedRegion = Type.Object(
  {
    name: Region,
    ...{ radio: Count, maybe: Count },
    people: Type.Optional(Count),
    year: Type.Optional(Type.Integer({ minimum: 1, maximum: 9999 })),
    source: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  closed,
);
export type ServedRegion = Frozen<Static<typeof ServedRegion>>;

/** What an operator tells of its network without telling its inventory; the predicate `shares` adds who signed when. */
export const sharesFields = {
  operator: Type.String({ minLength: 1, maxLength: 200 }),
  asOf: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "calendar day, YYYY-MM-DD" }),
  elements: Type.Integer({ minimum: 0, maximum: 1e12, description: "elements of this operator" }),
  unread: Type.Integer({
    minimum: 0,
    maximum: 1e12,
    description: "records that could not be read: they may be of any part",
  }),
  inventory: Type.Optional(Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256 over what was read" })),
  commonKey: Type.Optional(
    Type.String({ pattern: "^[0-9a-f]{16}$", description: "which common key: the start of its fingerprint" }),
  ),
  customers: Type.Optional(Count),
  traffic: Type.Optional(Type.Boolean({ description: "a demands table tells all of it" })),
  regions: Type.Optional(Type.Array(ServedRegion, { maxItems: mostRows })),
  shares: Type.Optional(Type.Array(SharedOut, { maxItems: mostRows })),
  touched: Type.Optional(Type.Array(TouchedOut, { maxItems: mostRows })),
  nationShares: Type.Optional(
    Type.Array(SharedOut, {
      maxItems: mostRows,
      description: "`shares` without what another operator counts for the nation; absent: nothing is",
    }),
  ),
  nationTouched: Type.Optional(Type.Array(TouchedOut, { maxItems: mostRows, description: "the same of `touched`" })),
  products: Type.Optional(Type.Array(ProductMakers, { maxItems: mostRows })),
  shared: Type.Optional(Type.Array(SharedElement, { maxItems: mostShared })),
} as const;
const SharesBody = Type.Object(sharesFields);
export type Shares = Frozen<Static<typeof SharesBody>>;

/** What `assess --from-shares` answers: dependence of all operators together, from their signed counts alone. */
export const NationalView = Type.Object(
  {
    kind: Type.Literal("national-view"),
    schemaVersion: Type.Literal(1),
    workspace: Type.String(),
    asOf: Type.String(),
    knownAt: Type.String(),
    demo: Type.Boolean(),
    operators: Type.Array(
      Type.Object({
        operator: Type.String(),
        file: Type.String(),
        asOf: Type.String(),
        signedOn: Type.String(),
        elements: Type.Integer(),
        unread: Type.Integer(),
        shared: Type.Integer({ description: "of its elements, told to be shared" }),
      }),
    ),
    leftOut: Type.Array(Type.Object({ file: Type.String(), why: Type.String() }), {
      description: "files that do not count: the view is without these networks",
    }),
    sharedOnce: Type.Integer({ description: "elements that several operators told, counted once by element" }),
    dependence: Type.Object({
      rows: Dependence.properties.rows,
      similarity: Dependence.properties.similarity,
      people: Dependence.properties.people,
    }),
    notes: Type.Array(Type.String()),
    inputs: Type.Array(Type.Object({ file: Type.String(), sha256: Type.String(), bytes: Type.Integer() })),
  },
  { additionalProperties: false },
);
export type NationalView = Frozen<Static<typeof NationalView>>;
