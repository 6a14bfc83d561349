import type { TableName } from "../model/columns.ts";
import { UserError } from "../model/errors.ts";
import { type NamedText, namesIn } from "../model/named.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { InventoryStore } from "../model/ports/store.ts";
import type { Statement } from "../model/statement.ts";
import { type Ground, openGround, readConfig } from "./ground.ts";
import { type KnownNames, knownNames, tableOf } from "./known-names.ts";
import { usePacks } from "./packs.ts";

/** The tables that hold ids which statements name. */
const small: readonly TableName[] = ["suppliers", "products", "operators", "owners", "succession"];
const mostTold = 8;

/**
 * Compares every name in a statement that is about to be signed with the ids of the workspace it is signed in: its tables,
 * packs, signed aliases and statements. A kind of which the workspace has no id is not compared. Throws `UserError` that
 * names each text, what was expected, and the id most like it.
 */
export async function refuseUnknownNames(
  statement: Statement,
  workspace: { readonly files: FolderFiles; readonly shipped: FolderFiles; readonly now: Date },
  openStore: () => Promise<InventoryStore>,
): Promise<void> {
  const names = namesIn(statement);
  const config = readConfig(workspace.files);
  const packs = usePacks(config.value, workspace.files, workspace.shipped);
  const today = workspace.now.toISOString().slice(0, 10);
  const elements = names.flatMap(({ kind, text }) => (kind === "element" ? [text] : []));
  const only = new Set<TableName>(elements.length > 0 ? [...small, "elements"] : small);
  const store = await openStore();
  try {
    const ground = await openGround(workspace.files, store, config, { asOf: today, knownAt: today }, { only });
    const there = await store.elements(elements);
    const aside = ground.loaded.setAsideIds.map(({ id }) => id);
    const known = knownNames(ground.knowledge, packs, new Set([...there.map(({ id }) => id), ...aside]));
    const unknown = names.filter(({ kind, text }) => isStrange(known, { kind, text }, today));
    const misfits = [...unknown.map((name) => expectation(name, known)), ...strangeNumber(statement, ground)];
    if (misfits.length > 0) throw unknownNames(misfits);
  } finally {
    await store.close();
  }
}

function isStrange(known: KnownNames, { kind, text }: Pick<NamedText, "kind" | "text">, day: string): boolean {
  return (kind === "element" || known.any(kind)) && !known.has(kind, text, day);
}

function expectation({ kind, text, pointer }: NamedText, known: KnownNames): string {
  const near = known.nearest(kind, text);
  const nearest = near === undefined ? "nothing is like it" : `nearest: \`${near}\``;
  const where = pointer.slice(1).replaceAll("/", ".");
  return `\`${where}\`: expected one of ${tableOf[kind]}, got \`${text.slice(0, 200)}\` (${nearest})`;
}

/** A withdrawal, a repeal or an update under a number that is not on file takes back, or covers, nothing. */
function strangeNumber({ kind, predicate }: Statement, { knowledge }: Ground): readonly string[] {
  const certificates = new Set(knowledge.certificates.map(({ says }) => says.certificateId));
  const orders = new Set(knowledge.orders.map(({ says }) => says.orderId));
  const about = kind === "update-statement" || (kind === "certificate" && predicate.status === "withdrawn");
  if (about) return missing("certificateId", predicate.certificateId, certificates);
  return kind === "order" && predicate.status === "repealed" ? missing("orderId", predicate.orderId, orders) : [];
}

function missing(field: string, id: string, known: ReadonlySet<string>): readonly string[] {
  if (known.size === 0 || known.has(id)) return [];
  const some = [...known]
    .sort()
    .slice(0, mostTold)
    .map((one) => `\`${one}\``);
  return [
    `\`${field}\`: expected one that is on file (${some.join(", ")}${known.size > mostTold ? ", ..." : ""}), got \`${id}\``,
  ];
}

function unknownNames(misfits: readonly string[]): UserError {
  const more = misfits.length > mostTold ? [`and ${misfits.length - mostTold} more`] : [];
  return new UserError(
    [...misfits.slice(0, mostTold), ...more].join("\n  "),
    "write the id, sign an alias of the text first, or add `--unknown-names` if this workspace need not have it; nothing was signed",
  );
}
