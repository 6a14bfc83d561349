import type { Misfit } from "../model/check.ts";
import { type Day, dayOf } from "../model/day.ts";
import type { Content, Envelope, EvidenceDocument, Meant } from "../model/envelope.ts";
import type { Evidence, Grade, TrustedKey, Unread } from "../model/evidence.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import type { Statement, Subject } from "../model/statement.ts";
import { incoherences } from "./coherence.ts";
import { emptyLists } from "./empty-lists.ts";
import { entitlementOf, mayEverSign } from "./entitlement.ts";
import { mayBeBy, preAuthEncoding, publicKeyOf, verifySignature } from "./signature.ts";
import { isValid, timelySigners, type Viewpoint } from "./time.ts";

export type { Viewpoint } from "./time.ts";

/** One thing that must hold of a statement, in the order in which they are checked. */
export const stepNames = ["signer", "signature", "content", "time", "entitlement", "subject"] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  readonly holds: boolean;
  readonly detail: string;
}

export interface StatementCheck {
  readonly steps: readonly Step[];
  readonly evidence?: Evidence;
  /** Why it is not evidence, or which of its lists is refused; absent also when it only is not known yet. */
  readonly problem?: Problem;
  /** Its signature holds, and what it says cannot be read. */
  readonly unread?: Unread;
  /** Nothing is wrong with it, but it was signed, or entered in the ledger, after known-at. */
  readonly later: boolean;
}

type SignedDocument = Extract<EvidenceDocument, { kind: "envelope" }>;
type Judged<T> = { readonly step: Step; readonly value?: T };

/**
 * Checks a signed document step by step and makes it `Evidence` if all hold. A step is left out if one that it builds
 * on failed. `trust` holds every key somebody is known by; which of them count is decided here.
 */
export function checkStatement(document: SignedDocument, trust: readonly TrustedKey[], at: Viewpoint): StatementCheck {
  const known = judgeSigners(document.envelope, trust, at);
  const signed = known.value && judgeSignatures(document.envelope, known.value);
  const content = judgeContent(document.content);
  const timely = signed?.value && content.value && judgeTime(content.value, document.digest, signed.value, at);
  const entitled = timely?.value && content.value && judgeEntitlement(content.value, timely.value);
  const subject = content.value && judgeSubject(content.value);

  const steps = [known, signed, content, timely, entitled, subject].flatMap((judged) => judged?.step ?? []);
  const later = timely?.later === true && steps.every(({ name, holds }) => holds || name === "time");
  const failed = steps.find(({ holds }) => !holds);
  if (failed) {
    const unread = signed?.value && !content.value ? unreadOf(document, signed.value, at) : undefined;
    const problem = problemOf(document.file, failed, content.pointer);
    return { steps, later, ...(!later && { problem }), ...(unread && { unread }) };
  }
  if (!content.value || !entitled?.value) throw new Error("a statement whose steps all hold has content and signers");
  const [empty] = emptyLists(content.value);
  const evidence = admit(document, content.value, entitled.value);
  return { steps, later: false, evidence, ...(empty && { problem: refusedList(document.file, empty) }) };
}

function judgeSigners(envelope: Envelope, trust: readonly TrustedKey[], at: Viewpoint): Judged<readonly TrustedKey[]> {
  const hinted = trust.filter((key) => envelope.signatures.some(({ keyid }) => mayBeBy(keyid, key)));
  const counting = hinted.filter((key) => at.demo || !key.id.startsWith("DEMO-"));
  if (counting.length > 0) {
    return { step: held("signer", `known: ${names(counting)}`), value: counting };
  }
  if (hinted.length > 0) {
    return {
      step: failed(
        "signer",
        `${names(hinted)} is a demonstration key and counts only in a demo (\`--demo\`, or \`demo: true\` in freigabe.yaml)`,
      ),
    };
  }
  const keyids = envelope.signatures.map(({ keyid }) => (keyid === undefined ? "none" : `\`${keyid.slice(0, 16)}\``));
  return { step: failed("signer", `no trusted key fits the keyid ${[...new Set(keyids)].join(", ")}`) };
}

/** Signatures of unknown keys are passed over; one of a known key that does not hold spoils the envelope. */
function judgeSignatures(envelope: Envelope, keys: readonly TrustedKey[]): Judged<readonly TrustedKey[]> {
  const bytes = preAuthEncoding(envelope.payloadType, envelope.payload);
  const holding = new Set<TrustedKey>();
  for (const { keyid, sig } of envelope.signatures) {
    const candidates = keys.filter((key) => mayBeBy(keyid, key));
    const signer = candidates.find((key) => verifySignature(publicKeyOf(key), bytes, sig));
    if (signer) holding.add(signer);
    else if (candidates.length > 0 && keyid !== undefined) {
      return { step: failed("signature", `the signature of ${names(candidates)} does not fit the payload`) };
    }
  }
  if (holding.size === 0) return { step: failed("signature", "no signature fits the payload and a trusted key") };
  const value = [...holding].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { step: held("signature", `holds for ${names(value)}, ${envelope.payload.length} bytes signed`), value };
}

