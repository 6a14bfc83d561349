import Type from "typebox";
import { type Domain, domains } from "./functions.ts";

const Id = Type.String({ minLength: 1, maxLength: 200 });
const Text = Type.String({ minLength: 1, maxLength: 400 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "calendar day, YYYY-MM-DD" });
const closed = { additionalProperties: false } as const;
const opt = Type.Optional;

/** Why an element no longer stands where it was recorded. */
export const removalReasons = ["dismantled", "handed-over", "moved", "renamed", "never-there"] as const;

/**
 * What an operator's inventory had and has no more. Two people sign it, one of them of the operator; `proof` is the document
 * that shows it (a protocol, a delivery note), by title and digest.
 */
export const removalFields = {
  removalId: Id,
  operator: Id,
  elements: Type.Array(Id, { minItems: 1, maxItems: 100_000 }),
  reason: Type.Unsafe<(typeof removalReasons)[number]>(Type.Union(removalReasons.map((word) => Type.Literal(word)))),
  removed: DayText,
  proof: Type.Object(
    {
      title: Text,
      address: opt(Text),
      digest: Type.Object({ sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }, closed),
    },
    closed,
  ),
  note: opt(Text),
};

/** What a register of kind `inventory` says instead of entries: part of the network, and the digest of the ids in it. */
export const inventoryFields = {
  domain: opt(Type.Unsafe<Domain>(Type.Union(domains.map((word) => Type.Literal(word))))),
  digest: opt(Type.Object({ sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }) }, closed)),
};
