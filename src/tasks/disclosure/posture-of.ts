import type { KnownPosture } from "../../disclosure/facts.ts";
import { checkStatement } from "../../evidence/check.ts";
import type { Day } from "../../model/day.ts";
import type { Evidence, TrustedKey } from "../../model/evidence.ts";
import { type Assurance, assurances } from "../../model/exchange.ts";
import type { StoredPosture } from "../../model/ports/disclosure.ts";
import type { PosturePredicate } from "../../model/statement.ts";
import { readEvidence } from "../../readers/dsse.ts";
import { sha256 } from "./house.ts";

/** What checking a signed statement needs beside it. */
export interface Scales {
  readonly trust: readonly TrustedKey[];
  readonly today: Day;
  readonly demo: boolean;
}

/** Checks an envelope as it came; the evidence, or why it is none. */
export function weigh(text: string, file: string, { trust, today, demo }: Scales): Evidence | string {
  const bytes = Buffer.from(text);
  const document = readEvidence({ name: file, bytes, sha256: sha256(bytes) });
  if (document.kind === "unsigned") return "it carries no signature";
  if (document.kind === "unreadable") return document.problems.map(({ message }) => message).join("; ");
  const { evidence, problem, steps } = checkStatement(document, trust, { knownAt: today, demo });
  return evidence ?? problem?.message ?? steps.find(({ holds }) => !holds)?.detail ?? "it does not count yet";
}

/** The posture that counts for a partner; or why none of those that came does; neither: none came. */
export interface Counting {
  readonly posture: KnownPosture | undefined;
  readonly noPosture?: string;
}

/**
 * The posture that counts for a partner: of those received the one that says it is newest. If that one no longer holds
 * (its key was compromised, say) there is none: falling back to an older one could make a partner better by losing evidence.
 * Of two of one time that say different things neither counts, and both are named.
 */
export function postureOf(partner: string, stored: readonly StoredPosture[], scales: Scales): Counting {
  const known = stored
    .filter((one) => one.partner === partner)
    .map((one) => ({ one, ...saidIn(one.envelope) }))
    .sort((a, b) => (a.signedAt < b.signedAt ? -1 : a.signedAt > b.signedAt ? 1 : a.one.received - b.one.received));
  const newest = known.at(-1);
  if (!newest) return { posture: undefined };
  const rival = known.find((other) => other.signedAt === newest.signedAt && other.says !== newest.says);
  if (rival) {
    const [a, b] = [rival.one.sha256, newest.one.sha256].map((digest) => digest.slice(0, 12)).sort();
    const noPosture = `two postures signed at ${newest.signedAt} say different things, and neither counts: ${a} and ${b}`;
    return { posture: undefined, noPosture };
  }
  const weighed = weigh(newest.one.envelope, "posture", scales);
  if (typeof weighed !== "string") return { posture: asPosture(weighed) };
  return { posture: undefined, noPosture: `the newest posture (${newest.signedAt}) does not count: ${weighed}` };
}

/** A checked statement as a posture; undefined if it is another kind. */
export function asPosture(evidence: Evidence): KnownPosture | undefined {
  const { statement, signers, signedOn, digest } = evidence;
  if (statement.kind !== "posture") return undefined;
  return {
    partner: statement.predicate.partner,
    predicate: statement.predicate,
    assurance: assuranceOf(statement.predicate, evidence),
    signedOn,
    signer: signers[0]?.id ?? "",
    sha256: digest,
  };
}

/** No better than who signed can give, whatever it claims. */
function assuranceOf({ assurance }: PosturePredicate, { signers }: Evidence): Assurance {
  const roles = new Set(signers.map(({ role }) => role));
  const given: Assurance = roles.has("originator")
    ? "recomputed"
    : ["authority", "body", "lab"].some((role) => roles.has(role as "lab"))
      ? "audited"
      : "self";
  return assurances[Math.min(assurances.indexOf(assurance), assurances.indexOf(given))] ?? "self";
}

/** When a posture says it was signed, to the millisecond, and all that it says as one text. */
function saidIn(envelope: string): { readonly signedAt: string; readonly says: string } {
  const { payload } = JSON.parse(envelope) as { readonly payload: string };
  const { predicate } = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as {
    readonly predicate: { readonly signedAt: string };
  };
  return { signedAt: new Date(predicate.signedAt).toISOString(), says: sorted(predicate) };
}

/** The same text for the same content, whatever the order of fields. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}