function judgeContent(content: Content): Judged<Statement> & { pointer?: string } {
  if (content.kind === "foreign") return { step: failed("content", content.message) };
  const [first, ...more]: readonly Misfit[] =
    content.kind === "broken"
      ? content.problems.map(({ message, place }) => ({ pointer: place.pointer ?? "", message }))
      : incoherences(content.statement);
  if (first) {
    const others = more.length > 0 ? ` (and ${more.length} more)` : "";
    const where = first.pointer ? `at \`${first.pointer}\`: ` : "";
    return { step: failed("content", `${where}${first.message}${others}`), pointer: first.pointer };
  }
  if (content.kind === "broken") return { step: failed("content", "the payload could not be read") };
  return { step: held("content", `in-toto Statement v1, ${content.statement.kind}`), value: content.statement };
}

/** What was signed by a key that counts at known-at, in a role that may say such a thing. */
function unreadOf({ content, file }: SignedDocument, keys: readonly TrustedKey[], at: Viewpoint): Unread | undefined {
  const meant =
    content.kind === "broken" ? content.meant : content.kind === "statement" ? meantBy(content.statement) : undefined;
  if (!meant || !keys.some((key) => mayEverSign(meant, key.role) && isValid(key, at.knownAt))) return undefined;
  return { ...meant, file };
}

function meantBy({ kind, predicate }: Statement): Meant {
  return kind === "register" ? { kind, register: predicate.register } : { kind };
}

function judgeTime(
  statement: Statement,
  digest: string,
  keys: readonly TrustedKey[],
  at: Viewpoint,
): Judged<readonly TrustedKey[]> & { later?: true } {
  const { counting, detail, later } = timelySigners({ digest, signedOn: signingDay(statement) }, keys, at);
  if (counting.length > 0) return { step: held("time", detail), value: counting };
  return { step: failed("time", detail), ...(later && { later }) };
}

function judgeEntitlement(
  statement: Statement,
  keys: readonly TrustedKey[],
): Judged<{ grade: Grade; signers: readonly TrustedKey[] }> {
  const answer = entitlementOf(statement, keys);
  if ("refused" in answer) return { step: failed("entitlement", answer.refused) };
  const who = answer.signers.map(({ id, role, party }) => `\`${id}\` (${role} of ${party})`).join(", ");
  return { step: held("entitlement", `grade ${answer.grade}: ${who}`), value: answer };
}

function judgeSubject(statement: Statement): Judged<readonly Subject[]> {
  const { subjects, predicate } = statement;
  const names = subjects.map(({ name }) => `\`${name}\``).join(", ");
  const copied = predicate.transcriptOf?.digest.sha256;
  if (copied !== undefined && subjects.some(({ digest }) => digest.sha256 !== copied)) {
    return { step: failed("subject", `digest of ${names} is not that of the copied document`) };
  }
  const release = releaseOf(statement);
  const other = subjects.find(({ name }) => copied === undefined && name.includes("@") && name !== release);
  if (release !== undefined && other) {
    return { step: failed("subject", `subject \`${other.name}\` is not \`${release}\`, which the statement is about`) };
  }
  return { step: held("subject", names), value: subjects };
}

/** The subject name of the one release that a statement speaks of; absent where it speaks of none or of many. */
function releaseOf(statement: Statement): string | undefined {
  if (statement.kind === "certificate") return `${statement.predicate.product}@${statement.predicate.release}`;
  if (statement.kind === "update-statement") return `${statement.predicate.product}@${statement.predicate.toRelease}`;
  return undefined;
}

/** The one place where evidence comes into being. */
function admit(
  { file, digest }: SignedDocument,
  statement: Statement,
  { grade, signers }: { grade: Grade; signers: readonly TrustedKey[] },
): Evidence {
  return { statement, grade, signers, signedOn: signingDay(statement), file, digest } as Evidence;
}

function signingDay(statement: Statement): Day {
  const day = dayOf(statement.predicate.signedAt);
  if (day === undefined) throw new Error("a coherent statement has a signing day");
  return day;
}

function problemOf(file: string, step: Step, pointer: string | undefined): Problem {
  const place = { file, ...(step.name === "content" && pointer && { pointer }) };
  const hint = `\`freigabe verify ${file} --trust DIR\` shows every step`;
  return documentProblem("not-evidence", `not evidence, ${step.name}: ${step.detail}`, place, hint);
}

/** What the list says is not known; the rest of the statement is. */
function refusedList(file: string, { pointer, message }: Misfit): Problem {
  const hint = "have it signed again; until then it lets nothing pass, and what an order may mean by it stays open";
  return documentProblem("wrong-shape", `\`${pointer}\`: ${message}`, { file, pointer }, hint);
}

function held(name: StepName, detail: string): Step {
  return { name, holds: true, detail };
}

function failed(name: StepName, detail: string): Step {
  return { name, holds: false, detail };
}

function names(keys: readonly TrustedKey[]): string {
  return keys.map(({ id }) => `\`${id}\``).join(", ");
}
