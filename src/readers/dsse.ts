import Type from "typebox";
import { checkShape } from "../model/check.ts";
import type { DocumentFormat } from "../model/document.ts";
import type { Content, Envelope, EvidenceDocument } from "../model/envelope.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { payloadType } from "../model/statement.ts";
import { readBase64 } from "./base64.ts";
import { type ReadValue, readJson } from "./json.ts";
import { knownContent, knownObject } from "./known-format.ts";
import { readStatement } from "./statement.ts";

/** Endings under which evidence is looked for. */
export const evidenceExtensions = [".json", ".dsse"] as const;

/** Envelope as JSON (DSSE v1, envelope.md); unknown fields are ignored, as it demands. */
const EnvelopeShape = Type.Object({
  payloadType: Type.String({ minLength: 1, maxLength: 200 }),
  payload: Type.String(),
  signatures: Type.Array(
    Type.Object({ keyid: Type.Optional(Type.String({ maxLength: 500 })), sig: Type.String({ maxLength: 20_000 }) }),
    { minItems: 1, maxItems: 16 },
  ),
});

/** Whether a file below `evidence/` or `registers/` is for this reader, by its name. */
export function recognisesEvidence(name: string): boolean {
  return evidenceExtensions.some((extension) => name.toLowerCase().endsWith(extension));
}

/** Reads a file of evidence: a DSSE envelope with what its payload says, an unsigned document, or problems. */
export function readEvidence(file: ReadFile): EvidenceDocument {
  const origin = { file: file.name, digest: file.sha256 };
  const json = readJson(file.bytes, file.name);
  const strange = strangeFormat(file, json);
  if (strange) return { kind: "unreadable", ...origin, problems: [strange] };
  if (json.problems.length > 0) return { kind: "unreadable", ...origin, problems: json.problems };
  const format = unsignedFormat(json.value);
  if (format) return { kind: "unsigned", ...origin, format };
  const { envelope, problems } = readEnvelope(json, file.name);
  if (!envelope) return { kind: "unreadable", ...origin, problems };
  return { kind: "envelope", ...origin, envelope, content: readContent(envelope, file.name) };
}

/** Another format under the name of evidence, called by its own name; never of what is or tries to be an envelope. */
function strangeFormat({ name, bytes }: ReadFile, { value, problems }: ReadValue): Problem | undefined {
  if (unsignedFormat(value) !== undefined || field(value, "payloadType") !== undefined) return undefined;
  const format = problems.length === 0 ? knownObject(value) : knownContent(bytes);
  return format && documentProblem("not-evidence", `not read: this is ${format.name}`, { file: name }, format.hint);
}

function unsignedFormat(value: unknown): DocumentFormat | undefined {
  if (field(value, "bomFormat") === "CycloneDX") return "CycloneDX";
  if (field(field(value, "document"), "csaf_version") !== undefined) return "CSAF";
  const isCatalogue = field(value, "catalogVersion") !== undefined && Array.isArray(field(value, "vulnerabilities"));
  return isCatalogue ? "KEV" : undefined;
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}

function readEnvelope(json: ReadValue, file: string): { envelope?: Envelope; problems: readonly Problem[] } {
  const checked = checkShape(EnvelopeShape, json.value, { file, lineOf: json.lineOf });
  if (!("value" in checked)) {
    const hint = "evidence is a DSSE envelope; `freigabe certify` makes one";
    return { problems: checked.problems.map((problem) => ({ ...problem, code: "not-evidence", hint })) };
  }
  const shape = checked.value;
  const problems: Problem[] = [];
  const decode = (text: string, pointer: string): Uint8Array => {
    const bytes = readBase64(text);
    if (!bytes) problems.push(documentProblem("not-evidence", "broken base64 (RFC 4648)", { file, pointer }));
    return bytes ?? new Uint8Array();
  };
  const payload = decode(shape.payload, "/payload");
  const signatures = shape.signatures.map(({ keyid, sig }, index) => ({
    ...(keyid && { keyid }),
    sig: decode(sig, `/signatures/${index}/sig`),
  }));
  return problems.length > 0
    ? { problems }
    : { envelope: { payloadType: shape.payloadType, payload, signatures }, problems };
}

function readContent(envelope: Envelope, file: string): Content {
  if (envelope.payloadType === payloadType) return readStatement(envelope.payload, file);
  return {
    kind: "foreign",
    message: `expected payload type \`${payloadType}\`, got \`${envelope.payloadType.slice(0, 100)}\``,
  };
}
