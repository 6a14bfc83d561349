/** Small worlds: a workspace written from plain objects, its statements signed with keys made from published seeds. */
import { createHash, createPrivateKey } from "node:crypto";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { signStatement } from "../../src/evidence/encode.ts";
import { type TableName, tables } from "../../src/model/columns.ts";
import type { Config } from "../../src/model/config.ts";
import type { TrustedKey } from "../../src/model/evidence.ts";
import type { RegisterPredicate, Statement, Subject } from "../../src/model/statement.ts";
import { type FileSigner, signerFrom } from "../../src/storage/keys.ts";

type Row = Readonly<Record<string, string | number | null | undefined>>;

/** Somebody who signs; the private key follows from the id, so everybody can make it again. It protects nothing. */
export interface Signatory
  extends Pick<TrustedKey, "id" | "party" | "role">,
    Partial<Pick<TrustedKey, "schemes" | "from" | "until" | "retired" | "compromised">> {}

export type Content = Statement extends infer S ? (S extends Statement ? Pick<S, "kind" | "predicate"> : never) : never;

/** A statement to be signed: where it goes, what it says, by whom. `signedAt` is filled in from `on`. */
export interface Signed {
  readonly file: string;
  readonly by: readonly string[];
  readonly on: string;
  readonly says: { readonly kind: Content["kind"]; readonly predicate: Readonly<Record<string, unknown>> };
  readonly subject?: Subject;
}

export interface World {
  readonly config: Config;
  readonly tables: Readonly<Partial<Record<TableName, readonly Row[]>>>;
  readonly keys: readonly Signatory[];
  readonly signed: readonly Signed[];
  /** Further files, path -> text. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Writes a world into a folder. Equal worlds give equal bytes. */
export function writeWorld(root: string, world: World): void {
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  put("freigabe.yaml", stringify(world.config, { lineWidth: 110, aliasDuplicateObjects: false }));
  for (const [name, rows] of Object.entries(world.tables))
    put(tablePath(name as TableName), csv(name as TableName, rows ?? []));
  if (world.keys.length > 0) put("trust/keys.yaml", trustText(world.keys));
  for (const signed of world.signed) put(signed.file, envelope(signed));
  for (const [name, text] of Object.entries(world.files ?? {})) put(name, text);
}

/** A world in a folder of its own below the system's temporary one. */
export function temporaryWorld(world: World): string {
  const root = mkdtempSync(join(tmpdir(), "freigabe-world-"));
  writeWorld(root, world);
  return root;
}

function tablePath(name: TableName): string {
  return "large" in tables[name] ? `${name}/${name}.csv` : `${name}.csv`;
}

function csv(table: TableName, rows: readonly Row[]): string {
  const used = Object.keys(tables[table].columns).filter((column) => rows.some((row) => row[column] !== undefined));
  const columns = used.length > 0 ? used : Object.keys(tables[table].columns);
  const cell = (value: Row[string]) => {
    const text = value === null || value === undefined ? "" : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[columns.join(","), ...rows.map((row) => columns.map((column) => cell(row[column])).join(","))].join("\n")}\n`;
}

function trustText(keys: readonly Signatory[]): string {
  const entries = keys.map((signatory) => ({
    from: "2020-01-01",
    ...signatory,
    publicKey: signerOf(signatory.id).publicKey,
  }));
  return `# Keys made from published seeds (SHA-256 of "freigabe example key " and the id): they protect nothing.\n${stringify({ keys: entries }, { lineWidth: 110 })}`;
}

const pkcs8Ed25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The signer of an id: Ed25519 from the seed SHA-256("freigabe example key " + id). */
export function signerOf(id: string): FileSigner {
  const seed = createHash("sha256").update(`freigabe example key ${id}`).digest();
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Ed25519, seed]), format: "der", type: "pkcs8" });
  return signerFrom(key.export({ type: "pkcs8", format: "pem" }).toString(), id);
}

function envelope({ says, by, on, subject }: Signed): string {
  const predicate = { ...says.predicate, signedAt: on.length === 10 ? `${on}T09:00:00Z` : on };
  // Through text, because some tests are about what no schema allows.
  const statement: Statement = JSON.parse(
    JSON.stringify({ kind: says.kind, predicate, subjects: [subject ?? subjectOf(says)] }),
  );
  return signStatement(statement, by.map(signerOf));
}

function subjectOf({ kind, predicate }: Signed["says"]): Subject {
  const transcript = predicate.transcriptOf as { title: string; digest: { sha256: string } } | undefined;
  if (transcript) return { name: transcript.title, digest: transcript.digest };
  const product = predicate.product;
  const release = predicate.release ?? predicate.toRelease;
  const name =
    product === undefined
      ? `${kind} ${predicate.register ?? predicate.orderId ?? predicate.maker ?? predicate.text ?? ""}`.trim()
      : release === undefined
        ? String(product)
        : `${product}@${release}`;
  return { name, digest: { sha256: createHash("sha256").update(`manifest of ${name}`).digest("hex") } };
}

/** A register with its count filled in. */
export function register(
  fields: Omit<RegisterPredicate, "count" | "signedAt" | "complete"> & { readonly complete?: boolean },
): Signed["says"] {
  return { kind: "register", predicate: { complete: true, ...fields, count: fields.entries.length } };
}
