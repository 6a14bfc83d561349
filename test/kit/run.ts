import { join } from "node:path";
import { main } from "../../src/cli/main.ts";

/** What a command line said, and its exit code. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder, on 23 November 2026 unless `now` says otherwise. */
export async function runIn(cwd: string, words: readonly string[], now = "2026-11-23T12:00:00Z"): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(words, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    cwd,
    now: new Date(now),
    env: { FREIGABE_KEYS: join(cwd, "keys-of-ledgers") },
    terminal: false,
    colours: false,
  });
  return { code, out: out.join(""), err: err.join("") };
}
