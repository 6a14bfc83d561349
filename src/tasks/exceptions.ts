import { differentSigners } from "../evidence/entitlement.ts";
import type { Claim } from "../facts/knowledge.ts";
import { contentOf } from "../model/content.ts";
import type { Day } from "../model/day.ts";
import type { Evidence } from "../model/evidence.ts";
import { fold } from "../model/name.ts";
import type { ExceptionPredicate } from "../model/statement.ts";
import type { UsedPack } from "./packs.ts";

export type ExceptionClaim = Claim<ExceptionPredicate>;

/** A signed exception, and how it stands on the as-of day. */
export interface Standing {
  readonly claim: ExceptionClaim;
  /** `superseded`: a later statement with the same id took its place. */
  readonly state: "in-force" | "not-yet" | "expired" | "not-waivable" | "superseded";
  /** Why it is not waivable. */
  readonly fault?: string;
}

/** The exceptions among checked evidence. */
export function exceptionClaims(evidence: readonly Evidence[]): readonly ExceptionClaim[] {
  return evidence.flatMap((by) => (by.statement.kind === "exception" ? [{ says: by.statement.predicate, by }] : []));
}

/**
 * How every signed exception stands on a day, sorted by id and file: whether a later one took its place, whether its
 * signers may waive each rule it names, and whether its time has come or gone.
 */
export function standingOf(
  claims: readonly ExceptionClaim[],
  packs: readonly UsedPack[],
  asOf: Day,
): readonly Standing[] {
  const latest = latestOf(claims, asOf);
  return claims
    .map((claim): Standing => {
      const fault = rivalOf(claim, latest) ?? faultOf(claim, packs);
      if (beginsOn(claim) <= asOf && !latest.has(claim)) return { claim, state: "superseded" };
      if (fault !== undefined) return { claim, state: "not-waivable", fault };
      return { claim, state: timeOf(claim, asOf) };
    })
    .sort((a, b) => (sortName(a.claim) < sortName(b.claim) ? -1 : 1));
}

/**
 * Marks for the elements that exceptions in their time name: element id -> ids of the exceptions, joined by `;`. Which
 * of them may waive anything is not asked here, so a mark can be more than is needed and never less.
 */
export function marksOf(claims: readonly ExceptionClaim[], asOf: Day): ReadonlyMap<string, string> {
  const named = [...latestOf(claims, asOf)]
    .filter((claim) => timeOf(claim, asOf) === "in-force")
    .flatMap(({ says }) => (says.scope.elements ?? []).map((element) => [element, says.exceptionId] as const));
  const byElement = Map.groupBy(named, ([element]) => element);
  return new Map(
    [...byElement].map(([element, all]) => [element, [...new Set(all.map(([, id]) => id))].sort().join(";")]),
  );
}

/** Ids of the exceptions that a mark stands for. */
export function marked(mark: string | null | undefined): readonly string[] {
  return mark ? mark.split(";") : [];
}

/** An exception holds from the day it names, but not before it was signed. */
export function beginsOn({ says, by }: ExceptionClaim): Day {
  return says.from !== undefined && says.from > by.signedOn ? says.from : by.signedOn;
}

function timeOf(claim: ExceptionClaim, asOf: Day): "in-force" | "not-yet" | "expired" {
  if (asOf > claim.says.until) return "expired";
  return beginsOn(claim) <= asOf ? "in-force" : "not-yet";
}

/**
 * Of the statements with one id that have begun, the one signed last: so an exception can be ended or narrowed. An id that
 * differs by case, white space or hyphens alone may be meant for it: the earlier one grants nothing any more.
 */
function latestOf(claims: readonly ExceptionClaim[], asOf: Day): ReadonlySet<ExceptionClaim> {
  const begun = claims.filter((one) => beginsOn(one) <= asOf);
  const byId = [...Map.groupBy(begun, ({ says }) => fold(says.exceptionId)).values()];
  return new Set(byId.flatMap(lastOf));
}

/** Of statements signed at one moment all that differ: no digest chooses. */
function lastOf(same: readonly ExceptionClaim[]): readonly ExceptionClaim[] {
  const moment = Math.max(...same.map(({ says }) => Date.parse(says.signedAt)));
  const last = same.filter(({ says }) => Date.parse(says.signedAt) === moment);
  return [...Map.groupBy(last, ({ says }) => contentOf(says)).values()].flatMap(([first]) => first ?? []);
}

/** Why neither of two that were signed at one moment under one id has effect. */
function rivalOf(claim: ExceptionClaim, latest: ReadonlySet<ExceptionClaim>): string | undefined {
  if (!latest.has(claim)) return undefined;
  const name = fold(claim.says.exceptionId);
  const rival = [...latest].find((other) => other !== claim && fold(other.says.exceptionId) === name);
  return rival && `\`${rival.by.file}\` was signed at the same moment under the same id, and says something else`;
}

/** Why the exception cannot have effect here, whatever the day; one rule that it may not waive spoils the whole. */
function faultOf({ says, by }: ExceptionClaim, packs: readonly UsedPack[]): string | undefined {
  const pack = packs.find((used) => used.pack.name === says.pack)?.pack;
  if (!pack) return `freigabe.yaml does not use the pack \`${says.pack}\``;
  const faults = says.rules.flatMap((id) => {
    const rule = pack.rules.find((known) => known.id === id);
    if (!rule) return [`pack \`${says.pack}\` has no rule \`${id}\``];
    if (rule.waivable === "nobody") return [`rule \`${id}\` can be waived by nobody`];
    if (differentSigners(by.signers.filter(({ role }) => role === rule.waivable)) >= 2) return [];
    const signed = by.signers.map((key) => `\`${key.id}\` (${key.role})`).join(", ");
    return [`rule \`${id}\` is waived by two of role ${rule.waivable}, signed by ${signed}`];
  });
  return faults[0];
}

function sortName({ says, by }: ExceptionClaim): string {
  return `${says.exceptionId}\n${by.file}`;
}
