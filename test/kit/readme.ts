/** Checks that what a page shows is true: runs its commands in a copy of the repository's examples, compares the output. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve, sep } from "node:path";
import { main } from "../../src/cli/main.ts";
import { exit } from "../../src/model/errors.ts";
import { type Step, stepsOf } from "./markdown.ts";

const root = join(import.meta.dirname, "../..");

export interface Session {
  /** Files and folders of the repository that the commands may use; each is copied. */
  readonly with?: readonly string[];
  /** Further files, path in the session -> path on the disk. */
  readonly files?: Readonly<Record<string, string>>;
  /** Commands that are shown and cannot be run here, word for word. Any other unknown command is a fault. */
  readonly notRun?: readonly string[];
  readonly now?: string;
}

/** What a page was found to show: how many commands ran, how many outputs were compared, and what was not true. */
export interface Checked {
  readonly ran: number;
  readonly compared: number;
  readonly faults: readonly string[];
}

interface Shell {
  readonly cwd: string;
  readonly now: Date;
  code: number;
}

/**
 * Runs the commands of a Markdown page one after the other in one temporary folder. Commands stand in `sh` blocks, and
 * a `text` or unlabelled block after one holds what it prints; or both stand in a `console` block, commands behind `$ `.
 * A line `...` in an output stands for any lines, `...` within a line for any text.
 */
export async function checkPage(page: string, session: Session = {}): Promise<Checked> {
  const cwd = mkdtempSync(join(tmpdir(), "freigabe-page-"));
  try {
    for (const name of session.with ?? ["examples", "packs", "test/fixtures", "package.json"])
      if (existsSync(join(root, name))) cpSync(join(root, name), join(cwd, name), { recursive: true });
    for (const [name, path] of Object.entries(session.files ?? {})) cpSync(path, join(cwd, name));
    const shell: Shell = { cwd, now: new Date(session.now ?? "2026-11-23T12:00:00Z"), code: 0 };
    return await runAll(page, stepsOf(readFileSync(join(root, page), "utf8")), shell, session.notRun ?? []);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

async function runAll(page: string, steps: readonly Step[], shell: Shell, notRun: readonly string[]): Promise<Checked> {
  const faults: string[] = [];
  let [ran, compared] = [0, 0];
  for (const { line, commands, shown } of steps) {
    const wanted = commands.filter((command) => !notRun.includes(command));
    let printed = "";
    for (const command of wanted) {
      const output = await runCommand(command, shell).catch((error: Error) => error);
      if (output instanceof Error) faults.push(`${page}:${line}: \`${command}\`: ${output.message}`);
      else if (shell.code === exit.failed && !shown?.text.includes("freigabe: error:"))
        faults.push(`${page}:${line}: \`${command}\` fails, and the page does not say so: ${output}`);
      else printed += output;
      ran += 1;
    }
    if (shown === undefined || wanted.length < commands.length) continue;
    compared += 1;
    const differs = firstDifference(shown.text, printed);
    if (differs) faults.push(`${page}:${shown.line + differs.line}: ${differs.message}\nall of it:\n${printed}`);
  }
  return { ran, compared, faults };
}

/** Runs one command and returns what it printed, words for people among the results as on a terminal. */
async function runCommand(command: string, shell: Shell): Promise<string> {
  const [name = "", ...words] = wordsOf(command);
  const within = (path: string | undefined) => {
    const found = resolve(shell.cwd, path ?? "");
    if (found !== shell.cwd && !found.startsWith(shell.cwd + sep))
      throw new Error(`\`${path}\` is outside the session`);
    return found;
  };
  const [paths, flags] = [words.filter((word) => !word.startsWith("-")), words.filter((word) => word.startsWith("-"))];
  switch (name) {
    case "./freigabe":
    case "freigabe":
      return freigabe(words, shell);
    case "npm": {
      const { scripts }: { scripts: Record<string, string> } = JSON.parse(
        readFileSync(join(root, "package.json"), "utf8"),
      );
      const script = words.length === 1 ? scripts[words[0]!] : undefined;
      const cli = "node src/cli/main.ts ";
      if (!script?.startsWith(cli)) break;
      return runCommand(`./freigabe ${script.slice(cli.length)}`, shell);
    }
    case "cp": {
      const [from, to] = paths.map(within);
      if (paths.length !== 2 || !from || !to) break;
      const into = existsSync(to) && statSync(to).isDirectory() ? join(to, basename(from)) : to;
      cpSync(from, into, { recursive: flags.includes("-r") });
      return "";
    }
    case "rm":
      for (const path of paths) rmSync(within(path), { recursive: flags.includes("-r") });
      return "";
    case "mkdir":
      for (const path of paths) mkdirSync(within(path), { recursive: flags.includes("-p") });
      return "";
    case "cat":
      return paths.map((path) => readFileSync(within(path), "utf8")).join("");
    case "echo":
      if (words.join(" ") === "$?") return `${shell.code}\n`;
  }
  throw new Error("no command that a page's check can run (list it in `notRun` if it must be shown)");
}

async function freigabe(words: readonly string[], shell: Shell): Promise<string> {
  const said: string[] = [];
  const print = (text: string) => void said.push(text);
  shell.code = await main(words, {
    ...{
      out: print,
      err: print,
      cwd: shell.cwd,
      now: shell.now,
      env: { FREIGABE_KEYS: join(shell.cwd, "keys-of-ledgers") },
    },
    ...{ terminal: false, colours: false },
  });
  return said.join("");
}

/** Words of a command line; quotes keep spaces, and nothing else of a shell is understood. */
function wordsOf(command: string): readonly string[] {
  const bare = command.replace(/"[^"]*"|'[^']*'/g, "");
  if (/[|&;<>`*]/.test(bare)) throw new Error("pipes, redirections and patterns are not understood");
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ""));
}

/** The first line shown that is not so, or nothing. Blank lines at both ends do not count. */
export function firstDifference(shown: string, printed: string): { line: number; message: string } | undefined {
  const lines = (text: string) =>
    text
      .replace(/^\s*\n|\s+$/g, "")
      .split("\n")
      .map((line) => line.trimEnd());
  const [wanted, found] = [lines(shown), lines(printed)];
  let [at, next, star, from, furthest] = [0, 0, -1, 0, 0];
  while (next < found.length) {
    if (at < wanted.length && wanted[at]!.trim() === "...") [star, from, at] = [at, next, at + 1];
    else if (at < wanted.length && matches(wanted[at]!, found[next]!)) [at, next] = [at + 1, next + 1];
    else if (star >= 0) [at, from, next] = [star + 1, from + 1, from + 1];
    else return { line: at, message: `shown \`${wanted[at] ?? "(end)"}\`, printed \`${found[next]}\`` };
    furthest = Math.max(furthest, at);
  }
  while (wanted[at]?.trim() === "...") at += 1;
  return at === wanted.length
    ? undefined
    : { line: furthest, message: `shown \`${wanted[furthest]}\`, which is not printed there` };
}

function matches(wanted: string, found: string): boolean {
  if (!wanted.includes("...")) return wanted === found;
  const parts = wanted.split("...");
  const [head, tail] = [parts[0]!, parts.at(-1)!];
  if (found.length < head.length + tail.length || !found.startsWith(head) || !found.endsWith(tail)) return false;
  let position = head.length;
  for (const part of parts.slice(1, -1)) {
    const place = found.indexOf(part, position);
    if (place < 0 || place + part.length > found.length - tail.length) return false;
    position = place + part.length;
  }
  return true;
}
