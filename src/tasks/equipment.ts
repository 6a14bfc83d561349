import { classOf, deployedOn, type FirstUses, firstUses } from "../facts/first-use.ts";
import { type Equipment, identify } from "../facts/subject.ts";
import { sourcesOf } from "../facts/suppliers.ts";
import type { Day, DaySpan } from "../model/day.ts";
import type { Source } from "../model/fact.ts";
import { splitFunctions } from "../model/functions.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Way } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** First uses by type and release as one way of asking sees them, and by which aliases texts were taken for one product. */
export interface Uses extends FirstUses {
  joinedBy(operator: string, product: string | null): readonly Source[];
}

/** First uses of all equipment; texts that mean one product are one. */
export function usesOf(setting: Way["setting"], keys: readonly EquipmentKey[], asOf: Day): Uses {
  const named = keys.map((key) => ({ key, meant: identify(setting, key).product }));
  const uses = firstUses(
    named.map(({ key, meant }) => ({ ...key, product: meant.id ?? key.product })),
    asOf,
    (key) => classNames(setting, key.functions),
  );
  const joined = Map.groupBy(
    named.filter(({ meant }) => meant.id !== undefined && (meant.sources ?? []).length > 0),
    ({ key, meant }) => JSON.stringify([key.operator, meant.id]),
  );
  const sources = new Map([...joined].map(([name, same]) => [name, sourcesOf(...same.map(({ meant }) => meant))]));
  return { ...uses, joinedBy: (operator, product) => sources.get(JSON.stringify([operator, product])) ?? [] };
}

function classNames(setting: Way["setting"], functions: string | null): readonly string[] {
  return splitFunctions(functions).map((name) => classOf(setting, name)?.id ?? name);
}

/** The equipment of a key, once for each of its functions (once without, if it names none). */
export function ofKey(
  { knowledge }: Pick<Workspace, "knowledge">,
  { setting }: Way,
  key: EquipmentKey,
  uses: Uses,
  own: DaySpan,
): readonly Equipment[] {
  const { operator, release, digest } = key;
  const known = identify(setting, key);
  const product = known.product.id ?? key.product;
  const inUse = setting.action === "operate" || setting.action === "maintain";
  const joinedBy = inUse ? uses.joinedBy(operator, product) : [];
  const common = {
    operator,
    registered: knowledge.companies.operators.get(operator),
    ...known,
    release,
    digest,
    ...(joinedBy.length > 0 && { joinedBy }),
  };
  const names = splitFunctions(key.functions);
  return (names.length > 0 ? names : [undefined]).map((name): Equipment => {
    const firstUse = inUse
      ? {
          type: uses.type(operator, product, classOf(setting, name)?.id ?? name ?? ""),
          release: uses.release({ ...key, product }),
          element: own,
        }
      : deployedOn(setting.asOf);
    return { ...common, ...(name !== undefined && { function: name }), firstUse };
  });
}
