import { equipmentFacts, maintenanceFacts } from "../facts/catalogue.ts";
import { equipmentCuts } from "../facts/certificate.ts";
import { classOf, deployedOn, type FirstUses, firstUses } from "../facts/first-use.ts";
import { type Equipment, identify } from "../facts/subject.ts";
import { addDays, type Day, type DaySpan } from "../model/day.ts";
import type { Facts } from "../model/fact.ts";
import { domainOf, splitFunctions } from "../model/functions.ts";
import type { EquipmentKey, MaintenanceKey } from "../model/inventory.ts";
import type { EquipmentRange, MaintenanceTuple, QuestionGroup } from "../model/ports/store.ts";
import { FactSets } from "./fact-sets.ts";
import type { Way } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Facts of one tuple by way of asking: for equipment one set per function, for maintenance one. */
export type Tuple = readonly (readonly number[])[];

/** The inventory as distinct questions: what is asked how often, and the facts behind each number. */
export interface Questions {
  readonly groups: readonly QuestionGroup[];
  readonly equipment: readonly Tuple[];
  readonly maintenance: readonly Tuple[];
  readonly sets: FactSets;
}

/**
 * Reduces the inventory to distinct questions, never row by row: distinct keys come from the store, their facts are
 * derived here and numbered, time is cut where a first use changes a fact, and one scan groups by numbers.
 */
export async function askInventory(workspace: Workspace, ways: readonly Way[]): Promise<Questions> {
  const sets = new FactSets();
  const keys = await workspace.store.equipmentKeys();
  const [equipment, ranges] = equipmentRanges(workspace, ways, keys, sets);
  const [maintenance, tuples] = maintenanceTuples(ways, await workspace.store.maintenanceKeys(), sets);
  const groups = await workspace.store.questions(ranges, tuples);
  return { groups, equipment, maintenance, sets };
}

function equipmentRanges(workspace: Workspace, ways: readonly Way[], keys: readonly EquipmentKey[], sets: FactSets) {
  const tuples = new Numbered();
  const uses = ways.map(({ setting }) => usesOf(setting, keys, workspace.asOf));
  const ranges = keys.flatMap((key): readonly EquipmentRange[] =>
    stretches(ways, key, workspace.asOf).map(({ lo, hi, own }) => {
      const tuple = ways.map((way, index) =>
        ofKey(workspace, way, key, uses[index]!, own).map((equipment) =>
          sets.number(equipmentFacts(way.setting, equipment)),
        ),
      );
      return { key: key.key, lo, hi, tuple: tuples.number(tuple), domain: domainOf(key.functions) };
    }),
  );
  return [tuples.all, ranges] as const;
}

function maintenanceTuples(ways: readonly Way[], keys: readonly MaintenanceKey[], sets: FactSets) {
  const tuples = new Numbered();
  const numbered = keys.map(({ key, operator, parties }): MaintenanceTuple => {
    const tuple = ways.map(({ setting }) => [sets.number(maintenanceFacts(setting, operator, parties))]);
    return { key, tuple: tuples.number(tuple) };
  });
  return [tuples.all, numbered] as const;
}

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
  workspace: Workspace,
  { setting }: Way,
  key: EquipmentKey,
  uses: FirstUses,
  own: DaySpan,
): readonly Equipment[] {
  const { operator, release, digest } = key;
  const known = identify(setting, key);
  const common = {
    operator,
    registered: workspace.knowledge.companies.operators.get(operator),
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

interface Stretch {
  readonly lo: Day | null;
  readonly hi: Day | null;
  /** A day of the stretch, standing for all of them; open below where the day is not known. */
  readonly own: DaySpan;
}

/** The stretches of first days between which no fact of the key can change, as far as its elements reach. */
function stretches(ways: readonly Way[], key: EquipmentKey, asOf: Day): readonly Stretch[] {
  const cuts = cutsOf(ways, key).filter((cut) => key.inService !== null && key.inService < cut && cut <= asOf);
  const dated = key.inService === null ? [] : between([null, ...cuts, null]);
  return key.inServiceUnknown > 0 ? [...dated, { lo: null, hi: null, own: { to: asOf } }] : dated;

  function between(ends: readonly (Day | null)[]): readonly Stretch[] {
    return ends.slice(0, -1).map((lo, index) => {
      const hi = ends[index + 1] ?? null;
      const day = lo ?? key.inService ?? asOf;
      // Both ends null would mean "day not known" to the store.
      return { lo: lo ?? "1000-01-01", hi: hi ?? addDays(asOf, 1), own: { from: day, to: day } };
    });
  }
}

function cutsOf(ways: readonly Way[], key: EquipmentKey): readonly Day[] {
  const settings = new Map(
    ways.map(({ setting }) => [`${setting.pack.name} ${setting.parameters.criticalList}`, setting]),
  );
  const names = splitFunctions(key.functions);
  const cuts = [...settings.values()].flatMap((setting) => {
    const known = identify(setting, key);
    return (names.length > 0 ? names : [undefined]).flatMap((name) =>
      equipmentCuts(setting, {
        ...known,
        operator: key.operator,
        registered: undefined,
        release: key.release,
        digest: key.digest,
        ...(name !== undefined && { function: name }),
        firstUse: deployedOn(setting.asOf),
      }),
    );
  });
  return [...new Set(cuts)].sort();
}

/** Numbers tuples by what is in them. */
class Numbered {
  readonly all: Tuple[] = [];
  readonly #numbers = new Map<string, number>();

  number(tuple: Tuple): number {
    const name = JSON.stringify(tuple);
    const held = this.#numbers.get(name);
    if (held !== undefined) return held;
    this.#numbers.set(name, this.all.length);
    return this.all.push(tuple) - 1;
  }
}

/** All facts of one function of a group, for one way of asking. */
export function factsOf(questions: Questions, group: QuestionGroup, way: number, index: number): Facts {
  const equipment = questions.equipment[group.equipment]![way]![index]!;
  const maintenance = questions.maintenance[group.maintenance]![way]![0]!;
  return { ...questions.sets.at(equipment), ...questions.sets.at(maintenance) };
}
