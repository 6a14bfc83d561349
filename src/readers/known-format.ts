/** A format that a file is in and that is not read where it lies: what people call it, and what to do. */
export interface KnownFormat {
  readonly name: string;
  readonly hint: string;
}

const cycloneDx =
  "export it as CycloneDX JSON, put that into `evidence/`, and have somebody vouch for it (`freigabe certify document`)";
const csaf = "put it into `evidence/` and have somebody vouch for it (`freigabe certify document`)";
const notes = "keep notes outside this folder";
const transcript = "copy what it says into a statement that two people sign (`transcriptOf`, docs/predicates.md)";
const envelope = "a signature counts inside a DSSE envelope, beside what it signs: `freigabe certify` makes one";
const perFile = "put each envelope into a `.json` file of its own";
const table = "tables lie beside `freigabe.yaml`, docs/formats.md";

const format = (name: string, hint: string): KnownFormat => ({ name, hint });

type Test = (field: (name: string) => unknown) => boolean;
const says =
  (name: string, start = ""): Test =>
  (field) => {
    const value = field(name);
    return typeof value === "string" && value.startsWith(start);
  };
const mostContexts = 20;
const inContext =
  (word: string): Test =>
  (field) => {
    const context = field("@context");
    const all: readonly unknown[] = Array.isArray(context) ? context.slice(0, mostContexts) : [context];
    return all.some((one) => typeof one === "string" && one.slice(0, mostContextText).includes(word));
  };
const mostContextText = 500;

/** JSON objects by what they carry; the first that fits. */
const objects: readonly (readonly [test: Test, format: KnownFormat])[] = [
  [(field) => field("bomFormat") === "CycloneDX", format("a CycloneDX bill of materials", csaf)],
  [
    (field) => typeof field("document") === "object" && "csaf_version" in Object(field("document")),
    format("a CSAF advisory", csaf),
  ],
  [
    (field) => Array.isArray(field("vulnerabilities")) && field("catalogVersion") !== undefined,
    format("a KEV list", csaf),
  ],
  [says("spdxVersion"), format("an SPDX bill of materials", cycloneDx)],
  [inContext("spdx.org"), format("an SPDX bill of materials", cycloneDx)],
  [inContext("openvex"), format("an OpenVEX document", "say the same in CSAF or in a CycloneDX bill of materials")],
  [
    (field) => Array.isArray(field("runs")) && says("version", "2.")(field),
    format("a SARIF log", "what a scanner finds is no evidence here; `freigabe` writes SARIF, it does not read it"),
  ],
  [
    says("mediaType", "application/vnd.dev.sigstore.bundle"),
    format(
      "a Sigstore bundle",
      "its signer is a certificate and no key of `trust/`: have a key of `trust/` sign the statement inside (`freigabe certify`)",
    ),
  ],
  [says("mediaType", "application/vnd.o"), format("a manifest of a container image", notes)],
  [
    says("_type", "https://in-toto.io/"),
    format("an in-toto statement without a signature", "`freigabe certify` signs one"),
  ],
  [
    (field) =>
      field("payload") !== undefined && field("payloadType") !== undefined && Array.isArray(field("signatures")),
    format("a DSSE envelope", "evidence lies in `evidence/` or `registers/` as `.json` or `.dsse`"),
  ],
  [
    (field) =>
      field("payload") !== undefined && (field("protected") !== undefined || Array.isArray(field("signatures"))),
    format("a JSON Web Signature", envelope),
  ],
  [says("schema_version", "1."), format("an OSV record", "say the same in CSAF")],
  [
    (field) => Array.isArray(field("keys")) || field("kty") !== undefined,
    format("a JSON Web Key", "keys stand in `trust/*.yaml` as PEM: `freigabe certify key --trust DIR` writes an entry"),
  ],
  [
    (field) => inContext("credentials")(field) || field("credentialSubject") !== undefined,
    format("a Verifiable Credential", transcript),
  ],
];

/** Texts by how they begin, blanks left out. */
const beginnings: readonly (readonly [beginning: string, format: KnownFormat])[] = [
  ["%PDF-", format("a PDF", transcript)],
  ["PK\u0003\u0004", format("a ZIP archive or an office document", "unpack it, or copy what it says")],
  ["\u001f\u008b", format("a gzip file", "unpack it")],
  ["SPDXVersion:", format("an SPDX bill of materials", cycloneDx)],
  [
    "-----BEGIN PUBLIC KEY",
    format("a public key", "it counts as `publicKey` of an entry in `trust/*.yaml`, docs/formats.md"),
  ],
  [
    "-----BEGIN CERTIFICATE",
    format(
      "an X.509 certificate",
      "keys stand in `trust/*.yaml`; a certificate in the sense of a scheme is a signed statement (`freigabe certify certificate`)",
    ),
  ],
  ["-----BEGIN PGP", format("an OpenPGP file", envelope)],
  ["-----BEGIN SSH SIGNATURE", format("an SSH signature", envelope)],
  ["-----BEGIN PKCS7", format("a CMS signature", envelope)],
  ["-----BEGIN CMS", format("a CMS signature", envelope)],
];

