import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../../model/errors.ts";
import type { LogSigner } from "../../model/ports/log.ts";
import { codeOf, withDisk } from "../disk-error.ts";
import { makeKeyPair, openSigner, writeKeyPair } from "../keys.ts";
import { replaceFile } from "./durable.ts";

type Memory = Readonly<Record<string, { readonly size: number; readonly root: string }>>;

/**
 * The key of a log from its file, with what it remembers of the trees it has committed in `PATH.signed`. Throws
 * `UserError` if it is missing, readable by others, or not Ed25519 (C2SP tlog-tiles: public logs sign with that).
 */
export function openLogSigner(path: string): LogSigner {
  const { algorithm, keyid, publicKey, sign } = openSigner(path);
  if (algorithm !== "ed25519") {
    throw new UserError(
      `\`${path}\` is ${algorithm}, a ledger is signed with ed25519`,
      "`freigabe ledger rotate` makes one",
    );
  }
  const memory = `${path}.signed`;
  return {
    ...{ algorithm, keyid, publicKey, sign, name: path },
    lastSigned(origin) {
      const known = readMemory(memory);
      return Object.hasOwn(known, origin) ? known[origin] : undefined;
    },
    remember(origin, size, root) {
      const known = readMemory(memory);
      if (Object.hasOwn(known, origin) && known[origin]!.size >= size) return;
      const text = `${JSON.stringify({ ...known, [origin]: { size, root } }, null, 2)}\n`;
      withDisk(`write \`${memory}\``, () => replaceFile(memory, Buffer.from(text), 0o600));
    },
  };
}

/** Makes a key for a log, readable by its owner alone, in a folder that others cannot look into. Throws `UserError` if the file exists. */
export function makeLogKey(path: string): LogSigner {
  withDisk(`make \`${dirname(path)}\``, () => {
    const made = mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(dirname(path), 0o700);
  });
  writeKeyPair(path, makeKeyPair("ed25519"));
  return openLogSigner(path);
}

/** Where keys of ledgers lie unless `--ledger-key` says otherwise: with what belongs to the person, not to the workspace. */
export function keysFolder(env: Readonly<Record<string, string | undefined>>): string {
  const folder = ownFolder(env);
  if (folder !== undefined) return folder;
  throw new UserError(
    "no folder for keys: neither `FREIGABE_KEYS` nor `HOME` is set",
    "name one with `--ledger-key FILE`",
  );
}

/** The same; undefined: the environment names none. */
export function ownFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  if (env.FREIGABE_KEYS) return env.FREIGABE_KEYS;
  const config = env.XDG_CONFIG_HOME || env.APPDATA || (env.HOME && join(env.HOME, ".config"));
  return config ? join(config, "freigabe") : undefined;
}

function readMemory(path: string): Memory {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isMemory(value)) return value;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return {};
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError(
    `\`${path}\` does not say what the key has signed`,
    "put a copy back; if there is none, remove it after `freigabe ledger verify`",
  );
}

function isMemory(value: unknown): value is Memory {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(
      (one: unknown) =>
        typeof one === "object" &&
        one !== null &&
        "size" in one &&
        Number.isSafeInteger(one.size) &&
        "root" in one &&
        typeof one.root === "string",
    )
  );
}
