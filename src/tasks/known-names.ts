import type { Knowledge } from "../facts/knowledge.ts";
import { type Named, resolve } from "../facts/suppliers.ts";
import type { Day } from "../model/day.ts";
import { domainOfFunction } from "../model/functions.ts";
import type { NamedKind } from "../model/named.ts";
import { type Candidate, likenessTo } from "./match/likeness.ts";
import type { UsedPack } from "./packs.ts";

/** What a workspace has by name. */
export interface KnownNames {
  /** Whether a text is an id, or a signed alias in force on a day says what it means. */
  has(kind: NamedKind, text: string, day: Day): boolean;
  /** Whether there is any id of a kind: else nothing can be said of a text. */
  any(kind: NamedKind): boolean;
  /** The id most like a text, by id or by name; for people, nothing follows from it. */
  nearest(kind: NamedKind, text: string): string | undefined;
}

const leastLike = 0.3;
/** Where the ids of each kind stand, for messages. */
export const tableOf: Readonly<Record<NamedKind, string>> = {
  ...{ supplier: "suppliers.csv", product: "products.csv", operator: "operators.csv", element: "elements" },
  ...{ function: "the functions we know", scheme: "the schemes of the packs in use", pack: "the packs in use" },
};

/** The names of a workspace's tables, packs and signed aliases. `elements`: ids that it is asked about and has. */
export function knownNames(
  knowledge: Knowledge,
  packs: readonly UsedPack[],
  elements: ReadonlySet<string> = new Set(),
): KnownNames {
  const { suppliers, products, operators } = knowledge.companies;
  const manifests = packs.map(({ pack }) => pack.manifest);
  const ids: Readonly<Record<NamedKind, ReadonlySet<string>>> = {
    supplier: new Set(suppliers.keys()),
    product: new Set(products.keys()),
    operator: new Set(operators.keys()),
    function: new Set([
      ...domainOfFunction.keys(),
      ...manifests.flatMap(({ classes = [] }) => classes.flatMap(({ functions }) => functions)),
    ]),
    scheme: new Set(manifests.flatMap(({ schemes = [] }) => schemes.map(({ id }) => id))),
    pack: new Set(packs.map(({ pack }) => pack.name)),
    element: elements,
  };
  const near = new Map<NamedKind, ReturnType<typeof likenessTo>>();
  return { has, nearest, any: (kind) => ids[kind].size > 0 };

  function has(kind: NamedKind, text: string, day: Day): boolean {
    if (kind === "scheme" || kind === "pack" || kind === "element") return ids[kind].has(text);
    return resolve(knowledge, kind satisfies Named, text, day, ids[kind]).id !== undefined;
  }

  function nearest(kind: NamedKind, text: string): string | undefined {
    const search = near.get(kind) ?? likenessTo(candidates(kind), leastLike);
    near.set(kind, search);
    return search(text, 1)[0]?.candidate.id;
  }

  function candidates(kind: NamedKind): readonly Candidate[] {
    const named = { supplier: suppliers, product: products, operator: operators }[String(kind)];
    const byName = [...(named?.values() ?? [])].map(({ id, name }) => ({ id, text: name }));
    return [...[...ids[kind]].map((id) => ({ id, text: id })), ...byName];
  }
}
