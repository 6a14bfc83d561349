import type { Day } from "../model/day.ts";
import type { Source, Why } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import { type Knowledge, sourceOf } from "./knowledge.ts";

/**
 * What a text in a table or statement means, or why that is not known. `sources`: the signed aliases and the successions
 * by which it means that; whatever rests on the answer rests on them.
 */
export type Resolved =
  | { readonly id: string; readonly sources?: readonly Source[] }
  | { readonly id?: undefined; readonly why: Why; readonly sources?: readonly Source[] };

/** What a text of a statement or table may name. */
export type Named = "supplier" | "product" | "operator" | "function";

/** Ids of one kind that we have: those of its table. */
export type Ids = Pick<ReadonlySet<string>, "has">;

/**
 * The supplier, product, operator or function that a text means on a day: an id of the tables, or what a signed alias in
 * force says. Never by likeness. Two aliases that differ leave it unknown.
 */
export function resolve(
  knowledge: Knowledge,
  kind: Named,
  text: string | null,
  day: Day,
  table: Ids = idsOf(knowledge, kind),
): Resolved {
  if (text === null) return unknown(`the ${kind} is not named`, "missing");
  if (table.has(text)) return { id: text };
  const saying = (aliases: Knowledge["aliases"]) =>
    aliases.filter(
      ({ says }) => says.aliasOf === kind && says.text === text && inForce(says, day) && table.has(says.id),
    );
  const said = saying(knowledge.aliases);
  const sources = said.map(aliasSource);
  const meant = new Set(said.map(({ says }) => says.id));
  const [only] = meant;
  const gone = [...new Set(saying(knowledge.gone?.aliases ?? []).map(({ says }) => says.id))].filter(
    (id) => id !== only,
  );
  if (meant.size < 2 && gone.length > 0) {
    const ids = gone.sort().join(" and ");
    const why = `an alias of \`${text}\` for ${ids} was recorded in the ledger and is gone from the workspace`;
    return unknown(why, only === undefined ? "identity" : "contested");
  }
  if (only !== undefined && meant.size === 1) return { id: only, sources };
  if (meant.size > 1) {
    const names = [...meant].sort().join(" and ");
    return { ...unknown(`signed aliases of \`${text}\` name ${names}`, "contested"), sources };
  }
  return unknown(`no ${kind} is known by \`${text}\`: \`freigabe match\` proposes, a person confirms`, "identity");
}

/** The ids of one kind; of functions those that we know, to which a pack adds its own. */
function idsOf({ companies }: Knowledge, kind: Named): Ids {
  switch (kind) {
    case "supplier":
      return companies.suppliers;
    case "product":
      return companies.products;
    case "operator":
      return companies.operators;
    case "function":
      return domainOfFunction;
  }
}

function unknown(text: string, code: "missing" | "identity" | "contested"): Resolved {
  return { why: { code, text, who: "operator" } };
}

/** What several answers rest on, each source once. */
export function sourcesOf(...resolved: readonly Pick<Resolved, "sources">[]): readonly Source[] {
  const found = resolved.flatMap(({ sources = [] }) => sources);
  return found.length < 2 ? found : [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

/** A signed alias as the source of a fact. */
export function aliasSource(claim: Knowledge["aliases"][number]): Source {
  const { text, aliasOf, id } = claim.says;
  return sourceOf(claim, `alias/${text}`, `the ${aliasOf} \`${text}\` is \`${id}\``);
}

function inForce(span: { readonly from?: Day; readonly until?: Day }, day: Day): boolean {
  return (span.from === undefined || span.from <= day) && (span.until === undefined || span.until >= day);
}

/** The supplier that a text meant on a day, as whoever stands there on `today`. */
export function resolveToday(knowledge: Knowledge, text: string | null, day: Day, today: Day): Resolved {
  const named = resolve(knowledge, "supplier", text, day);
  if (named.id === undefined) return named;
  const rows = successions(knowledge, named.id, today);
  const id = rows.at(-1)?.successor ?? named.id;
  return { id, sources: [...(named.sources ?? []), ...rows.map(rowSource)] };
}

/** Who stands on `day` where the supplier stood: itself, or its successor's successor. A cycle ends where it closes. */
export function successorOn(knowledge: Knowledge, supplier: string, day: Day): string {
  return successions(knowledge, supplier, day).at(-1)?.successor ?? supplier;
}

/** The same as the sources of a fact: the rows that were followed. */
export function successionSources(knowledge: Knowledge, supplier: string, day: Day): readonly Source[] {
  return successions(knowledge, supplier, day).map(rowSource);
}

type Succession = Knowledge["companies"]["succession"][number];

function successions({ companies }: Knowledge, supplier: string, day: Day): readonly Succession[] {
  const seen = new Set<string>();
  const rows: Succession[] = [];
  let current = supplier;
  while (!seen.has(current)) {
    seen.add(current);
    const next = companies.succession
      .filter(({ predecessor, day: since }) => predecessor === current && since <= day)
      .sort((a, b) => (a.day < b.day ? 1 : -1))[0];
    if (!next) break;
    rows.push(next);
    current = next.successor;
  }
  return rows;
}

function rowSource({ predecessor, successor, day }: Succession): Source {
  return { kind: "row", file: "succession", text: `\`${successor}\` stands for \`${predecessor}\` since ${day}` };
}
