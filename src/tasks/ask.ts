import { equipmentFacts, laterFacts, maintenanceFacts, revisedFacts } from "../facts/catalogue.ts";
import type { Equipment } from "../facts/subject.ts";
import type { Facts } from "../model/fact.ts";
import { domainOf } from "../model/functions.ts";
import type { EquipmentKey, MaintenanceKey } from "../model/inventory.ts";
import type { EquipmentRange, MaintenanceTuple, QuestionGroup } from "../model/ports/store.ts";
import { ofKey, usesOf } from "./equipment.ts";
import { FactSets } from "./fact-sets.ts";
import type { Way } from "./settings.ts";
import { stretchesOf } from "./stretches.ts";
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
  const families = byPack(ways).map((family) => ({ family, uses: usesOf(family[0]!.setting, keys, workspace.asOf) }));
  const plainWays = families.map(({ family }) => family[0]!);
  const ranges = keys.flatMap((key): readonly EquipmentRange[] => {
    const before = families.map((): readonly Facts[] => []);
    return stretchesOf(plainWays, key, workspace.asOf).map(({ lo, hi, own }) => {
      const tuple = families.flatMap(({ family, uses }, at) => {
        const equipment = ofKey(workspace, family[0]!, key, uses, own);
        before[at] = plainFacts(family[0]!, equipment, before[at]!);
        return ofFamily(family, equipment, before[at], sets);
      });
      return { key: key.key, lo, hi, tuple: tuples.number(tuple), domain: domainOf(key.functions) };
    });
  });
  return [tuples.all, ranges] as const;
}

/** Ways come pack by pack, the plain one of each first. */
function byPack(ways: readonly Way[]): readonly (readonly Way[])[] {
  return [...Map.groupBy(ways, ({ setting }) => setting.pack).values()];
}

/** Facts of a key's equipment in one stretch of time, from those of the stretch before where there is one. */
function plainFacts({ setting }: Way, equipment: readonly Equipment[], before: readonly Facts[]): readonly Facts[] {
  return equipment.map((one, index) => {
    const facts = before[index];
    return facts ? laterFacts(setting, one, facts) : equipmentFacts(setting, one);
  });
}

/** Numbers of the facts under every way of asking one pack; a way that sets one parameter derives only what looks at it. */
function ofFamily(
  family: readonly Way[],
  equipment: readonly Equipment[],
  plain: readonly Facts[],
  sets: FactSets,
): Tuple {
  const numbers = plain.map((facts) => sets.number(facts));
  return family.map(({ setting, differs }) => {
    if (differs.kind === "nothing") return numbers;
    return equipment.map((one, index) => {
      if (differs.kind === "renewal") return sets.number(equipmentFacts(setting, one));
      const facts = revisedFacts(setting, one, plain[index]!, differs.name);
      return facts === plain[index] ? numbers[index]! : sets.number(facts);
    });
  });
}

function maintenanceTuples(ways: readonly Way[], keys: readonly MaintenanceKey[], sets: FactSets) {
  const tuples = new Numbered();
  const numbered = keys.map(({ key, operator, parties }): MaintenanceTuple => {
    const tuple = ways.map(({ setting }) => [sets.number(maintenanceFacts(setting, operator, parties))]);
    return { key, tuple: tuples.number(tuple) };
  });
  return [tuples.all, numbered] as const;
}

/** Numbers tuples by what is in them. */
class Numbered {
  readonly all: Tuple[] = [];
  readonly #numbers = new Map<string, number>();

  number(tuple: Tuple): number {
    const name = tuple.map((numbers) => numbers.join()).join(" ");
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
