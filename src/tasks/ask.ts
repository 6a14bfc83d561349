import { equipmentFacts, laterFacts, maintenanceFacts, revisedFacts } from "../facts/catalogue.ts";
import type { Equipment } from "../facts/subject.ts";
import type { Facts } from "../model/fact.ts";
import { domainOf } from "../model/functions.ts";
import type { EquipmentKey, MaintenanceKey } from "../model/inventory.ts";
import type { EquipmentRange, MaintenanceTuple, QuestionGroup } from "../model/ports/store.ts";
import type { Waiver } from "../model/verdict.ts";
import { ofKey, usesOf } from "./equipment.ts";
import type { ExceptionClaim } from "./exceptions.ts";
import { FactSets } from "./fact-sets.ts";
import type { Way } from "./settings.ts";
import { stretchesOf } from "./stretches.ts";
import { asWaivers, covering, inForceFor } from "./waivers.ts";
import type { Workspace } from "./workspace.ts";

/** Facts of one tuple by way of asking: for equipment one set per function, for maintenance one. */
export type Tuple = readonly (readonly number[])[];

/** The inventory as distinct questions: what is asked how often, and the facts behind each number. */
export interface Questions {
  /** The distinct kinds of equipment that ask them. */
  readonly keys: readonly EquipmentKey[];
  readonly groups: readonly QuestionGroup[];
  readonly equipment: readonly Tuple[];
  readonly maintenance: readonly Tuple[];
  readonly sets: FactSets;
  /** Numbers of the tuples of what has left: no element in use has one of these. */
  readonly left: ReadonlySet<number>;
  /** Ids of the exceptions in force that cover at least one element. */
  readonly covering: ReadonlySet<string>;
}

/**
 * Reduces the inventory to distinct questions, never row by row: distinct keys come from the store, their facts are
 * derived here and numbered, time is cut where a first use changes a fact, and one scan groups by numbers.
 */
export async function askInventory(workspace: Workspace, ways: readonly Way[]): Promise<Questions> {
  const sets = new FactSets();
  const keys = await workspace.store.equipmentKeys();
  const [equipment, ranges, covered, left] = equipmentRanges(workspace, ways, keys, sets);
  const [maintenance, tuples] = maintenanceTuples(ways, await workspace.store.maintenanceKeys(), sets);
  const groups = await workspace.store.questions(ranges, tuples);
  return { keys, groups, equipment, maintenance, sets, left, covering: covered };
}

function equipmentRanges(workspace: Workspace, ways: readonly Way[], keys: readonly EquipmentKey[], sets: FactSets) {
  const tuples = new Numbered();
  const covered = new Set<string>();
  const left = new Set<number>();
  const families = byPack(ways).map((family) => {
    const { setting } = family[0]!;
    const exceptions = inForceFor(workspace.exceptions, setting.pack.name);
    return { family, exceptions, uses: usesOf(setting, keys, workspace.asOf) };
  });
  const plainWays = families.map(({ family }) => family[0]!);
  const ranges = keys.flatMap((key): readonly EquipmentRange[] => {
    const before = families.map((): readonly Facts[] => []);
    return stretchesOf(plainWays, key, workspace.asOf).map(({ lo, hi, own }) => {
      const tuple = families.flatMap(({ family, exceptions, uses }, at) => {
        const equipment = ofKey(workspace, family[0]!, key, uses, own);
        before[at] = plainFacts(family[0]!, equipment, before[at]!);
        const waivers = equipment.map((one) => waiversOf(exceptions, family[0]!, key, one, covered));
        return ofFamily(family, equipment, waivers, before[at], sets);
      });
      const number = tuples.number(tuple, key.left ? "left" : "");
      if (key.left) left.add(number);
      return { key: key.key, lo, hi, tuple: number, domain: domainOf(key.functions) };
    });
  });
  return [tuples.all, ranges, covered, left] as const;
}

/** What is waived for one function of a key's equipment; whatever covers it is noted. */
function waiversOf(
  exceptions: readonly ExceptionClaim[],
  { setting }: Way,
  key: EquipmentKey,
  equipment: Equipment,
  covered: Set<string>,
): readonly Waiver[] {
  const own = covering(exceptions, setting, key, equipment);
  for (const { says } of own) covered.add(says.exceptionId);
  return asWaivers(own, setting.action);
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
  waivers: readonly (readonly Waiver[])[],
  plain: readonly Facts[],
  sets: FactSets,
): Tuple {
  const numbers = plain.map((facts, index) => sets.number(facts, waivers[index]));
  return family.map(({ setting, differs }) => {
    if (differs.kind === "nothing") return numbers;
    return equipment.map((one, index) => {
      if (differs.kind === "renewal") return sets.number(equipmentFacts(setting, one), waivers[index]);
      const facts = revisedFacts(setting, one, plain[index]!, differs.name);
      return facts === plain[index] ? numbers[index]! : sets.number(facts, waivers[index]);
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

/** Numbers tuples by what is in them, and by what else tells them apart. */
class Numbered {
  readonly all: Tuple[] = [];
  readonly #numbers = new Map<string, number>();

  number(tuple: Tuple, apart = ""): number {
    const name = `${tuple.map((numbers) => numbers.join()).join(" ")} ${apart}`;
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
