import type { Companies } from "../model/inventory.ts";
import { fold } from "../model/name.ts";

const folds = new WeakMap<Companies, ReadonlySet<string>>();

/**
 * Whether a party is no operator of the tables and yet may be one: its name is an operator's id or legal name but for case,
 * white space and hyphens. What it signs then speaks for nobody, since it would count for everybody were it a stranger.
 */
export function mayBeOperator(companies: Companies, party: string): boolean {
  const { operators } = companies;
  if (operators.has(party)) return false;
  const known =
    folds.get(companies) ?? new Set([...operators.values()].flatMap(({ id, name }) => [fold(id), fold(name)]));
  folds.set(companies, known);
  return known.has(fold(party));
}
