import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { type Statement, type StatementKind, statementKinds } from "../model/statement.ts";
import { readNamed } from "../storage/folder.ts";
import { openSigner } from "../storage/keys.ts";
import { refuseExisting, writeDurably } from "../storage/write.ts";
import {
  type Certified,
  certify,
  countersign,
  type Draft,
  drafted,
  one,
  signedStatement,
  type Transcript,
} from "../tasks/certify.ts";
import { fieldList } from "./certify-fields.ts";
import { certifyKey } from "./certify-key.ts";
import { enterStatement } from "./certify-record.ts";
import { compareNames } from "./certify-workspace.ts";
import type { Command, Input, Io } from "./command.ts";
import { ledgerOptions } from "./ledger-access.ts";

const maxInput = 64_000_000;
const maxArtefact = 1_000_000_000;

export const command: Command = {
  name: "certify",
  summary: "make and sign evidence, or a key to sign with",
  usage:
    "KIND [options]    KIND: key, certificate, test-result, register, declaration, order,\n       update-statement, oversight, alias, exception, document, posture, formal-notice,\n       notice-reply, supplier-comment, override, warning-decision, recall-reply, removal",
  positionals: [1, 1],
  options: {
    fields: { type: "boolean", means: "list the fields of KIND and stop" },
    from: {
      type: "string",
      value: "FILE",
      means: "fields of the statement, YAML or JSON (for `key`: first DAY it is valid)",
    },
    set: {
      type: "string",
      multiple: true,
      value: "FIELD=VALUE",
      means: "one field, over those of --from; dots for nesting",
    },
    key: {
      type: "string",
      multiple: true,
      value: "FILE",
      means: "private key that signs; twice for a transcript, an exception or a removal",
    },
    out: { type: "string", value: "FILE", means: "where to write; default standard output" },
    "signed-at": { type: "string", value: "TIME", means: "RFC 3339 time of signing; default now" },
    subject: { type: "string", value: "NAME", means: "what it is about; for a release PRODUCT@RELEASE" },
    digest: { type: "string", value: "sha256:HEX", means: "digest of the subject (the maker's release manifest)" },
    "subject-file": { type: "string", value: "FILE", means: "the same, computed from the file" },
    file: { type: "string", value: "FILE", means: "for a document: the unsigned file that is vouched for" },
    complete: { type: "boolean", means: "for a register: nothing is missing from it" },
    "transcript-of": { type: "string", value: "FILE", means: "the public document that was copied; two people sign" },
    title: { type: "string", value: "TEXT", means: "title of that document" },
    address: { type: "string", value: "URL", means: "where it was published" },
    seen: { type: "string", value: "DAY", means: "day on which it was seen there" },
    "add-signature": { type: "string", value: "FILE", means: "sign an existing envelope too, as the second person" },
    id: {
      type: "string",
      value: "ID",
      means: "key: its name in reports; DEMO-... counts only in a demo (exception: which entry of --from)",
    },
    party: { type: "string", value: "ID", means: "key: whose it is (supplier, operator, body, lab, authority)" },
    role: { type: "string", value: "ROLE", means: "key: body, lab, maker, operator, authority or approver" },
    scheme: { type: "string", multiple: true, value: "ID", means: "key: a scheme it speaks for; default all" },
    until: { type: "string", value: "DAY", means: "key: last day on which it is valid" },
    algorithm: { type: "string", value: "NAME", means: "key: ed25519 (default), p256, p384 or rsa-pss" },
    trust: { type: "string", value: "DIR", means: "key: write its entry into this `trust` folder" },
    ledger: {
      type: "string",
      value: "DIR",
      means: "the ledger to enter it in (default: that of the workspace it is written to)",
    },
    "ledger-key": ledgerOptions["ledger-key"],
    "unknown-names": { type: "boolean", means: "sign although the workspace does not have a name that is in it" },
    "no-record": { type: "boolean", means: "sign without entering it in a ledger" },
  },
  notes: `Evidence is an in-toto Statement v1 in a DSSE envelope; docs/predicates.md describes each kind.
A register is signed one by one and only with \`--complete\`: it says that what it does not list
does not exist. An exception counts with the signatures of two approvers, at one machine or, with
\`--add-signature\`, at two. In a workspace (that of --out, else the current folder) every name in a statement is
compared with its ids, its signed aliases and the packs it uses before anything is signed. Who may sign what is decided when it is checked, by the entries in \`trust/\`.`,
  examples: [
    [
      "a key for a laboratory, and its entry in trust/",
      "./freigabe certify key --out keys/lab --id DEMO-lab --party LAB --role lab --from 2026-01-01 --trust trial/trust",
    ],
    [
      "an update statement, signed with it",
      "./freigabe certify update-statement --from update.yaml --key keys/lab --out trial/evidence/update.json",
    ],
    [
      "an operator's list of the orders it has received",
      "./freigabe certify register --from orders.yaml --complete --key keys/operator --out trial/registers/orders.json",
    ],
    [
      "an exception of the working copy, signed by its first approver",
      "./freigabe certify exception --from trial/exceptions.yaml --id E-1 --key keys/one --out trial/evidence/e-1.json",
    ],
  ],
  async run(input, io) {
    const [word = ""] = input.positionals;
    if (word === "key") return certifyKey(input, io);
    const kind = kindNamed(word);
    if (input.flag("fields")) io.out(fieldList(kind));
    else await deliver(await sign(kind, input, io), input, io);
    return exit.done;
  },
};

