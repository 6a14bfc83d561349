import { createHash } from "node:crypto";
import { encodeEnvelope } from "../../evidence/encode.ts";
import { preAuthEncoding } from "../../evidence/signature.ts";
import { maxEntry } from "../../ledger/bundle.ts";
import { checkShape } from "../../model/check.ts";
import { exit, UserError } from "../../model/errors.ts";
import type { Signer } from "../../model/ports/signer.ts";
import { type EntryContent, type EntryKind, entryKinds } from "../../model/record.ts";
import { payloadType, statementType } from "../../model/statement.ts";
import { readBase64 } from "../../readers/base64.ts";
import { readJson } from "../../readers/json.ts";
import { isRecord } from "../../readers/records.ts";

/** The signed bytes of an entry, and the one signature over them. */
export interface SignedEntry {
  readonly content: EntryContent;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly keyid: string;
}

/** An entry: an in-toto Statement in a DSSE envelope, signed with the key of the ledger. */
export function encodeEntry({ kind, predicate, subject }: EntryContent, signer: Signer): Uint8Array {
  const statement = {
    _type: statementType,
    subject: [{ name: subject.name, digest: { sha256: subject.sha256 } }],
    predicateType: entryKinds[kind].uri,
    predicate,
  };
  const payload = Buffer.from(JSON.stringify(statement));
  const sig = signer.sign(preAuthEncoding(payloadType, payload));
  const entry = Buffer.from(encodeEnvelope({ payloadType, payload, signatures: [{ keyid: signer.keyid, sig }] }));
  refuseUnreadable(entry);
  return entry;
}

/** What the ledger could not hold or nobody could read again must not get in: there is no taking it out. */
function refuseUnreadable(entry: Uint8Array): void {
  if (entry.length > maxEntry) {
    throw new UserError(`an entry would have ${entry.length} bytes, at most ${maxEntry} fit; nothing was entered`);
  }
  const { value } = readJson(entry, "entry");
  const payload = isRecord(value) ? readBase64(String(value.payload)) : undefined;
  const fault = payload ? contentFault(payload) : "it is no envelope";
  if (fault !== undefined) throw new UserError(`it cannot be entered: ${fault}; nothing was entered`);
}

function contentFault(payload: Uint8Array): string | undefined {
  const { value } = readJson(payload, "statement");
  const predicate = isRecord(value) ? value.predicate : undefined;
  const kind = Object.values(entryKinds).find(({ uri }) => isRecord(value) && uri === value.predicateType);
  const checked = kind && checkShape(kind.schema, predicate, { file: "entry" });
  if (!checked) return "it is of no known kind";
  return checked.problems.map(({ place, message }) => `${place.pointer ?? ""}: ${message}`)[0];
}

/** What an entry is about if it is about no file: itself. */
export function aboutItself(kind: EntryKind, predicate: unknown) {
  const sha256 = createHash("sha256").update(JSON.stringify(predicate)).digest("hex");
  return { name: `ledger ${kind} ${sha256.slice(0, 16)}`, sha256 };
}

/** Reads an entry; its signature is not verified here. Throws `UserError` (broken) if it is none that Freigabe makes. */
export function decodeEntry(bytes: Uint8Array, index: number): SignedEntry {
  const envelope = parsed(bytes, index, "the entry", 2);
  const [signature, another] = Array.isArray(envelope.signatures) ? envelope.signatures : [];
  const payload = typeof envelope.payload === "string" ? readBase64(envelope.payload) : undefined;
  const sig = isRecord(signature) && typeof signature.sig === "string" ? readBase64(signature.sig) : undefined;
  if (envelope.payloadType !== payloadType || !payload || !sig || !isRecord(signature) || another !== undefined) {
    throw unreadable(index, "it is no DSSE envelope of an in-toto statement with one signature");
  }
  return {
    content: readContent(payload, index),
    signed: preAuthEncoding(payloadType, payload),
    signature: sig,
    keyid: typeof signature.keyid === "string" ? signature.keyid : "",
  };
}

function readContent(payload: Uint8Array, index: number): EntryContent {
  const statement = parsed(payload, index, "its statement", 0);
  const found = Object.entries(entryKinds).find(([, { uri }]) => uri === statement.predicateType);
  const [first] = Array.isArray(statement.subject) ? statement.subject : [];
  const digest = isRecord(first) && isRecord(first.digest) ? first.digest.sha256 : undefined;
  if (!found || statement._type !== statementType || !isRecord(first) || typeof digest !== "string") {
    throw unreadable(
      index,
      `it is no statement that belongs in a ledger (\`${String(statement.predicateType).slice(0, 100)}\`)`,
    );
  }
  const [kind, { schema }] = found;
  const checked = checkShape(schema, statement.predicate, { file: `entry ${index}` });
  if (!("value" in checked)) throw unreadable(index, checked.problems[0]?.message ?? "its predicate does not fit");
  return { kind, predicate: checked.value, subject: { name: String(first.name), sha256: digest } } as EntryContent;
}

/**
 * JSON exactly as it is written here, and so in one way only: no key stands twice, nothing is left over. Entries come by the
 * million, and to write again is quicker than to look for such things.
 */
function parsed(bytes: Uint8Array, index: number, what: string, layout: 0 | 2): Readonly<Record<string, unknown>> {
  const text = Buffer.from(bytes).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    const again = `${JSON.stringify(value, null, layout)}${layout === 2 ? "\n" : ""}`;
    if (isRecord(value) && again === text) return value;
  } catch (error) {
    // Too deep for the parser is no JSON of ours either.
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
  }
  throw unreadable(index, `${what} is not JSON as Freigabe writes it`);
}

function unreadable(index: number, what: string): UserError {
  return new UserError(
    `entry ${index} of the ledger cannot be read: ${what}`,
    "was it made by a newer Freigabe?",
    exit.broken,
  );
}
