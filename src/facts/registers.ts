import { contentOf } from "../model/content.ts";
import { addDays, type Day, furthestDayOf } from "../model/day.ts";
import { atLeast } from "../model/evidence.ts";
import type { Source, Why } from "../model/fact.ts";
import type { Actor } from "../model/problem.ts";
import type { RegisterKind, RegisterPredicate } from "../model/statement.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import type { Fault } from "./register-series.ts";
import { lowestGrade, type Setting } from "./setting.ts";

/** Whether absence from a register is knowledge. `closed`: not listed means that there is none. */
export type Closure =
  | { readonly closed: true; readonly sources: readonly Source[] }
  | { readonly closed: false; readonly why: Why };

/** The state of one register's latest edition at known-at. */
export type RegisterState = "fresh" | "stale" | "incomplete" | "early" | Fault["kind"];

/**
 * Does a fresh, complete register close the world for this operator? For certificates, registers of bodies do it
 * together if they cover every scheme that is admissible; otherwise one register is enough: the operator's own, or
 * one that speaks for all.
 */
export function closure(
  setting: Setting,
  kind: RegisterKind,
  operator: string,
  schemes: readonly string[] = [],
): Closure {
  const latest = ofKind(setting, kind).filter(({ says }) => says.operator === undefined || says.operator === operator);
  const fresh = latest.filter((claim) => stateOf(setting, claim) === "fresh");
  const own = fresh.find(({ says }) => says.operator === operator);
  const general = fresh.filter(({ says }) => says.operator === undefined);
  const whole = kind === "certificates" ? coverAll(general, schemes) : general.slice(0, 1);
  const closing = own ? [own] : whole;
  const [lost] = unreadOf(setting, "register", kind);
  if (lost) return { closed: false, why: lost };
  if (closing.length > 0) return { closed: true, sources: closing.map((claim) => registerSource(setting, claim)) };
  return { closed: false, why: whyOpen(setting, kind, latest) };
}

/** What was signed and cannot be read may say anything of its kind. */
export function unreadOf({ knowledge }: Setting, kind: "register" | "order", register?: RegisterKind): readonly Why[] {
  return knowledge.unread
    .filter((one) => one.kind === kind && (one.register === undefined || one.register === register))
    .map(({ file }) => ({
      code: "input",
      text: `\`${file}\` is signed by one who may sign ${kind === "order" ? "an order" : "such a register"}, and cannot be read`,
      who: "authority",
    }));
}

function ofKind({ pack, knowledge }: Setting, kind: RegisterKind): readonly Claim<RegisterPredicate>[] {
  const lowest = lowestGrade({ pack }, `register-${kind}`);
  return knowledge.latest.filter(({ says, by }) => says.register === kind && atLeast(by.grade, lowest));
}

/**
 * Fresh: complete as of a day that has come, not past due, not older than the pack allows, no edition missing below it, and
 * none that contradicts it.
 */
export function stateOf(setting: Setting, claim: Claim<RegisterPredicate>): RegisterState {
  const fault = setting.knowledge.faults.get(claim);
  if (fault) return fault.kind;
  if (!claim.says.complete) return "incomplete";
  if (claim.says.asOf > setting.knownAt || isAhead(claim.says)) return "early";
  if (setting.renewed === claim.by.digest) return "fresh";
  return setting.knownAt <= lastFreshDay(setting, claim) ? "fresh" : "stale";
}

/** Nobody knows on one day what will be complete on another: not where it is latest either. */
function isAhead({ asOf, signedAt }: RegisterPredicate): boolean {
  return asOf > (furthestDayOf(signedAt) ?? "");
}

/** The last known-at on which the register still closes the world, unless a newer edition comes. */
export function lastFreshDay(setting: Setting, claim: Claim<RegisterPredicate>): Day {
  const maxAge = setting.pack.manifest.maxAgeDays?.[`register-${claim.says.register}`];
  const tooOld = maxAge === undefined ? claim.says.nextDue : addDays(claim.says.asOf, maxAge);
  return tooOld < claim.says.nextDue ? tooOld : claim.says.nextDue;
}

function coverAll(
  registers: readonly Claim<RegisterPredicate>[],
  schemes: readonly string[],
): readonly Claim<RegisterPredicate>[] {
  if (schemes.length === 0) return [];
  const covering = schemes.map((scheme) => registers.find(({ says }) => says.schemes?.includes(scheme)));
  return covering.every((claim) => claim !== undefined) ? [...new Set(covering)] : [];
}

/** Who keeps a register, and so can renew it: the operator its own, else the body or authority that signs it. */
export function keeperOf({ says, by }: Claim<RegisterPredicate>): Actor {
  if (says.operator !== undefined) return "operator";
  return by.signers.some(({ role }) => role === "authority") ? "authority" : "body";
}

/** What a register of each kind lists. */
export const registerWords: Readonly<Record<RegisterKind, string>> = {
  certificates: "certificates",
  orders: "orders and prohibitions",
  notices: "notices given",
  guarantees: "guarantee declarations held",
  maintenance: "who maintains and manages",
  inventory: "all elements of an operator",
};

