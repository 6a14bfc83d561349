import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const preload = pathToFileURL(join(import.meta.dirname, "peak.ts")).href;

/** Runs a Node program as a process of its own: wall time from start to exit, and the most memory it held. */
export async function measure(words: readonly string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "freigabe-bench-"));
  const peakFile = join(folder, "peak");
  try {
    const began = performance.now();
    const child = spawn(process.execPath, ["--import", preload, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, PEAK_FILE: peakFile },
    });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (part) => (text.stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part) => (text.stderr += part));
    const code = await new Promise<number | null>((settle, fail) => child.on("error", fail).on("close", settle));
    const seconds = (performance.now() - began) / 1000;
    return { seconds, peakMiB: Math.round(Number(readFileSync(peakFile, "utf8")) / 1024), code, ...text };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle one of several runs by wall time, with the highest peak of all. */
export function middle(runs: readonly Measured[]): Pick<Measured, "seconds" | "peakMiB"> {
  const sorted = [...runs].sort((a, b) => a.seconds - b.seconds);
  return {
    seconds: sorted[Math.floor(runs.length / 2)]!.seconds,
    peakMiB: Math.max(...runs.map((run) => run.peakMiB)),
  };
}
