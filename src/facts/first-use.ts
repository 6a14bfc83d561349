import { addDays, type Day, type DaySpan } from "../model/day.ts";
import type { Why } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { PackManifest } from "../model/pack.ts";
import type { Known } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { FirstUse } from "./subject.ts";

type FunctionClass = NonNullable<PackManifest["classes"]>[number];
type CriticalList = NonNullable<PackManifest["lists"]>[number];

/** The class a pack puts a function into, if any. */
export function classOf(setting: Setting, name: string | undefined): FunctionClass | undefined {
  if (name === undefined) return undefined;
  return setting.pack.manifest.classes?.find(({ functions }) => functions.includes(name));
}

/** Why nothing can be said about a function: it is not named, or neither we nor the pack know the name. */
export function unknownFunction(setting: Setting, name: string | undefined): Why | undefined {
  if (name !== undefined && (classOf(setting, name) || domainOfFunction.has(name))) return undefined;
  const text = name === undefined ? "the element's function is not named" : `\`${name}\` is no function we know`;
  return { code: "missing", text, who: "operator" };
}

/** Whether a list makes a function critical. What it does not name is open; before there was one nothing was critical. */
export function isCritical(setting: Setting, name: string | undefined, list: CriticalList | undefined): Known {
  if (!list) return setting.pack.manifest.lists === undefined ? "unknown" : false;
  const found = classOf(setting, name)?.id ?? "";
  if (list.classes.includes(found)) return true;
  return list.notCritical?.some(({ classes }) => classes.includes(found)) ? false : "unknown";
}

/** Why the list of a day does not settle whether a function is critical, if it does not. */
export function unsettled(setting: Setting, name: string | undefined, day: Day): Why | undefined {
  const list = listOn(setting, day);
  if (isCritical(setting, name, list) !== "unknown") return undefined;
  const cites = list?.classes.length === 0 ? list.title : classOf(setting, name)?.cites;
  const subject = list ? `\`${list.id}\`` : `pack \`${setting.pack.name}\``;
  const text = `${subject} does not say whether \`${name}\` is critical${cites ? ` (${cites})` : ""}`;
  return { code: "missing", text, who: "authority" };
}

/** The list of critical functions in force on a day; a draft counts from its day on where the parameter asks for it. */
export function listOn(setting: Setting, day: Day): CriticalList | undefined {
  const lists = setting.pack.manifest.lists ?? [];
  const asked = setting.parameters.criticalList;
  const draft = lists.find(({ id, draft: isDraft }) => isDraft === true && id === asked);
  if (draft && (draft.from ?? "") <= day) return draft;
  return lists.find(
    ({ draft: isDraft, from, until }) => isDraft !== true && (from ?? "") <= day && day <= (until ?? "9999"),
  );
}

/** The day from which the requirement document for a function binds; absent: no document, or none needed. */
export function dutyDay(setting: Setting, name: string | undefined): Day | undefined {
  return setting.pack.manifest.documents?.find((document) => document.function === name)?.duty;
}

/**
 * Eras that a first use on one day may have had: `none` where the function was not critical, the regime's where it was,
 * `gap` between two regimes; both where the list of that day does not say.
 */
export function erasOn(setting: Setting, name: string | undefined, day: Day): readonly string[] {
  const known = isCritical(setting, name, listOn(setting, day));
  if (known === false) return ["none"];
  const era = regimeOn(setting, name, day);
  return known === true || era === "none" ? [era] : ["none", era];
}

function regimeOn(setting: Setting, name: string | undefined, day: Day): string {
  const regime = setting.pack.manifest.regimes?.find(
    ({ from, until }) => (from ?? "") <= day && day <= (until ?? "9999"),
  );
  const duty = dutyDay(setting, name);
  if (regime?.era === "certificate" && duty !== undefined && day < duty) return "gap";
  return regime?.era ?? "gap";
}

const cutsByPack = new WeakMap<PackManifest, Map<string, readonly Day[]>>();

