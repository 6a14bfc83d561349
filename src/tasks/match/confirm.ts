import { createHash } from "node:crypto";
import { checkStatement } from "../../evidence/check.ts";
import { UserError } from "../../model/errors.ts";
import type { Companies } from "../../model/inventory.ts";
import type { AliasPredicate } from "../../model/statement.ts";
import { readEvidence } from "../../readers/dsse.ts";
import { type CheckableSigner, certify } from "../certify.ts";
import { slug } from "../import/ids.ts";
import { addAlias, aliasFile } from "./aliases.ts";
import { standsIn } from "./match.ts";
import type { MatchGround } from "./open.ts";

export interface ConfirmRequest {
  readonly ground: MatchGround;
  readonly text: string;
  /** `supplier:ID`, `product:ID` or `release:PRODUCT@VERSION`. */
  readonly as: string;
  readonly signer: CheckableSigner;
  readonly now: Date;
  readonly from?: string;
  readonly until?: string;
  readonly reason?: string;
}

export interface Confirmed {
  readonly kind: "confirmed";
  readonly text: string;
  readonly as: string;
  /** Id of the key that signed. */
  readonly by: string;
  readonly file: string;
}

/** Texts of elements; what a text of an order means for operators and functions is signed by `certify alias`. */
type Meaning = Pick<AliasPredicate, "id" | "product"> & { readonly aliasOf: "supplier" | "product" | "release" };

/**
 * Signs what a text means and puts the statement into `evidence/`, with a row in the working copy. Before anything is
 * written, the signed statement is checked as every other evidence is. Throws `UserError` if the meaning is not in the
 * tables, if no element has the text, or if the signature would have no effect.
 */
export async function confirmMatch(request: ConfirmRequest): Promise<Confirmed> {
  const { files, knowledge } = request.ground;
  const meaning = readMeaning(request.as, knowledge.companies);
  await checkStands(request, meaning);
  const envelope = sign(request, meaning);
  const digest = createHash("sha256").update(envelope).digest("hex");
  const file = `evidence/alias-${slug(request.text) || "text"}-${digest.slice(0, 12)}.json`;
  const by = checkEffect(request, envelope, file, digest);
  const copy = workingCopy(request, meaning, by);
  files.write(file, envelope, { exclusive: true });
  files.write(aliasFile, copy);
  return { kind: "confirmed", text: request.text, as: request.as, by, file };
}

/** What `--as` says. Throws `UserError` if it is malformed or speaks of nothing in the tables. */
export function readMeaning(as: string, { suppliers, products }: Companies): Meaning {
  const colon = as.indexOf(":");
  const [kind, id] = [as.slice(0, colon), as.slice(colon + 1)];
  if (kind === "supplier") return { aliasOf: kind, id: inTable(id, suppliers, "suppliers.csv") };
  if (kind === "product") return { aliasOf: kind, id: inTable(id, products, "products.csv") };
  // A version may hold an `@`, a product id of the tables tells where it begins.
  const at = [...products.keys()]
    .filter((product) => id.startsWith(`${product}@`))
    .sort((a, b) => b.length - a.length)[0];
  if (kind === "release" && at !== undefined && id.length > at.length + 1) {
    return { aliasOf: kind, id: id.slice(at.length + 1), product: at };
  }
  if (kind === "release")
    throw new UserError(`expected \`release:PRODUCT@VERSION\` with a product of products.csv, got \`${as}\``);
  throw new UserError(`expected \`--as supplier:ID\`, \`product:ID\` or \`release:PRODUCT@VERSION\`, got \`${as}\``);
}

function inTable(id: string, table: ReadonlyMap<string, unknown>, file: string): string {
  if (table.has(id)) return id;
  throw new UserError(`\`${id}\` is no id in ${file}`, `add a row to ${file} first, or name an id that is there`);
}

/** A confirmation of a text that nobody uses is a slip of the keyboard. */
async function checkStands({ ground, text }: ConfirmRequest, { aliasOf }: Meaning): Promise<void> {
  const column = aliasOf === "supplier" ? "maker" : aliasOf;
  if (standsIn(await ground.store.equipmentKeys(), column, text)) return;
  throw new UserError(
    `no element has \`${text.slice(0, 200)}\` as its ${column}`,
    "the text must be as in the table, letter for letter; `freigabe match DIR` lists them",
  );
}

function sign(request: ConfirmRequest, meaning: Meaning): string {
  const { text, from, until, reason, now, signer } = request;
  const given = { text, ...meaning, from, until, reason };
  const bytes = Buffer.from(JSON.stringify(given));
  const content = { name: "alias.json", bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  return certify({ kind: "alias", content, settings: [], now, complete: false }, [signer]).text;
}

/** Id of the key that signed, if the workspace accepts the statement. */
function checkEffect(request: ConfirmRequest, envelope: string, file: string, sha256: string): string {
  const document = readEvidence({ name: file, bytes: Buffer.from(envelope), sha256 });
  if (document.kind !== "envelope") throw new Error("a statement just signed is an envelope");
  const knownAt = request.now.toISOString().slice(0, 10);
  const { evidence, steps } = checkStatement(document, request.ground.trust, { knownAt, demo: request.ground.demo });
  const signer = evidence?.signers[0];
  if (signer) return signer.id;
  const failed = steps.find(({ holds }) => !holds);
  throw new UserError(
    `the confirmation would have no effect, ${failed?.name}: ${failed?.detail}`,
    "put your public key into `trust/` with the role `approver` or `operator` (`freigabe certify key --help`); nothing was written",
  );
}

function workingCopy(request: ConfirmRequest, { aliasOf, id, product }: Meaning, by: string): string {
  const { text, from = "", until = "", now } = request;
  const row = { text, kind: aliasOf, id, product: product ?? "", from, until, by, on: now.toISOString().slice(0, 10) };
  const added = addAlias(request.ground.files.read(aliasFile, 16_000_000), row);
  if ("text" in added) return added.text;
  const { message, place, hint } = added.problem;
  throw new UserError(
    `${place.file}:${place.line ?? 1}: ${message}`,
    hint ?? "mend the file first; nothing was written",
  );
}
