import { classOf, deployedOn, type FirstUses, firstUses } from "../facts/first-use.ts";
import { type Equipment, identify } from "../facts/subject.ts";
import type { Day, DaySpan } from "../model/day.ts";
import { splitFunctions } from "../model/functions.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Way } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** First uses by type and release as one way of asking sees them; texts that mean one product are one. */
export function usesOf(setting: Way["setting"], keys: readonly EquipmentKey[], asOf: Day): FirstUses {
  const named = keys.map((key) => ({ ...key, product: productText(setting, key) }));
  return firstUses(named, asOf, (key) => classNames(setting, key.functions));
}

function productText(setting: Way["setting"], key: EquipmentKey): string | null {
  return identify(setting, key).product.id ?? key.product;
}

function classNames(setting: Way["setting"], functions: string | null): readonly string[] {
  return splitFunctions(functions).map((name) => classOf(setting, name)?.id ?? name);
}

/** The equipment of a key, once for each of its functions (once without, if it names none). */
export function ofKey(
  { knowledge }: Pick<Workspace, "knowledge">,
  { setting }: Way,
  key: EquipmentKey,
  uses: FirstUses,
  own: DaySpan,
): readonly Equipment[] {
  const { operator, release, digest } = key;
  const known = identify(setting, key);
  const common = {
    operator,
    registered: knowledge.companies.operators.get(operator),
    ...known,
    release,
    digest,
  };
  const product = known.product.id ?? key.product;
  const names = splitFunctions(key.functions);
  return (names.length > 0 ? names : [undefined]).map((name): Equipment => {
    const firstUse =
      setting.action === "operate" || setting.action === "maintain"
        ? {
            type: uses.type(operator, product, classOf(setting, name)?.id ?? name ?? ""),
            release: uses.release({ ...key, product }),
            element: own,
          }
        : deployedOn(setting.asOf);
    return { ...common, ...(name !== undefined && { function: name }), firstUse };
  });
}
