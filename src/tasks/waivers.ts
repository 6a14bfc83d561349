import { differentSigners } from "../evidence/entitlement.ts";
import { type Knowledge, seenBy } from "../facts/knowledge.ts";
import { mayBeOperator } from "../facts/parties.ts";
import type { Setting } from "../facts/setting.ts";
import type { Equipment } from "../facts/subject.ts";
import { resolve } from "../facts/suppliers.ts";
import type { Day } from "../model/day.ts";
import type { TrustedKey } from "../model/evidence.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Action, Waiver } from "../model/verdict.ts";
import { type ExceptionClaim, marked, type Standing } from "./exceptions.ts";

/** The part of a key of the inventory that tells what an exception covers. */
type Named = Pick<EquipmentKey, "operator" | "maker" | "mark">;

/** The exceptions in force that speak of a pack. */
export function inForceFor(standing: readonly Standing[], pack: string): readonly ExceptionClaim[] {
  return standing
    .filter(({ state, claim }) => state === "in-force" && claim.says.pack === pack)
    .map(({ claim }) => claim);
}

/**
 * Those of the exceptions that cover one function of equipment, whatever the action. Every part of a scope has to be
 * shown to fit: a maker or product that is not known fits none. An approver who belongs to an operator or a maker speaks
 * for that party's elements alone.
 */
export function covering(
  claims: readonly ExceptionClaim[],
  setting: Setting,
  key: Named,
  equipment: Equipment,
): readonly ExceptionClaim[] {
  return claims.filter((claim) => covers(claim, setting, key, equipment));
}

/** Those of the exceptions that speak of the action, as the engine needs them. */
export function asWaivers(claims: readonly ExceptionClaim[], action: Action): readonly Waiver[] {
  const spoken = claims.filter(({ says }) => says.actions === undefined || says.actions.some((one) => one === action));
  return spoken.map(({ says }) => ({ exception: says.exceptionId, rules: says.rules, until: says.until }));
}

function covers(claim: ExceptionClaim, setting: Setting, key: Named, equipment: Equipment): boolean {
  const { operators, makers, products, releases, functions } = scopeOf(claim, setting.knowledge);
  return (
    (claim.says.scope.elements === undefined || marked(key.mark).includes(claim.says.exceptionId)) &&
    holds(operators, key.operator) &&
    holds(releases, equipment.release) &&
    holds(functions, equipment.function) &&
    holds(products, equipment.product.id) &&
    (makers === undefined || isByOne(makers, setting, key, equipment)) &&
    mayFor(claim, setting, key.operator, equipment)
  );
}

/** Whether something is in a part of a scope; a part that is absent means all, and what is not known is in none. */
function holds(part: ReadonlySet<string> | undefined, name: string | null | undefined): boolean {
  return part === undefined || (name !== null && name !== undefined && part.has(name));
}

/** Whether, for each rule, two of the signers may speak for this equipment. */
function mayFor({ says, by }: ExceptionClaim, setting: Setting, operator: string, equipment: Equipment): boolean {
  const speaking = by.signers.filter((key) => speaksFor(key, setting.knowledge, operator, equipment));
  return says.rules.every((id) => {
    const role = setting.pack.rules.find((rule) => rule.id === id)?.waivable;
    return differentSigners(speaking.filter((key) => key.role === role)) >= 2;
  });
}

function speaksFor({ role, party }: TrustedKey, knowledge: Knowledge, operator: string, { maker }: Equipment): boolean {
  if (role === "maker") return party === maker.id;
  if (party === operator) return true;
  const { companies } = knowledge;
  if (role === "operator" || companies.operators.has(party) || mayBeOperator(companies, party)) return false;
  // A lost row of operators.csv may have been the approver's own operator.
  return !(role === "approver" && knowledge.damaged.has("operators"));
}

/**
 * Whether one of the makers made it, under that name or one that came later. Not the other way round: who takes over a
 * maker that has an exception does not bring its own equipment under it.
 */
function isByOne(makers: ReadonlySet<string>, setting: Setting, key: Named, { maker, product }: Equipment): boolean {
  if (maker.id === undefined) return false;
  const { knowledge, asOf } = setting;
  const named = resolve(seenBy(knowledge, key.operator), "supplier", key.maker, asOf).id;
  const listed = product.id === undefined ? undefined : knowledge.companies.products.get(product.id)?.supplier;
  return [named, listed].some(
    (origin) => origin !== undefined && namesOf(knowledge, origin, asOf).some((name) => makers.has(name)),
  );
}

/** A supplier and whoever stands in its place on a day; nothing is concluded from a circle. */
function namesOf(knowledge: Knowledge, supplier: string, day: Day): readonly string[] {
  const names = [supplier];
  for (;;) {
    const next = knowledge.companies.succession
      .filter(({ predecessor, day: since }) => predecessor === names.at(-1) && since <= day)
      .sort((a, b) => (a.day < b.day ? 1 : -1))[0]?.successor;
    if (next === undefined) return names;
    if (names.includes(next)) return [supplier];
    names.push(next);
  }
}

type Scope = Readonly<
  Partial<Record<"operators" | "makers" | "products" | "releases" | "functions", ReadonlySet<string>>>
>;
/** A scope may name thousands, and is asked of every key. A claim belongs to one knowledge. */
const scopes = new WeakMap<ExceptionClaim, Scope>();

/** The scope with makers and products as ids; absent parts mean all. */
function scopeOf(claim: ExceptionClaim, knowledge: Knowledge): Scope {
  const held = scopes.get(claim);
  if (held) return held;
  const { operators, makers, products, releases, functions } = claim.says.scope;
  const scope: Scope = {
    ...(operators && { operators: new Set(operators) }),
    ...(makers && { makers: meant(claim, knowledge, "supplier", makers) }),
    ...(products && { products: meant(claim, knowledge, "product", products) }),
    ...(releases && { releases: new Set(releases) }),
    ...(functions && { functions: new Set(functions) }),
  };
  scopes.set(claim, scope);
  return scope;
}

/** What names meant when the exception was signed; a name that one operator confirmed for itself does not count. */
function meant(
  { by }: ExceptionClaim,
  knowledge: Knowledge,
  kind: "supplier" | "product",
  names: readonly string[],
): ReadonlySet<string> {
  const view = seenBy(knowledge, "");
  return new Set(names.flatMap((name) => resolve(view, kind, name, by.signedOn).id ?? []));
}