const privateKey = format(
  "a private key",
  "take it out of the workspace at once, and treat it as compromised if the folder was ever handed on",
);

/** Endings, where the content does not tell. */
const endings: Readonly<Record<string, KnownFormat>> = {
  jsonl: format("lines of JSON", perFile),
  ndjson: format("lines of JSON", perFile),
  spdx: format("an SPDX bill of materials", cycloneDx),
  xml: format("XML", "CycloneDX and CSAF are read as JSON"),
  rdf: format("RDF", cycloneDx),
  sig: format("a detached signature", envelope),
  asc: format("a detached signature", envelope),
  minisig: format("a detached signature", envelope),
  p7s: format("a CMS signature", envelope),
  p7m: format("a CMS signature", envelope),
  pem: format("a PEM file", "keys stand in `trust/*.yaml`, docs/formats.md"),
  crt: format("an X.509 certificate", "keys stand in `trust/*.yaml`, docs/formats.md"),
  cer: format("an X.509 certificate", "keys stand in `trust/*.yaml`, docs/formats.md"),
  der: format("a DER file", "keys stand in `trust/*.yaml` as PEM, docs/formats.md"),
  pub: format("a public key", "it counts as `publicKey` of an entry in `trust/*.yaml`, docs/formats.md"),
  yaml: format("YAML", "what is to be signed goes to `freigabe certify KIND --from FILE`; keys go into `trust/`"),
  yml: format("YAML", "what is to be signed goes to `freigabe certify KIND --from FILE`; keys go into `trust/`"),
  cedar: format("a condition or a rule", "conditions lie in `conditions/` itself, rules in `packs/NAME/`"),
  csv: format("a table", table),
  parquet: format("a table", table),
  xlsx: format("a spreadsheet", table),
  md: format("a note", notes),
  txt: format("a note", notes),
};

const mostLooked = 4_000;
const mostLine = 1_000_000;

/**
 * What format a file is in that is not read where it lies, by its content and else by its ending; `undefined`: none that
 * we know. `json`: its content, if it is JSON.
 */
export function knownFormat(name: string, bytes: Uint8Array, json?: unknown): KnownFormat | undefined {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return knownObject(json) ?? knownContent(bytes) ?? (Object.hasOwn(endings, ending) ? endings[ending] : undefined);
}

/** What a JSON value is, by the fields that it carries. */
export function knownObject(value: unknown): KnownFormat | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const field = (name: string): unknown => (Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined);
  return objects.find(([test]) => test(field))?.[1];
}

/** What a file that is no JSON is, by how it begins. */
export function knownContent(bytes: Uint8Array): KnownFormat | undefined {
  const start = Buffer.from(bytes.subarray(0, mostLooked)).toString("latin1");
  const text = start.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  if (/^-----BEGIN [A-Z ]{0,20}PRIVATE KEY/.test(text)) return privateKey;
  const begun = beginnings.find(([beginning]) => text.startsWith(beginning));
  if (begun) return begun[1];
  if (text.startsWith("<")) return xmlFormat(text);
  return hasLines(bytes) ? endings.jsonl : undefined;
}

/** Two or more lines, and the first of them a JSON object by itself. */
function hasLines(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(0x0a);
  if (bytes[0] !== 0x7b || end < 0 || end > mostLine || end === bytes.length - 1) return false;
  try {
    return typeof JSON.parse(Buffer.from(bytes.subarray(0, end)).toString("utf8")) === "object";
  } catch {
    return false;
  }
}

function xmlFormat(text: string): KnownFormat {
  if (text.includes("cyclonedx.org/schema/bom")) return format("a CycloneDX bill of materials in XML", cycloneDx);
  if (text.includes("spdx.org")) return format("an SPDX bill of materials in RDF", cycloneDx);
  if (text.includes("docs.oasis-open.org/csaf") || text.includes("icasi.org/CVRF"))
    return format("a CVRF advisory", "export it as CSAF JSON");
  const isPage = /^<(!doctype )?html/i.test(text);
  return isPage ? format("a web page", transcript) : format("XML", "CycloneDX and CSAF are read as JSON");
}
