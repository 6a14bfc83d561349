import { addDays, type Day } from "../model/day.ts";
import { atLeast } from "../model/evidence.ts";
import type { Source, Why } from "../model/fact.ts";
import type { Actor } from "../model/problem.ts";
import type { RegisterKind, RegisterPredicate } from "../model/statement.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { lowestGrade, type Setting } from "./setting.ts";

/** Whether absence from a register is knowledge. `closed`: not listed means that there is none. */
export type Closure =
  | { readonly closed: true; readonly sources: readonly Source[] }
  | { readonly closed: false; readonly why: Why };

/** The state of one register's latest edition at known-at. */
export type RegisterState = "fresh" | "stale" | "incomplete" | "gap";

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
  if (closing.length > 0) return { closed: true, sources: closing.map(asSource) };
  return { closed: false, why: whyOpen(setting, kind, latest) };
}

function ofKind({ pack, knowledge }: Setting, kind: RegisterKind): readonly Claim<RegisterPredicate>[] {
  const lowest = lowestGrade({ pack }, `register-${kind}`);
  return knowledge.latest.filter(({ says, by }) => says.register === kind && atLeast(by.grade, lowest));
}

/** Fresh: complete, not past due, not older than the pack allows, and no edition missing below it. */
export function stateOf(setting: Setting, claim: Claim<RegisterPredicate>): RegisterState {
  if (setting.knowledge.gapped.has(claim)) return "gap";
  if (!claim.says.complete) return "incomplete";
  if (setting.renewed === claim.by.digest) return "fresh";
  return setting.knownAt <= lastFreshDay(setting, claim) ? "fresh" : "stale";
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

const words: Record<RegisterKind, string> = {
  certificates: "certificates",
  orders: "orders and prohibitions",
  notices: "notices given",
  guarantees: "guarantee declarations held",
  maintenance: "who maintains and manages",
};

function whyOpen(setting: Setting, kind: RegisterKind, latest: readonly Claim<RegisterPredicate>[]): Why {
  const [claim] = latest;
  if (!claim) return { code: "missing", text: `no complete register of ${words[kind]} is on file`, who: "operator" };
  const who = keeperOf(claim);
  const { file } = claim.by;
  switch (stateOf(setting, claim)) {
    case "stale":
      return {
        code: "stale-register",
        text: `the register of ${words[kind]} in \`${file}\` was good until ${lastFreshDay(setting, claim)}`,
        who,
      };
    case "gap":
      return { code: "missing", text: gapText(setting.knowledge, claim), who };
    case "incomplete":
      return {
        code: "missing",
        text: `the register of ${words[kind]} in \`${file}\` does not say that it is complete`,
        who,
      };
    case "fresh":
      return {
        code: "missing",
        text: `the register of ${words[kind]} in \`${file}\` does not cover every scheme`,
        who,
      };
  }
}

/** Which edition of a register is gone: below the latest one by the numbers, above or below it by the ledger. */
export function gapText({ gone }: Setting["knowledge"], claim: Claim<RegisterPredicate>): string {
  const { file } = claim.by;
  const [first, ...more] = gone?.editions.get(claim) ?? [];
  if (first === undefined) return `an edition below ${claim.says.edition} of the register in \`${file}\` is gone`;
  const all = [first, ...more];
  const [noun, verb] = more.length === 0 ? ["edition", "is"] : ["editions", "are"];
  return `${noun} ${all.join(", ")} of the register in \`${file}\`, once in the ledger, ${verb} gone`;
}

function asSource(claim: Claim<RegisterPredicate>): Source {
  const { register, edition, asOf } = claim.says;
  return sourceOf(
    claim,
    `${register}/${edition}`,
    `register of ${words[register]}, edition ${edition}, complete as of ${asOf}`,
  );
}
