import { randomUUID } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../model/errors.ts";
import { codeOf, withDisk } from "../disk-error.ts";
import { createFile, type Modes, makeFolder } from "./durable.ts";
import { type Life, lifeOf } from "./process-life.ts";

interface Holder extends Life {
  readonly pid: number;
  readonly host: string;
  readonly nonce: string;
  readonly since: string;
}

const pause = 25;
/** By how many milliseconds a clock may have been set while somebody held the lock, where nothing better is known. */
const slack = 2000;

/**
 * Runs `work` while the file `path` says that this process does. Waits up to `waitMs` for another; one that died on this
 * machine is no holder. Throws `UserError` naming the holder if it stays. The lock keeps writers from working in vain: that
 * only one of them succeeds is the commit's own guarantee.
 */
export async function holdingLock<T>(
  path: string,
  { waitMs, modes }: { readonly waitMs: number; readonly modes?: Modes | undefined },
  work: () => T | Promise<T>,
): Promise<T> {
  const since = new Date().toISOString();
  const own: Holder = { pid: process.pid, host: hostname(), nonce: randomUUID(), since, ...lifeOf(process.pid) };
  await take(path, own, waitMs, modes);
  try {
    return await work();
  } finally {
    release(path, own);
  }
}

async function take(path: string, own: Holder, waitMs: number, modes: Modes | undefined): Promise<void> {
  const until = Date.now() + waitMs;
  locking(path, () => makeFolder(dirname(path), modes));
  while (!locking(path, () => createFile(path, Buffer.from(JSON.stringify(own)), modes))) {
    const holder = read(path);
    if (holder && isDead(holder, own)) removeIfStill(path, holder);
    else if (Date.now() >= until) throw held(path, holder);
    else await sleep(pause);
  }
}

function locking<T>(path: string, work: () => T): T {
  try {
    return withDisk(`lock \`${path}\``, work);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(error.message, "`--ledger DIR` names another place");
    throw error;
  }
}

function read(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isHolder(value) ? value : undefined;
  } catch (error) {
    // Gone meanwhile, or no text of ours: whoever waits looks again, and says so in the end.
    if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  const { pid, host, nonce, since, boot, start } = value as Partial<Record<keyof Holder, unknown>>;
  const texts = [host, nonce, since, boot ?? "", start ?? ""];
  return Number.isSafeInteger(pid) && texts.every((part) => typeof part === "string");
}

/**
 * Whether the holder is gone for certain: this machine was started anew, no process has its number, or the one that has it began
 * at another time. In a container every program may be process 1. Of another machine nothing is known.
 */
function isDead({ pid, host, since, boot, start }: Holder, own: Holder): boolean {
  if (host !== own.host) return false;
  if (boot !== undefined && own.boot !== undefined && boot !== own.boot) return true;
  if (pid === own.pid && start === undefined) return Date.parse(since) < Date.now() - 1000 * process.uptime() - slack;
  const now = pid === own.pid ? own : lifeOf(pid);
  if (start !== undefined && now.start !== undefined) return start !== now.start;
  return !isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}

/** Two may find the same dead holder; the slower one must not take away the lock of the faster. */
function removeIfStill(path: string, stale: Holder): void {
  const aside = `${path}.${randomUUID()}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  if (read(aside)?.nonce !== stale.nonce && !existsSync(path)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function release(path: string, own: Holder): void {
  if (read(path)?.nonce === own.nonce) rmSync(path, { force: true });
}

function held(path: string, holder: Holder | undefined): UserError {
  const who = holder ? `process ${holder.pid} on \`${holder.host}\` since ${holder.since}` : "another program";
  return new UserError(
    `the ledger is being written by ${who}; nothing was entered`,
    `wait and run it again; if that process is gone, remove \`${path}\``,
  );
}
