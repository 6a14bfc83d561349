import { hash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../model/errors.ts";
import type { LedgerMemory } from "../../model/ports/log.ts";
import { codeOf, withDisk } from "../disk-error.ts";
import { replaceFile } from "./durable.ts";

type Ledgers = Readonly<Record<string, number>>;

/**
 * Which ledgers this person has written for a workspace, in a file of `keys`, the folder with the person's keys. A workspace
 * is the folder that it is: one that was moved or copied is another. Nothing is made before the first ledger is remembered.
 */
export function openLedgerMemory(keys: string, workspace: string): LedgerMemory {
  const place = () => realPath(workspace);
  const fileOf = (path: string) => join(keys, "workspaces", `${hash("sha256", path).slice(0, 32)}.json`);
  return {
    earlier() {
      const ledgers = readLedgers(fileOf(place()));
      return Object.entries(ledgers).map(([origin, size]) => ({ origin, size }));
    },
    remember(origin, size) {
      const path = place();
      const file = fileOf(path);
      const known = readLedgers(file);
      if (Object.hasOwn(known, origin) && known[origin]! >= size) return;
      const text = `${JSON.stringify({ workspace: path, ledgers: { ...known, [origin]: size } }, null, 2)}\n`;
      withDisk(`write \`${file}\``, () => {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
        replaceFile(file, Buffer.from(text), 0o600);
      });
    },
  };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return path;
    throw error;
  }
}

function readLedgers(file: string): Ledgers {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (typeof value === "object" && value !== null && "ledgers" in value && isLedgers(value.ledgers)) {
      return value.ledgers;
    }
  } catch (error) {
    if (codeOf(error) === "ENOENT") return {};
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(`\`${file}\` does not say which ledgers a workspace had`, "put a copy back, or remove it");
}

function isLedgers(value: unknown): value is Ledgers {
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).every((size: unknown) => Number.isSafeInteger(size));
}
