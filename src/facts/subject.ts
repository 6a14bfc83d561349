import type { DaySpan } from "../model/day.ts";
import type { Source } from "../model/fact.ts";
import type { EquipmentKey, Operator } from "../model/inventory.ts";
import { forOperator, type Setting } from "./setting.ts";
import { type Resolved, resolve, resolveToday, successionSources, successorOn } from "./suppliers.ts";

/** The three readings of "first use" in TKG 165(4) and BSIG 9b: of the type by the operator, of the release, of the element. */
export type Reading = "type" | "release" | "element";
export const readings: readonly Reading[] = ["type", "release", "element"];
export type FirstUse = Readonly<Record<Reading, DaySpan>>;

/** One function of equipment that is alike, with one operator: what the facts about equipment are asked of. */
export interface Equipment {
  readonly operator: string;
  readonly registered: Operator | undefined;
  /** The maker on the as-of day: its successor where it was renamed or merged. */
  readonly maker: Resolved;
  readonly product: Resolved;
  readonly release: string | null;
  readonly digest: string | null;
  /** Name of the function; absent if the tables name none. */
  readonly function?: string;
  readonly firstUse: FirstUse;
  /** By which aliases equipment under other texts was counted as the same type or release. */
  readonly joinedBy?: readonly Source[];
}

/** Who made the equipment and what it is, as far as the tables and signed aliases tell; the same for all its functions. */
export function identify(
  setting: Setting,
  key: Pick<EquipmentKey, "operator" | "maker" | "product">,
): Pick<Equipment, "maker" | "product"> {
  const { knowledge, asOf } = forOperator(setting, key.operator);
  const product = resolve(knowledge, "product", key.product, asOf);
  const named = resolveToday(knowledge, key.maker, asOf, asOf);
  const maker = named.id === undefined ? named : standing(setting, key, named);
  const listed = product.id === undefined ? undefined : knowledge.companies.products.get(product.id)?.supplier;
  if (listed === undefined) return { maker, product };
  const productMaker = successorOn(knowledge, listed, asOf);
  const sources = [...(product.sources ?? []), ...successionSources(knowledge, listed, asOf)];
  const own = standing(setting, key, { id: productMaker, sources });
  if (own.id === undefined || key.maker === null) return { maker: own, product };
  if (maker.id === undefined || maker.id === productMaker) return { maker, product };
  const text = `the tables name \`${maker.id}\` as maker of the element and \`${productMaker}\` as maker of its product`;
  const both = [...(maker.sources ?? []), ...(product.sources ?? [])];
  return { maker: { why: { code: "contested", text, who: "operator" }, sources: both }, product };
}

/** A maker that suppliers.csv does not have may be any that it has, spelt another way. */
function standing(
  { knowledge }: Setting,
  { product }: Pick<EquipmentKey, "product">,
  maker: Extract<Resolved, { readonly id: string }>,
): Resolved {
  if (knowledge.companies.suppliers.has(maker.id)) return maker;
  const text = `the tables name \`${maker.id}\` as maker of \`${product}\`, and suppliers.csv does not have it`;
  const { sources } = maker;
  return { why: { code: "identity", text, who: "operator" }, ...(sources && { sources }) };
}