function kindNamed(word: string): StatementKind {
  const kind = statementKinds.find((one) => one === word);
  if (kind) return kind;
  throw new UserError(`no kind \`${word}\``, `kinds: key ${statementKinds.join(" ")}`);
}

async function sign(kind: StatementKind, input: Input, io: Io): Promise<Certified> {
  const keys = input.texts("key");
  if (keys.length === 0) {
    throw new UserError("`--key FILE` is missing: with which key?", "`freigabe certify key --out FILE ...` makes one");
  }
  const signers = keys.map((path) => openSigner(resolve(io.cwd, path)));
  const present = input.text("add-signature");
  if (present === undefined) {
    const draft = draftOf(kind, input, io);
    await compareNames(drafted(draft), input, io);
    return certify(draft, signers);
  }
  const file = fileNamed(present, io, maxInput);
  await compareNames(signedStatement(file), input, io);
  return countersign(file, kind, signers);
}

function draftOf(kind: StatementKind, input: Input, io: Io): Draft {
  const content = input.text("from");
  const signedAt = input.text("signed-at");
  const transcript = transcriptOf(input, io);
  const name = input.text("subject");
  const sha256 = digestOf(input, io);
  const entry = input.text("id");
  const document = input.text("file");
  return {
    kind,
    settings: input.texts("set"),
    now: io.now,
    complete: input.flag("complete"),
    ...(content !== undefined && { content: fileNamed(content, io, maxInput) }),
    ...(signedAt !== undefined && { signedAt }),
    ...(transcript && { transcript }),
    ...(entry !== undefined && { entry }),
    ...(document !== undefined && { document: fileNamed(document, io, maxInput) }),
    subject: { ...(name !== undefined && { name }), ...(sha256 !== undefined && { sha256 }) },
  };
}

function transcriptOf(input: Input, io: Io): Transcript | undefined {
  const path = input.text("transcript-of");
  if (path === undefined) return undefined;
  const [title, address, seen] = ["title", "address", "seen"].map((option) => {
    const value = input.text(option);
    if (value !== undefined) return value;
    throw new UserError(
      `\`--transcript-of\` needs \`--${option}\` too`,
      "a transcript says what was copied, from where and when",
    );
  }) as [string, string, string];
  return { document: fileNamed(path, io, maxArtefact), title, address, seen };
}

function digestOf(input: Input, io: Io): string | undefined {
  const path = input.text("subject-file");
  const text = input.text("digest");
  const hex = text === undefined ? undefined : /^sha256:([0-9a-f]{64})$/.exec(text)?.[1];
  if (text !== undefined && hex === undefined) {
    throw new UserError(`expected \`--digest sha256:\` and 64 lower-case hex digits, got \`${text.slice(0, 80)}\``);
  }
  const computed = path === undefined ? undefined : fileNamed(path, io, maxArtefact).sha256;
  if (hex !== undefined && computed !== undefined && hex !== computed) {
    throw new UserError(`\`--digest\` and \`--subject-file\` differ: the file has sha256:${computed}`);
  }
  return computed ?? hex;
}

function fileNamed(path: string, io: Io, maxBytes: number): ReadFile {
  const file = readNamed(resolve(io.cwd, path), maxBytes);
  if (file) return { ...file, name: path };
  throw new UserError(`no file \`${path}\``);
}

async function deliver(certified: Certified, input: Input, io: Io): Promise<void> {
  const { statement, text, signatures, missing } = certified;
  const out = input.text("out");
  // Only the envelope that was just extended may be replaced.
  const exclusive = out !== undefined && out !== input.text("add-signature");
  if (exclusive) refuseExisting(resolve(io.cwd, out), out);
  const receipt = await enterStatement(certified, input, io);
  if (out === undefined) io.out(text);
  else writeDurably(resolve(io.cwd, out), text, { exclusive, name: out });
  const names = aboutText(statement);
  io.err(`signed ${one(statement.kind)} about ${names}: ${signatures} signature${signatures === 1 ? "" : "s"}\n`);
  io.err(receipt);
  if (out !== undefined) io.err(`wrote ${out}; check it with \`freigabe verify ${out} --trust DIR\`\n`);
  if (missing > 0) {
    io.err(
      `${statement.predicate.transcriptOf ? "a transcript" : one(statement.kind)} counts with two signatures: \`freigabe certify ${statement.kind} --add-signature FILE --key FILE\`\n`,
    );
  }
}

/** A register closes the world and an exception opens a gap in it, so their signers read once more what was said. */
function aboutText({ kind, predicate, subjects }: Statement): string {
  if (kind === "exception") {
    return `${predicate.exceptionId}: waives ${predicate.rules.join(", ")} of ${predicate.pack} until ${predicate.until}`;
  }
  if (kind !== "register") return subjects.map(({ name }) => name).join(", ");
  const { register, count, asOf, nextDue } = predicate;
  return `${register}: ${count} entries and no others as of ${asOf}, next due ${nextDue}`;
}
