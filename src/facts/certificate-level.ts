import { addDays, addYears, type Day, type DaySpan } from "../model/day.ts";
import type { Why } from "../model/fact.ts";
import type { PackManifest } from "../model/pack.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { daysOf } from "./first-use.ts";
import { identityOf } from "./identity.ts";
import type { Claim } from "./knowledge.ts";
import { parameter, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

type Scheme = NonNullable<PackManifest["schemes"]>[number];

/** What a certificate is worth to an element: steps that each need the one before. */
export const level = { none: 0, held: 1, named: 2, beforeUse: 3, inTerm: 4 } as const;

/** What one certificate can still be worth, and why that is open. */
export interface Worth {
  readonly worst: number;
  readonly best: number;
  readonly why: readonly Why[];
}

const cuts = new WeakMap<CertificateClaim, { readonly scheme: Scheme; readonly days: readonly Day[] }>();

/** Days on which a certificate changes what a first use is worth. */
export function certificateCuts(certificate: CertificateClaim, scheme: Scheme): readonly Day[] {
  const held = cuts.get(certificate);
  if (held?.scheme === scheme) return held.days;
  const days = [certificate.issued, addDays(endOf(certificate, scheme), 1)];
  cuts.set(certificate, { scheme, days });
  return days;
}

const ends = new WeakMap<CertificateClaim, { readonly scheme: Scheme; readonly end: Day }>();

/** The last day of its term: what it says, never longer than its scheme allows, ended by a withdrawal. */
export function endOf(certificate: CertificateClaim, scheme: Scheme): Day {
  const held = ends.get(certificate);
  if (held?.scheme === scheme) return held.end;
  const end = lastDay(certificate, scheme);
  ends.set(certificate, { scheme, end });
  return end;
}

function lastDay(certificate: CertificateClaim, scheme: Scheme): Day {
  const longest = addYears(certificate.issued, scheme.years);
  const said = certificate.until !== undefined && certificate.until < longest ? certificate.until : longest;
  const withdrawn = withdrawal(certificate);
  return withdrawn !== undefined && withdrawn <= said ? addDays(withdrawn, -1) : said;
}

function withdrawal({ status, withdrawn, issued }: CertificateClaim): Day | undefined {
  return status === "withdrawn" ? (withdrawn ?? issued) : undefined;
}

/** The worth of one certificate for elements whose first use under the certificate duty lies in `spans`. */
export function worthOf(
  setting: Setting,
  claim: Claim<CertificateClaim>,
  scheme: Scheme,
  equipment: Equipment,
  spans: readonly DaySpan[],
): Worth {
  const identity = identityOf(setting, claim, equipment, scheme.minorUpdates);
  if (identity.is === "other") return { worst: level.held, best: level.held, why: [] };
  const days = spans.flatMap((span) => daysOf(span, certificateCuts(claim.says, scheme)));
  const each = days.map((day) => onDay(setting, claim.says, scheme, day));
  const worst = Math.min(...each.map((worth) => worth.worst));
  const best = Math.max(...each.map((worth) => worth.best));
  const why = each.flatMap((worth) => worth.why);
  if (identity.is !== "maybe")
    return { worst, best, why: worst === best ? [] : [...why, ...undated(each, worst, best)] };
  return {
    worst: Math.min(level.held, best),
    best,
    why: [...why, { code: "identity", text: identity.text, who: identity.who }],
  };
}

function undated(each: readonly Worth[], worst: number, best: number): readonly Why[] {
  const byDay = each.some((worth) => worth.worst !== worst || worth.best !== best);
  return byDay
    ? [
        {
          code: "missing",
          text: "whether it was certified before first use hangs on the day of first use",
          who: "operator",
        },
      ]
    : [];
}

/** Its worth if first use was on `day`: certified by then? still in term on the as-of day? */
function onDay(setting: Setting, certificate: CertificateClaim, scheme: Scheme, day: Day): Worth {
  const end = endOf(certificate, scheme);
  const now = inTerm(setting, certificate, end);
  if (certificate.issued <= day && day <= end) return now;
  // What is only about to be used needs a certificate on the day; the open question is about equipment in operation.
  if (isDeployment(setting)) return exactly(level.named);
  const text = `certificate \`${certificate.certificateId}\` (${certificate.issued} to ${end}) was not in term on the day of first use, ${day}`;
  return byParameter(setting, "certifiedLate", level.named, now, { code: "missing", text, who: "authority" });
}

function inTerm(setting: Setting, certificate: CertificateClaim, end: Day): Worth {
  if (setting.asOf <= end) return exactly(level.inTerm);
  if (withdrawal(certificate) !== undefined) return exactly(level.beforeUse);
  const text = `the term of certificate \`${certificate.certificateId}\` ended on ${end}`;
  const why: Why = { code: "expired", text, who: "maker" };
  return byParameter(setting, "lapse", level.beforeUse, exactly(level.inTerm), why);
}

function isDeployment({ action }: Setting): boolean {
  return action === "deploy" || action === "update";
}

/** What the law leaves open, a parameter decides: the lower worth, the higher (as open as that is), or all between. */
function byParameter(setting: Setting, name: string, low: number, high: Worth, why: Why): Worth {
  switch (parameter(setting, name)) {
    case "refused":
      return exactly(low);
    case "admitted":
      return high;
    default:
      return { worst: low, best: high.best, why: low === high.best ? [] : [why, ...high.why] };
  }
}

function exactly(worth: number): Worth {
  return { worst: worth, best: worth, why: [] };
}