/** Days on which the era of a first use may change: regimes, lists and the function's requirement document. */
export function eraCuts(setting: Setting, name: string | undefined): readonly Day[] {
  const { manifest } = setting.pack;
  const known = cutsByPack.get(manifest) ?? new Map<string, readonly Day[]>();
  cutsByPack.set(manifest, known);
  const cuts = known.get(name ?? "") ?? cutsOf(setting, name);
  known.set(name ?? "", cuts);
  return cuts;
}

function cutsOf(setting: Setting, name: string | undefined): readonly Day[] {
  const { regimes = [], lists = [] } = setting.pack.manifest;
  // What every list leaves out has no era on any day.
  if (lists.length > 0 && lists.every((list) => isCritical(setting, name, list) === false)) return [];
  const duty = dutyDay(setting, name);
  const starts = [...regimes, ...lists].flatMap(({ from, until }) => [
    ...(from === undefined ? [] : [from]),
    ...(until === undefined ? [] : [addDays(until, 1)]),
  ]);
  return [...new Set(duty === undefined ? starts : [...starts, duty])].sort();
}

/** One day for each stretch of a span between cuts: whatever holds on it holds on the whole stretch. */
export function daysOf(span: DaySpan, cuts: readonly Day[]): readonly Day[] {
  const first = span.from ?? "1900-01-01";
  return [first, ...cuts.filter((cut) => first < cut && cut <= span.to)];
}

/** Whether a span is one day. */
export function isDated(span: DaySpan): boolean {
  return span.from === span.to;
}

/**
 * First use of every (operator, product, class) and (operator, product, release), from the keys' earliest days. Elements
 * without a day leave the lower end open; retired elements that left the tables are not seen.
 */
export interface FirstUses {
  type(operator: string, product: string | null, className: string): DaySpan;
  release(key: EquipmentKey): DaySpan;
}

/** Joins the keys' earliest days by type and by release. `classesOf` names the classes (or functions) of a key. */
export function firstUses(
  keys: readonly EquipmentKey[],
  asOf: Day,
  classesOf: (key: EquipmentKey) => readonly string[],
): FirstUses {
  const types = new Map<string, DaySpan>();
  const releases = new Map<string, DaySpan>();
  for (const key of keys) {
    const inUse: DaySpan = {
      ...(key.inServiceUnknown === 0 && key.inService !== null && { from: key.inService }),
      to: key.inService ?? asOf,
    };
    for (const className of classesOf(key)) merge(types, typeName(key.operator, key.product, className), inUse);
    merge(releases, releaseName(key), releaseSpan(key, asOf));
  }
  return {
    type: (operator, product, className) =>
      (product === null ? { to: asOf } : types.get(typeName(operator, product, className))) ?? { to: asOf },
    release: (key) =>
      key.release === null || key.product === null ? { to: asOf } : (releases.get(releaseName(key)) ?? { to: asOf }),
  };
}

function releaseSpan(key: EquipmentKey, asOf: Day): DaySpan {
  const known = key.releaseSince ?? asOf;
  if (key.releaseUnknown === 0) return { from: known, to: known };
  const earliest = key.releaseUnknownFrom;
  if (earliest === null) return { to: known };
  return { from: earliest < known ? earliest : known, to: known };
}

/** The first of several uses lies between the earliest lower end and the earliest upper end. */
function merge(spans: Map<string, DaySpan>, name: string, span: DaySpan): void {
  const held = spans.get(name);
  if (!held) {
    spans.set(name, span);
    return;
  }
  const to = held.to < span.to ? held.to : span.to;
  const open = held.from === undefined || span.from === undefined;
  spans.set(name, open ? { to } : { from: held.from < span.from ? held.from : span.from, to });
}

function typeName(operator: string, product: string | null, className: string): string {
  return JSON.stringify([operator, product, className]);
}

function releaseName({ operator, product, release }: EquipmentKey): string {
  return JSON.stringify([operator, product, release]);
}

/** First use for a deployment: today, under every reading. */
export function deployedOn(asOf: Day): FirstUse {
  const day = { from: asOf, to: asOf };
  return { type: day, release: day, element: day };
}