/** Why the first register does not close the world, and in short that the others do not either. */
function whyOpen(setting: Setting, kind: RegisterKind, latest: readonly Claim<RegisterPredicate>[]): Why {
  const [claim, ...others] = latest;
  if (!claim)
    return { code: "missing", text: `no complete register of ${registerWords[kind]} is on file`, who: "operator" };
  const why = whyOpenAlone(setting, kind, claim);
  const more = others.map((other) => `${placeOf(setting, other)} (${stateOf(setting, other)})`);
  return more.length === 0 ? why : { ...why, text: `${why.text}; nor do ${more.join(", ")} close it` };
}

function whyOpenAlone(setting: Setting, kind: RegisterKind, claim: Claim<RegisterPredicate>): Why {
  const who = keeperOf(claim);
  const place = placeOf(setting, claim);
  const faultText = () => {
    const { text } = setting.knowledge.faults.get(claim)!;
    const beside = besideIt(setting.knowledge, claim, text);
    return beside === "" ? text : `${text}; it stands ${beside}`;
  };
  switch (stateOf(setting, claim)) {
    case "stale":
      return {
        code: "stale-register",
        text: `the register of ${registerWords[kind]} in ${place} was good until ${lastFreshDay(setting, claim)}`,
        who,
      };
    case "gap":
      return { code: "missing", text: faultText(), who };
    case "contradiction":
      return { code: "contested", text: faultText(), who };
    case "early":
      return {
        code: "missing",
        text: `the register of ${registerWords[kind]} in ${place} calls itself complete as of ${claim.says.asOf}, a day that had not come`,
        who,
      };
    case "incomplete":
      return {
        code: "missing",
        text: `the register of ${registerWords[kind]} in ${place} does not say that it is complete`,
        who,
      };
    case "fresh":
      return {
        code: "missing",
        text: `the register of ${registerWords[kind]} in ${place} does not cover every scheme`,
        who,
      };
  }
}

/** A register as the source of a fact, with its other editions: without one of them it would have a gap. */
export function registerSource(setting: Setting, claim: Claim<RegisterPredicate>): Source {
  const { register, edition, complete, asOf } = claim.says;
  const begins = setting.knowledge.begins.get(claim);
  const beside = besideIt(setting.knowledge, claim);
  const after = beside === "" ? "" : `, ${beside}`;
  const late = begins === undefined ? "" : `; it begins with edition ${begins} by its keeper's word`;
  return sourceOf(
    claim,
    `${register}/${edition}`,
    `register of ${registerWords[register]}, edition ${edition}, ${complete ? "complete " : ""}as of ${asOf}${late}${after}`,
  );
}

function placeOf({ knowledge }: Setting, claim: Claim<RegisterPredicate>): string {
  const beside = besideIt(knowledge, claim);
  return `\`${claim.by.file}\`${beside === "" ? "" : ` (${beside})`}`;
}

/** The other editions of a register, in words, but for those that a text names: taken away they would leave a gap. */
function besideIt({ others }: Setting["knowledge"], claim: Claim<RegisterPredicate>, named = ""): string {
  const all = [...new Set(others.get(claim)?.map(({ by }) => `\`${by.file}\``))];
  const files = all.filter((file) => !named.includes(file));
  return files.length > 0 ? `beside ${files.join(", ")}` : "";
}

/**
 * Registers whose latest edition no longer lists what another one did and `isAbout` picks: without that edition it would be
 * heard again, so what is not so rests on it.
 */
export function takenBack<T>(
  setting: Setting,
  kind: RegisterKind,
  isAbout: (claim: Claim<T>) => boolean,
): readonly Source[] {
  const found = droppedIn(setting.knowledge, kind).filter(({ entry }) => isAbout(entry as Claim<T>));
  return [...new Set(found.map(({ latest }) => latest))].map((claim) => registerSource(setting, claim));
}

interface Dropped {
  readonly entry: Claim<unknown>;
  readonly latest: Claim<RegisterPredicate>;
}
const drops = new WeakMap<Setting["knowledge"]["others"], Map<RegisterKind, readonly Dropped[]>>();

/** Entries of other editions that the latest one does not have. */
function droppedIn({ others }: Setting["knowledge"], kind: RegisterKind): readonly Dropped[] {
  const known = drops.get(others) ?? new Map<RegisterKind, readonly Dropped[]>();
  drops.set(others, known);
  const found =
    known.get(kind) ??
    [...others].flatMap(([latest, editions]) => {
      const entries = latest.says.register === kind ? editions.flatMap(entriesOf) : [];
      const kept = new Set(entries.length > 0 ? latest.says.entries.map(contentOf) : []);
      return entries.filter(({ says }) => !kept.has(contentOf(says))).map((entry) => ({ entry, latest }));
    });
  known.set(kind, found);
  return found;
}

function entriesOf({ says, by }: Claim<RegisterPredicate>) {
  return says.entries.map((entry) => ({ says: entry, by }));
}
