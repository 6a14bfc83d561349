import { asName } from "../model/name.ts";
import { isRecord } from "./records.ts";

/** Fields that name what a table, a pack or `trust/` has. What signers number themselves is left as they signed it. */
const naming = new Set([
  ...["operator", "operators", "maker", "makers", "holder", "supplier", "suppliers", "party", "role"],
  ...["product", "products", "release", "releases", "fromRelease", "toRelease", "functions", "elements"],
  ...["scheme", "schemes", "documents", "lab", "pack", "rules", "partner", "originator", "condition"],
]);

/** A value from outside with every name in it as it is compared (`asName`): the same text as a table would have given. */
export function withNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNames);
  if (!isRecord(value)) return value;
  const alias = Object.hasOwn(value, "aliasOf");
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const named = naming.has(field) || (alias && (field === "text" || field === "id"));
      return [field, named ? asNames(inner) : withNames(inner)];
    }),
  );
}

function asNames(value: unknown): unknown {
  if (typeof value === "string") return asName(value);
  return Array.isArray(value) ? value.map(asNames) : withNames(value);
}

/** The name of a subject, `PRODUCT@RELEASE` with both as they are compared. */
export function subjectName(name: string): string {
  return name.split("@").map(asName).join("@");
}
