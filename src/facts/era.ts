import { addYears } from "../model/day.ts";
import type { FactDefinition, SelectingFact, Source, Why } from "../model/fact.ts";
import { selecting } from "./build.ts";
import { daysOf, eraCuts, erasOn, isCritical, isDated, listOn, unknownFunction, unsettled } from "./first-use.ts";
import { parameter, type Setting } from "./setting.ts";
import { type Equipment, type Reading, readings } from "./subject.ts";

export const era: FactDefinition = {
  name: "era",
  mode: "selecting",
  values: ["none", "notice", "gap", "certificate"],
  labels: [
    "no duty before use: not critical then, or before BSIG 9b",
    "notice, declaration and waiting time (BSIG 9b old)",
    "neither: between two regimes, or before the document's duty date",
    "certificate before first use (TKG 165(4))",
  ],
  question: "Which duty before use applied on the day of first use?",
  subject: "element",
  who: ["operator", "authority"],
};

/**
 * The eras that the readings of "first use" leave possible. A notice was due once per type and kind of use, so a later
 * release or element of a type in use takes the type's era there (BSIG 9b(1) old); the certificate is asked under every
 * reading that the parameter admits. An exempt era is a privilege: where the day is not known it must be shown.
 */
export function deriveEra(setting: Setting, equipment: Equipment): SelectingFact {
  const unknown = unknownFunction(setting, equipment.function);
  if (unknown) return selecting(era, era.values, [], [unknown]);
  const wanted = readingsOf(setting);
  const each = wanted.map((reading) => erasUnder(setting, equipment, reading));
  const eras = new Set(each.flat());
  const whole = applyTransition(setting, equipment, eras);
  return selecting(era, whole.eras, sources(equipment), [
    ...undated(equipment, wanted),
    ...ambiguous(each),
    ...unlisted(setting, equipment, wanted),
    ...whole.why,
  ]);
}

/** The readings of "first use" that the pack's parameter leaves. */
export function readingsOf(setting: Setting): readonly Reading[] {
  const named = parameter(setting, "firstUseMeans");
  return readings.filter((reading) => named === reading || !readings.includes(named as Reading));
}

/** Eras of one reading, after the rules for types in use and for days that are not known. */
export function erasUnder(setting: Setting, equipment: Equipment, reading: Reading): readonly string[] {
  const own = spanEras(setting, equipment, reading);
  const noticed = own.includes("notice") && reading !== "type" ? spanEras(setting, equipment, "type") : [];
  const joined = new Set([
    ...own.filter((name) => noticed.length === 0 || name !== "notice"),
    ...noticed.filter((name) => name !== "certificate"),
  ]);
  // A table that has the release in use before the element would leave nothing: then the reading stands alone.
  const eras = joined.size > 0 ? joined : new Set(own);
  const dutiful = [...eras].filter((name) => name === "notice" || name === "certificate");
  const mustShow = !isDated(equipment.firstUse[reading]) && parameter(setting, "exemptEraMustBeShown") !== "no";
  return mustShow && dutiful.length > 0 ? dutiful : [...eras];
}

const erasByPack = new WeakMap<Setting["pack"], Map<string, readonly string[]>>();

/** Eras of a span's days; kept, because many kinds of equipment ask for the same. */
function spanEras(setting: Setting, equipment: Equipment, reading: Reading): readonly string[] {
  const { pack, parameters } = setting;
  const span = equipment.firstUse[reading];
  const known = erasByPack.get(pack) ?? new Map<string, readonly string[]>();
  erasByPack.set(pack, known);
  const name = `${parameters.criticalList} ${equipment.function} ${span.from} ${span.to}`;
  const held = known.get(name);
  if (held) return held;
  const days = daysOf(span, eraCuts(setting, equipment.function));
  const eras = [...new Set(days.flatMap((day) => erasOn(setting, equipment.function, day)))];
  known.set(name, eras);
  return eras;
}

/**
 * A draft list makes functions critical that were in use before; what then holds for them, the draft does not say. Where
 * TKG 167(3) is taken to hold, what it asks for is to be met, by old and new, a year after its first day.
 */
function applyTransition(
  setting: Setting,
  equipment: Equipment,
  eras: ReadonlySet<string>,
): { eras: Iterable<string>; why: readonly Why[] } {
  const list = listOn(setting, setting.asOf);
  const inForce = listOn({ ...setting, parameters: {} }, setting.asOf);
  const now = isCritical(setting, equipment.function, list);
  const before = isCritical(setting, equipment.function, inForce);
  if (!list || now === false || before !== false) return { eras, why: [] };
  const word = parameter(setting, "draftTransition");
  if (word === "statutory-year" && setting.asOf < addYears(list.from ?? "1900-01-01", 1))
    return { eras: [...eras].map((name) => (name === "certificate" ? "gap" : name)), why: [] };
  if (!eras.has("none")) return { eras, why: [] };
  const others = [...eras].filter((name) => name !== "none");
  switch (word) {
    case "existing-exempt":
      return { eras, why: [] };
    case "none":
    case "statutory-year":
      return { eras: [...others, "certificate"], why: [] };
    default: {
      const text = `\`${list.id}\` does not say what holds for equipment in use before (parameter \`draftTransition\`)`;
      return { eras: [...eras, "certificate"], why: [{ code: "missing", text, who: "authority" }] };
    }
  }
}

/** Where the list of a day of first use does not settle whether the function was critical. */
function unlisted(setting: Setting, equipment: Equipment, wanted: readonly Reading[]): readonly Why[] {
  const cuts = eraCuts(setting, equipment.function);
  const days = wanted.flatMap((reading) => daysOf(equipment.firstUse[reading], cuts));
  return days.flatMap((day) => unsettled(setting, equipment.function, day) ?? []).slice(0, 1);
}

function undated({ firstUse }: Equipment, wanted: readonly Reading[]): readonly Why[] {
  const open = wanted.filter((reading) => !isDated(firstUse[reading]));
  if (open.length === 0) return [];
  const text = `the day of first use is not known for: ${open.join(", ")} (\`in_service_since\`, \`release_since\`)`;
  return [{ code: "missing", text, who: "operator" }];
}

function ambiguous(each: readonly (readonly string[])[]): readonly Why[] {
  const differ = new Set(each.map((eras) => eras.toSorted().join())).size > 1;
  if (!differ) return [];
  const text =
    "type, release and element were first used in different eras, and no source says which counts (parameter `firstUseMeans`)";
  return [{ code: "missing", text, who: "authority" }];
}

function sources({ firstUse, joinedBy = [] }: Equipment): readonly Source[] {
  const days = readings.map((reading): Source => {
    const { from, to } = firstUse[reading];
    const text =
      from === to ? `first use of the ${reading}: ${to}` : `first use of the ${reading}: ${from ?? "unknown"} to ${to}`;
    return { kind: "row", file: "elements", text };
  });
  return [...days, ...joinedBy];
}
