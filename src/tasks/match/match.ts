import type { EquipmentKey } from "../../model/inventory.ts";
import type { Problem } from "../../model/problem.ts";
import { readAliases } from "./aliases.ts";
import type { Known, Matches } from "./matches.ts";
import type { MatchGround } from "./open.ts";
import { proposeMatches } from "./propose.ts";

/** What the texts of a workspace may mean, and on how many elements that rests. */
export interface MatchResult extends Matches {
  /** Elements looked at; those set aside because their record could not be read are not among them. */
  readonly elements: number;
  readonly setAside: number;
  readonly asOf: string;
  readonly problems: readonly Problem[];
}

/** Proposes what the maker, product and release texts of a workspace mean. Changes nothing. */
export async function matchWorkspace(ground: MatchGround): Promise<MatchResult> {
  const keys = await ground.store.equipmentKeys();
  const { known, problems } = knownOf(ground);
  const { elements, setAside } = ground.loaded;
  const proposals = proposeMatches(keys, known);
  return { ...proposals, elements, setAside, asOf: ground.today, problems: [...ground.problems, ...problems] };
}

/** Whether a text stands in the maker, product or release column of some element. */
export function standsIn(
  keys: readonly EquipmentKey[],
  column: "maker" | "product" | "release",
  text: string,
): boolean {
  return keys.some((key) => key[column] === text);
}

function knownOf({ knowledge, today, files }: MatchGround): { known: Known; problems: readonly Problem[] } {
  const { companies, aliases, certificates, updates } = knowledge;
  const inForce = aliases.filter(({ says: { from, until } }) => (!from || from <= today) && (!until || today <= until));
  const working = readAliases(files);
  const signed = inForce.map(({ says: { text, aliasOf, id, product } }) => {
    return { text, aliasOf, id, ...(product !== undefined && { product }), signed: true };
  });
  const releases = [
    ...certificates.map(({ says: { product, release } }) => ({ product, release })),
    ...updates.map(({ says: { product, toRelease } }) => ({ product, release: toRelease })),
  ];
  const { suppliers, products } = companies;
  return {
    known: { suppliers, products, aliases: [...signed, ...working.aliases], releases },
    problems: working.problems,
  };
}
