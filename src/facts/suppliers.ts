import type { Day } from "../model/day.ts";
import type { Why } from "../model/fact.ts";
import type { Knowledge } from "./knowledge.ts";

/** What a text in a table or statement means, or why that is not known. */
export type Resolved = { readonly id: string } | { readonly id?: undefined; readonly why: Why };

type Named = "supplier" | "product";

/**
 * The supplier or product that a text means on a day: an id of the tables, or what a signed alias in force says.
 * Never by likeness. Two aliases that differ leave it unknown.
 */
export function resolve(knowledge: Knowledge, kind: Named, text: string | null, day: Day): Resolved {
  if (text === null) return unknown(`the ${kind} is not named`, "missing");
  const table = kind === "supplier" ? knowledge.companies.suppliers : knowledge.companies.products;
  if (table.has(text)) return { id: text };
  const meantBy = (aliases: Knowledge["aliases"]) =>
    new Set(
      aliases
        .filter(({ says }) => says.aliasOf === kind && says.text === text && inForce(says, day))
        .map(({ says }) => says.id)
        .filter((id) => table.has(id)),
    );
  const meant = meantBy(knowledge.aliases);
  const [only] = meant;
  const gone = knowledge.gone ? [...meantBy(knowledge.gone.aliases)].filter((id) => id !== only) : [];
  if (meant.size < 2 && gone.length > 0) {
    const ids = gone.sort().join(" and ");
    const why = `an alias of \`${text}\` for ${ids} was recorded in the ledger and is gone from the workspace`;
    return unknown(why, only === undefined ? "identity" : "contested");
  }
  if (only !== undefined && meant.size === 1) return { id: only };
  if (meant.size > 1)
    return unknown(`signed aliases of \`${text}\` name ${[...meant].sort().join(" and ")}`, "contested");
  return unknown(`no ${kind} is known by \`${text}\`: \`freigabe match\` proposes, a person confirms`, "identity");
}

function unknown(text: string, code: "missing" | "identity" | "contested"): Resolved {
  return { why: { code, text, who: "operator" } };
}

function inForce(span: { readonly from?: Day; readonly until?: Day }, day: Day): boolean {
  return (span.from === undefined || span.from <= day) && (span.until === undefined || span.until >= day);
}

/** Who stands on `day` where the supplier stood: itself, or its successor's successor. A cycle ends where it closes. */
export function successorOn(knowledge: Knowledge, supplier: string, day: Day): string {
  const seen = new Set<string>();
  let current = supplier;
  while (!seen.has(current)) {
    seen.add(current);
    const next = knowledge.companies.succession
      .filter(({ predecessor, day: since }) => predecessor === current && since <= day)
      .sort((a, b) => (a.day < b.day ? 1 : -1))[0];
    if (!next) return current;
    current = next.successor;
  }
  return current;
}
