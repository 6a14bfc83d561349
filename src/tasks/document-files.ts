import { UserError } from "../model/errors.ts";
import type { FolderFiles, ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { readJson } from "../readers/json.ts";
import { knownFormat } from "../readers/known-format.ts";

const mostLooked = 4_000_000;
/** What systems, version control and `init` leave behind says nothing and is no evidence. */
const leftBehind = new Set([
  ...[".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini", "README.md"],
]);
/** Drafts of registers, as `init` writes them: nobody has signed them yet. */
const draft = /^registers\/drafts\/[^/]+\.yaml$/;

export interface DocumentFiles {
  readonly files: readonly ReadFile[];
  /** One for each file that is there and not read. */
  readonly problems: readonly Problem[];
}

/**
 * The files of a folder that a reader recognises by their names. Everything else in it is a problem of its own, called by
 * its format where that is known: what somebody put there was meant to count.
 */
export function documentFiles(
  files: FolderFiles,
  folder: string,
  recognises: (name: string) => boolean,
  maxBytes: number,
): DocumentFiles {
  const { names, refused } = files.list(folder, [""]);
  const problems: Problem[] = refused.map((name) =>
    documentProblem("outside-workspace", "not read: no regular file, or a link that leads to none inside", {
      file: name,
    }),
  );
  const read = names.filter(recognises).flatMap((name) => readOr(files, name, maxBytes, problems));
  problems.push(
    ...unreadFiles(
      files,
      names.filter((name) => !recognises(name)),
    ),
  );
  return { files: read, problems };
}

/** What lies in `conditions/` and is no condition; whether a condition holds together is asked where it is used. */
export function unreadConditions(files: FolderFiles): readonly Problem[] {
  const { names } = files.list("conditions", [""]);
  return unreadFiles(
    files,
    names.filter((name) => !recognisesCondition(name)),
  );
}

/** Whether a file is a condition by its name: `conditions/NAME.cedar`, not in a folder below. */
export function recognisesCondition(name: string): boolean {
  return name.endsWith(".cedar") && name.split("/").length === 2;
}

/** A problem for each file that nobody reads, sorted as the names are. */
export function unreadFiles(files: FolderFiles, names: readonly string[]): readonly Problem[] {
  return names
    .filter((name) => !leftBehind.has(name.slice(name.lastIndexOf("/") + 1)) && !draft.test(name))
    .map((name) => {
      const format = formatOf(files, name);
      const message = format ? `not read: this is ${format.name}` : "not read: no kind of file that is read here";
      const hint = format?.hint ?? "docs/formats.md lists what is read where; move it out, or into the form it says";
      return documentProblem("unreadable", message, { file: name }, hint);
    });
}

function formatOf(files: FolderFiles, name: string) {
  const unread: Problem[] = [];
  const [file] = readOr(files, name, mostLooked, unread);
  if (!file) return knownFormat(name, new Uint8Array());
  const { value, problems } = readJson(file.bytes, name);
  return knownFormat(name, file.bytes, problems.length === 0 ? value : undefined);
}

/** A file, or none and a problem that says why. */
export function readOr(files: FolderFiles, name: string, maxBytes: number, problems: Problem[]): readonly ReadFile[] {
  try {
    const file = files.read(name, maxBytes);
    return file ? [file] : [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems.push(documentProblem("unreadable", error.message, { file: name }, error.hint));
    return [];
  }
}
