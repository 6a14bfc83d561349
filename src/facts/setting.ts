import type { Day } from "../model/day.ts";
import { atLeast, type Grade } from "../model/evidence.ts";
import type { Pack, ParameterValue } from "../model/pack.ts";
import type { Action } from "../model/verdict.ts";
import { type Claim, type Knowledge, seenBy } from "./knowledge.ts";

/** Under what a fact is asked: for which action, on which days, by which pack, knowing what. */
export interface Setting {
  readonly action: Action;
  readonly asOf: Day;
  readonly knownAt: Day;
  readonly pack: Pack;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Country whose people are at home; absent: nobody is known to be. */
  readonly country?: string;
  /** Supplier ids by role, as the configuration lists them; a role that is absent was never filled in. */
  readonly roles: Readonly<Record<string, readonly { readonly supplier: string; readonly source: string }[]>>;
  /** The same of operators. */
  readonly operatorRoles?: Readonly<Record<string, readonly { readonly operator: string; readonly source: string }[]>>;
  readonly knowledge: Knowledge;
  /** Digest of a register that is taken as renewed, to count what renewing it would turn. */
  readonly renewed?: string;
}

const settings = new WeakMap<Setting, Map<string, Setting>>();

/** The same setting with what is known as one operator's elements are concerned. */
export function forOperator(setting: Setting, operator: string): Setting {
  const known = settings.get(setting) ?? new Map<string, Setting>();
  settings.set(setting, known);
  const held = known.get(operator);
  if (held) return held;
  const knowledge = seenBy(setting.knowledge, operator);
  const own = knowledge === setting.knowledge ? setting : { ...setting, knowledge };
  known.set(operator, own);
  return own;
}

const recordings = new WeakMap<Setting, Setting>();

/** The same setting as if nothing that a ledger has seen were gone; `undefined` if nothing is. */
export function asRecorded(setting: Setting): Setting | undefined {
  const { gone } = setting.knowledge;
  if (!gone) return undefined;
  const held = recordings.get(setting) ?? { ...setting, knowledge: gone.recorded };
  recordings.set(setting, held);
  return held;
}

const readings = new WeakMap<Setting, readonly Setting[]>();

/** The same setting under every other reading of what is known, where editions of a register contradict each other. */
export function otherReadings(setting: Setting): readonly Setting[] {
  const { otherwise } = setting.knowledge;
  if (!otherwise) return [];
  const held = readings.get(setting) ?? otherwise.map((knowledge) => ({ ...setting, knowledge }));
  readings.set(setting, held);
  return held;
}

/** The setting, its other readings, and the same as if nothing were gone: under each of them facts are derived. */
export function everyReading(setting: Setting): readonly Setting[] {
  const before = asRecorded(setting);
  return [setting, ...otherReadings(setting), ...(before ? everyReading(before) : [])];
}

/** A parameter's value as text; the pack's manifest declares it, so it is there. */
export function parameter(setting: Setting, name: string): string {
  return String(setting.parameters[name] ?? "");
}

const floored = new Set(["certificate", "test-result", "document"]);

/** The lowest grade the pack accepts for a kind; certificates, test results and documents never below `transcript`. */
export function lowestGrade({ pack }: Pick<Setting, "pack">, kind: string): Grade {
  const named = pack.manifest.lowestGrade?.[kind] ?? "self-declared";
  return floored.has(kind) && named === "self-declared" ? "transcript" : named;
}

/** The claims whose grade the pack accepts for their kind. */
export function accepted<T>(setting: Setting, kind: string, claims: readonly Claim<T>[]): readonly Claim<T>[] {
  const lowest = lowestGrade(setting, kind);
  return claims.filter((claim) => atLeast(claim.by.grade, lowest));
}
