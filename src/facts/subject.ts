import type { DaySpan } from "../model/day.ts";
import type { EquipmentKey, Operator } from "../model/inventory.ts";
import { forOperator, type Setting } from "./setting.ts";
import { type Resolved, resolve, successorOn } from "./suppliers.ts";

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
}

/** Who made the equipment and what it is, as far as the tables and signed aliases tell; the same for all its functions. */
export function identify(
  setting: Setting,
  key: Pick<EquipmentKey, "operator" | "maker" | "product">,
): Pick<Equipment, "maker" | "product"> {
  const { knowledge, asOf } = forOperator(setting, key.operator);
  const product = resolve(knowledge, "product", key.product, asOf);
  const named = resolve(knowledge, "supplier", key.maker, asOf);
  const maker = named.id === undefined ? named : { id: successorOn(knowledge, named.id, asOf) };
  const listed = product.id === undefined ? undefined : knowledge.companies.products.get(product.id)?.supplier;
  const productMaker = listed === undefined ? undefined : successorOn(knowledge, listed, asOf);
  if (productMaker === undefined) return { maker, product };
  if (key.maker === null) return { maker: { id: productMaker }, product };
  if (maker.id === undefined || maker.id === productMaker) return { maker, product };
  const text = `the tables name \`${maker.id}\` as maker of the element and \`${productMaker}\` as maker of its product`;
  return { maker: { why: { code: "contested", text, who: "operator" } }, product };
}
