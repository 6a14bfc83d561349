import { checkStatement } from "../../evidence/check.ts";
import type { Viewpoint } from "../../evidence/time.ts";
import type { Day } from "../../model/day.ts";
import { UserError } from "../../model/errors.ts";
import type { Evidence, TrustedKey } from "../../model/evidence.ts";
import type { NoticeList } from "../../model/notice.ts";
import type { FolderFiles, ReadFile } from "../../model/ports/files.ts";
import type { LedgerStore } from "../../model/ports/log.ts";
import type { StatementKind } from "../../model/statement.ts";
import { readEvidence, recognisesEvidence } from "../../readers/dsse.ts";
import { readTrust } from "../../readers/trust.ts";
import { readYaml } from "../../readers/yaml.ts";
import { unreadFiles } from "../document-files.ts";
import { readView } from "../record/view.ts";

/** Largest envelope of a letter. */
export const mostLetterBytes = 1_000_000;
const mostOtherBytes = 64_000_000;
const kinds: ReadonlySet<StatementKind> = new Set(["formal-notice", "notice-reply", "supplier-comment"]);

type Aside = NoticeList["aside"][number];

/** Letters of a folder: those that count, what does not, and by what that was decided. */
export interface Letters {
  readonly evidence: readonly Evidence[];
  readonly aside: readonly Aside[];
  readonly trust: readonly TrustedKey[];
  readonly viewpoint: Viewpoint;
}

/**
 * Reads `notices/` and the suppliers' comments of `evidence/`, each checked against `trust/`; with a ledger a letter that it
 * saw in time outlives its signer's key. Throws `UserError` (broken) if the ledger was tampered with.
 */
export function readLetters(folder: FolderFiles, today: Day, ledger?: LedgerStore): Letters {
  const keys = folder
    .list("trust", [".yaml", ".yml"])
    .names.flatMap((name) => folder.read(name, mostLetterBytes) ?? []);
  const { keys: trust } = readTrust(keys);
  const seen = ledger && readView(ledger, trust);
  const viewpoint = { knownAt: today, demo: isDemo(folder), ...(seen && { seen }) };
  const found = (["notices", "evidence"] as const).flatMap((name) =>
    folder
      .list(name, [""])
      .names.filter(recognisesEvidence)
      .map((file) => weighed(folder, file, { trust, viewpoint, isLetter: name === "notices" })),
  );
  const { names, refused } = folder.list("notices", [""]);
  const strange = unreadFiles(
    folder,
    names.filter((name) => !recognisesEvidence(name)),
  );
  return {
    evidence: found.flatMap((one) => (one && "statement" in one ? [one] : [])),
    aside: [
      ...found.flatMap((one) => (one && "message" in one ? [one] : [])),
      ...strange.map(({ place, message }) => ({ file: place.file, message })),
      ...refused.map((file) => ({ file, message: "it is no regular file, or a link that leads to none inside" })),
    ],
    trust,
    viewpoint,
  };
}

/** A file as a letter; or why it is none, if it lies where letters lie. */
function weighed(
  folder: FolderFiles,
  name: string,
  by: Pick<Letters, "trust" | "viewpoint"> & { readonly isLetter: boolean },
): Evidence | Aside | undefined {
  const aside = (message: string) => (by.isLetter ? { file: name, message } : undefined);
  const file = readOr(folder, name, by.isLetter ? mostLetterBytes : mostOtherBytes);
  if (file === undefined) return undefined;
  if (typeof file === "string") return aside(file);
  const checked = checkLetter(file, by);
  if (typeof checked === "string") return aside(checked);
  return by.isLetter || checked.statement.kind === "supplier-comment" ? checked : undefined;
}

/** A file that is too large, or a link that leads out, is no reason to show no letter at all. */
function readOr(folder: FolderFiles, name: string, most: number): ReadFile | string | undefined {
  try {
    return folder.read(name, most);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** A letter, a reply or a comment that counts; or why it does not. */
export function checkLetter(file: ReadFile, { trust, viewpoint }: Pick<Letters, "trust" | "viewpoint">) {
  const document = readEvidence(file);
  if (document.kind === "unreadable") return document.problems.map(({ message }) => message).join("; ");
  if (document.kind === "unsigned") return "it carries no signature";
  const { evidence, problem, steps } = checkStatement(document, trust, viewpoint);
  if (!evidence) return problem?.message ?? steps.find(({ holds }) => !holds)?.detail ?? "it does not count yet";
  const { kind } = evidence.statement;
  return kinds.has(kind) ? evidence : `it is a statement of kind ${kind}, no letter`;
}

/** A workspace says so in `freigabe.yaml`, an originator in `sharing.yaml`. */
function isDemo(folder: FolderFiles): boolean {
  return ["freigabe.yaml", "sharing.yaml"].some((name) => {
    const file = folder.read(name, mostLetterBytes);
    if (!file) return false;
    const { value } = readYaml(file.bytes, name);
    return typeof value === "object" && value !== null && Reflect.get(value, "demo") === true;
  });
}
