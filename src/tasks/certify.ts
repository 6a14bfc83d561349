import { createHash, createPublicKey } from "node:crypto";
import { incoherences } from "../evidence/coherence.ts";
import { emptyLists } from "../evidence/empty-lists.ts";
import { addSignature, encodeEnvelope, signStatement } from "../evidence/encode.ts";
import { looseNumbers } from "../evidence/numbers.ts";
import { preAuthEncoding, verifySignature } from "../evidence/signature.ts";
import { materialOf } from "../model/algorithm.ts";
import { checkShape, type Misfit } from "../model/check.ts";
import type { DocumentFormat } from "../model/document.ts";
import type { Envelope } from "../model/envelope.ts";
import { UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { Signer } from "../model/ports/signer.ts";
import { documentFormats, predicates, type Statement, type StatementKind, type Subject } from "../model/statement.ts";
import { readEvidence } from "../readers/dsse.ts";
import { readJson } from "../readers/json.ts";
import { withNames } from "../readers/names.ts";
import { isRecord } from "../readers/records.ts";
import { readYaml } from "../readers/yaml.ts";
import { applySettings, fieldsOf } from "./predicate-fields.ts";

/** What a person wants to sign. */
export interface Draft {
  readonly kind: StatementKind;
  /** Fields of the predicate, as YAML or JSON. */
  readonly content?: ReadFile;
  /** `field=value`, over those of `content`. */
  readonly settings: readonly string[];
  /** RFC 3339; absent: what `content` says, else `now`. */
  readonly signedAt?: string;
  readonly now: Date;
  /** For a register: the person says that nothing is missing from it. */
  readonly complete: boolean;
  /** For an exception: which entry of `content`, if that is the list `exceptions.yaml`. */
  readonly entry?: string;
  /** For a document: the file that is vouched for. */
  readonly document?: ReadFile;
  readonly subject?: { readonly name?: string; readonly sha256?: string };
  readonly transcript?: Transcript;
}

/** The public document that is being copied. */
export interface Transcript {
  readonly document: ReadFile;
  readonly title: string;
  readonly address: string;
  readonly seen: string;
}

/** A signer whose work can be checked before it leaves the house. */
export interface CheckableSigner extends Signer {
  /** SubjectPublicKeyInfo as PEM. */
  readonly publicKey: string;
}

export interface Certified {
  readonly kind: "certified";
  readonly statement: Statement;
  /** The envelope as JSON. */
  readonly text: string;
  readonly signatures: number;
  /** Signatures it still needs before it can count. */
  readonly missing: number;
}

/** The statement that a draft describes, before anybody signs it. Throws `UserError` if it does not fit or hang together. */
export function drafted(draft: Draft): Statement {
  const statement = toStatement(draft, completePredicate(draft, readPredicate(draft)));
  refuseIncoherent(statement);
  refuseHollowPass(statement);
  return statement;
}

/** Makes the statement that a draft describes, signs it with every signer, and checks the result. Throws `UserError`. */
export function certify(draft: Draft, signers: readonly CheckableSigner[]): Certified {
  const statement = drafted(draft);
  refuseRepeated(signers);
  return checked(signStatement(statement, signers), signers);
}

/** What an envelope says that somebody else has signed. Throws `UserError` if it is none that we know. */
export function signedStatement(file: ReadFile): Statement {
  return readSigned(file).statement;
}

/** Adds signatures to an envelope that somebody else has signed. Throws `UserError`. */
export function countersign(file: ReadFile, kind: StatementKind, signers: readonly CheckableSigner[]): Certified {
  const { envelope, statement } = readSigned(file);
  if (statement.kind !== kind) {
    throw new UserError(
      `expected ${one(kind)} in \`${file.name}\`, got ${one(statement.kind)}`,
      "sign only what you have read",
    );
  }
  refuseIncoherent(statement);
  refuseRepeated(signers, envelope);
  return checked(encodeEnvelope(signers.reduce(addSignature, envelope)), signers);
}

function readPredicate({ kind, content, settings, entry }: Draft): Readonly<Record<string, unknown>> {
  const read = content ? readContent(content) : {};
  const start = kind === "exception" && content && Array.isArray(read) ? entryOf(content.name, read, entry) : read;
  const value = withNames(applySettings(predicates[kind].schema, start, settings));
  if (isRecord(value)) return value;
  throw new UserError(
    `expected the fields of ${one(kind)} in \`${content?.name}\``,
    `\`freigabe certify ${kind} --fields\` lists them`,
  );
}

/** The one entry of `exceptions.yaml` that is meant. */
function entryOf(file: string, entries: readonly unknown[], id: string | undefined): unknown {
  const named = entries.filter(isRecord);
  const ids = named.map(({ exceptionId }) => `\`${String(exceptionId)}\``).join(", ");
  if (id === undefined) throw new UserError(`\`${file}\` is a list: which exception?`, `add \`--id\`, one of ${ids}`);
  const [found, again] = named.filter(({ exceptionId }) => exceptionId === id);
  if (found && !again) return found;
  throw new UserError(
    `expected one exception \`${id}\` in \`${file}\`, got ${again ? "several" : "none"}`,
    `it has ${ids}`,
  );
}

function readContent(file: ReadFile): unknown {
  const read = file.name.endsWith(".json") ? readJson(file.bytes, file.name) : readYaml(file.bytes, file.name);
  const [problem] = read.problems;
  if (!problem) return read.value;
  const line = problem.place.line === undefined ? "" : ` line ${problem.place.line}`;
  throw new UserError(`\`${file.name}\`${line}: ${problem.message}`, problem.hint);
}

/** What need not be typed: the moment, the count, and what the copied document itself says. */
function completePredicate(draft: Draft, given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const signedAt = draft.signedAt ?? given.signedAt ?? draft.now.toISOString();
  const { transcript } = draft;
  const transcriptOf = transcript && {
    title: transcript.title,
    address: transcript.address,
    seen: transcript.seen,
    digest: { sha256: transcript.document.sha256 },
  };
  const register = draft.kind === "register" ? completeRegister(given, draft.complete) : {};
  const document = draft.kind === "document" ? completeDocument(draft) : {};
  return { ...document, ...given, ...register, signedAt, ...(transcriptOf && { transcriptOf }) };
}

/** Completeness closes the world, so it is said each time, for one register, by a person. */
function completeRegister(given: Readonly<Record<string, unknown>>, complete: boolean) {
  const entries: unknown = given.entries ?? [];
  const length = Array.isArray(entries) ? entries.length : 0;
  if (!complete) {
    const what = `${length} entries as of \`${String(given.asOf ?? "?")}\``;
    throw new UserError(
      `a register says that nothing is missing from it: ${what}`,
      "add `--complete` if that is so; otherwise do not sign it",
    );
  }
  const count = given.count ?? length;
  return { entries, count, complete: true };
}

/** The format is told by the file itself; nobody vouches for a file that no reader knows. */
function completeDocument(draft: Draft): { readonly format: DocumentFormat } {
  const file = documentOf(draft);
  const read = readEvidence(file);
  if (read.kind === "unsigned") return { format: read.format };
  const hint =
    read.kind === "envelope" ? "it carries signatures of its own" : "`freigabe verify FILE` says what is wrong";
  throw new UserError(`expected a document of format ${documentFormats.join(", ")} in \`${file.name}\``, hint);
}

function documentOf({ document, transcript }: Draft): ReadFile {
  const file = document ?? transcript?.document;
  if (file) return file;
  throw new UserError(
    "which document is vouched for?",
    "add `--file FILE`, or `--transcript-of FILE` for a copied one",
  );
}

function toStatement(draft: Draft, predicate: Readonly<Record<string, unknown>>): Statement {
  const { kind } = draft;
  const answer = checkShape(predicates[kind].schema, predicate, { file: kind });
  if (!("value" in answer)) {
    throw misfitError(
      kind,
      answer.problems.map(({ message, place }) => ({ pointer: place.pointer ?? "", message })),
    );
  }
  return { kind, predicate: answer.value, subjects: [subjectOf(draft, predicate)] } as Statement;
}

/**
 * A subject named `PRODUCT@RELEASE` carries the digest of the maker's release manifest (in a transcript: of the copied
 * document). A statement about no artefact has itself as its subject, because in-toto demands a digest.
 */
function subjectOf(draft: Draft, predicate: Readonly<Record<string, unknown>>): Subject {
  const { kind, subject, transcript } = draft;
  const release = releaseName(kind, predicate);
  if (kind === "document") {
    const file = documentOf(draft);
    if (transcript && transcript.document.sha256 !== file.sha256) {
      throw new UserError(
        "`--file` and `--transcript-of` name two documents",
        "a transcript vouches for what it copied",
      );
    }
    const own = file.name.split("/").at(-1);
    return { name: subject?.name ?? own ?? file.name, digest: { sha256: file.sha256 } };
  }
  if (transcript) {
    const name = subject?.name ?? (kind === "test-result" ? undefined : transcript.title);
    return { name: name ?? needSubject(kind), digest: { sha256: transcript.document.sha256 } };
  }
  if (subject?.sha256 !== undefined) {
    return { name: subject.name ?? release ?? needSubject(kind), digest: { sha256: subject.sha256 } };
  }
  if (kind === "test-result") return needSubject(kind);
  if (subject?.name?.includes("@")) {
    throw new UserError(
      `\`${subject.name}\` names a release, and its digest is missing`,
      "add `--digest` or `--subject-file`",
    );
  }
  const own = createHash("sha256").update(JSON.stringify(predicate)).digest("hex");
  return { name: subject?.name ?? `${kind} ${own.slice(0, 16)}`, digest: { sha256: own } };
}

function releaseName(kind: StatementKind, predicate: Readonly<Record<string, unknown>>): string | undefined {
  const version = kind === "certificate" ? "release" : kind === "update-statement" ? "toRelease" : undefined;
  return version && `${String(predicate.product)}@${String(predicate[version])}`;
}

function needSubject(kind: StatementKind): never {
  throw new UserError(
    `${one(kind)} needs to say what it is about`,
    "add `--subject PRODUCT@RELEASE` and `--digest sha256:HEX` or `--subject-file MANIFEST`",
  );
}

function refuseIncoherent(statement: Statement): void {
  const misfits = [...incoherences(statement), ...emptyLists(statement), ...looseNumbers(statement)];
  if (misfits.length > 0) throw misfitError(statement.kind, misfits);
}

/** A pass that names nothing passed would count for nothing, and one that names a failure as a failure. */
function refuseHollowPass({ kind, predicate }: Statement): void {
  if (kind !== "test-result" || predicate.result !== "PASSED") return;
  const { passedTests = [], warnedTests = [], failedTests = [] } = predicate;
  if (warnedTests.length + failedTests.length > 0) {
    const hint = "say `FAILED` or `WARNED`, or leave those tests to a result of their own";
    throw new UserError("`result` is PASSED, and `failedTests` or `warnedTests` names tests", hint);
  }
  if (passedTests.length > 0) return;
  const hint = 'add `--set passedTests="NAME OF A TEST"`; a result that names none counts for nothing';
  throw new UserError("`result` is PASSED, and `passedTests` names none", hint);
}

function misfitError(kind: StatementKind, misfits: readonly Misfit[]): UserError {
  const paths = misfits.map(({ pointer }) =>
    pointer
      .replace(/^\/predicate/, "")
      .slice(1)
      .replaceAll("/", "."),
  );
  const lines = misfits.map(({ message }, index) => {
    const path = paths[index] ?? "";
    return path === "" || message.includes(`\`${path}\``) ? message : `\`${path}\`: ${message}`;
  });
  const field = fieldsOf(predicates[kind].schema).find(({ name }) => name === paths[0]);
  const example = field ? `for example \`${field.example}\`; ` : "";
  return new UserError(lines.join("\n  "), `${example}\`freigabe certify ${kind} --fields\` lists the fields`);
}

/** One key is one person, however its file or its entry in `trust/` is written. */
function refuseRepeated(signers: readonly CheckableSigner[], signed?: Envelope): void {
  const keys = signers.map(({ keyid, publicKey }) => ({ keyid, publicKey: createPublicKey(publicKey) }));
  const material = keys.map(({ publicKey }) => materialOf(publicKey));
  const bytes = signed && preAuthEncoding(signed.payloadType, signed.payload);
  const twice = keys.find(
    ({ keyid, publicKey }, index) =>
      material.indexOf(material[index]!) !== index ||
      (bytes && signed.signatures.some((one) => one.keyid === keyid || verifySignature(publicKey, bytes, one.sig))),
  );
  if (!twice) return;
  const name = twice.keyid.slice(0, 16);
  throw new UserError(`key \`${name}...\` signs twice`, "a second signature is that of a second person");
}

function readSigned(file: ReadFile): { envelope: Envelope; statement: Statement } {
  const document = readEvidence(file);
  if (document.kind === "envelope" && document.content.kind === "statement") {
    return { envelope: document.envelope, statement: document.content.statement };
  }
  throw new UserError(
    `\`${file.name}\` is not a statement that Freigabe knows`,
    `\`freigabe verify ${file.name}\` says why`,
  );
}

/** Reads what was written as a stranger would, so that nothing leaves that will not verify. */
function checked(text: string, signers: readonly CheckableSigner[]): Certified {
  const bytes = Buffer.from(text, "utf8");
  const { envelope, statement } = readSigned({ name: "what was signed", bytes, sha256: "" });
  const signed = preAuthEncoding(envelope.payloadType, envelope.payload);
  for (const { keyid, publicKey } of signers) {
    const signature = envelope.signatures.find((one) => one.keyid === keyid);
    if (signature && verifySignature(createPublicKey(publicKey), signed, signature.sig)) continue;
    throw new Error(`the signature by key ${keyid.slice(0, 16)} does not verify`);
  }
  const signatures = envelope.signatures.length;
  const needed =
    statement.predicate.transcriptOf ||
    ["exception", "override", "removal", "warning-decision"].includes(statement.kind)
      ? 2
      : 1;
  return { kind: "certified", statement, text, signatures, missing: Math.max(0, needed - signatures) };
}

/** A kind with its article. */
export function one(kind: StatementKind): string {
  return `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind}`;
}
