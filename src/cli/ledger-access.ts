import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { openFolder } from "../storage/folder.ts";
import { keysFolder, makeLogKey, openLogSigner, ownFolder } from "../storage/record/key.ts";
import { openLedgerMemory } from "../storage/record/memory.ts";
import { isLedger, openLedgerStore } from "../storage/record/open.ts";
import type { LedgerAccess } from "../tasks/shell.ts";
import type { Input, Io, Option } from "./command.ts";

const maxTrustFile = 1_000_000;
const largestKept = 64_000_000;

/** Which ledger, and whose key; what is left out is the usual. */
export interface LedgerChoice {
  readonly ledger?: string;
  readonly key?: string;
  readonly origin?: string;
  readonly keepInputs?: boolean;
}

/** Options of the verbs that write to a ledger. */
export const ledgerOptions = {
  ledger: { type: "string", value: "DIR", means: "the ledger (default: `ledger` in the workspace)" },
  "ledger-key": {
    type: "string",
    value: "FILE",
    means: "the key that signs it (default: one of your own, docs/record.md)",
  },
  "keep-inputs": { type: "boolean", means: "keep tables above 64 MB beside the ledger too" },
} as const satisfies Record<string, Option>;

export function ledgerChoice(input: Input): LedgerChoice {
  const [ledger, key] = [input.text("ledger"), input.text("ledger-key")];
  return {
    ...(ledger !== undefined && { ledger }),
    ...(key !== undefined && { key }),
    keepInputs: input.flag("keep-inputs"),
  };
}

/** The ledger of a workspace, or the one that was chosen. Nothing is made before the first write. */
export function openAccess(workspace: string, io: Io, choice: LedgerChoice = {}): LedgerAccess {
  const name = choice.ledger ?? join(workspace, "ledger");
  const keys = ownFolder(io.env ?? {});
  return {
    ...(keys !== undefined && { memory: openLedgerMemory(keys, resolve(io.cwd, workspace)) }),
    store: openLedgerStore(resolve(io.cwd, name), name),
    ...(choice.origin !== undefined && { origin: choice.origin }),
    openKey: (origin, begins) => openKey(keyFile(origin, io, choice), origin, begins, io),
    clock: () => io.clock?.() ?? io.now,
    keepUpTo: choice.keepInputs === true ? Number.POSITIVE_INFINITY : largestKept,
    nonce: () => randomBytes(8).toString("hex"),
  };
}

/** Options of the verbs about a ledger itself that write to it. */
export const keyOption = {
  "ledger-key": { type: "string", value: "FILE", means: "the key that signs the ledger (default: one of your own)" },
} as const satisfies Record<string, Option>;

/** The ledger in a folder, or in the workspace that the folder is. Throws `UserError` if there is none. */
export function openLedgerIn(dir: string, io: Io, choice: LedgerChoice = {}): LedgerAccess {
  const found = [dir, join(dir, "ledger")].find((name) => isLedger(resolve(io.cwd, name)));
  if (found !== undefined) return openAccess(dir, io, { ...choice, ledger: found });
  throw new UserError(`no ledger in \`${dir}\``, "`freigabe gate`, `assess --record` and `ledger start` begin one");
}

/** Files of `trust/`, of the folder named or of the workspace that it is. */
export function trustFilesIn(path: string, io: Io): readonly ReadFile[] {
  const folder = openFolder(resolve(io.cwd, path));
  const isWorkspace = folder.list(".", ["freigabe.yaml"], 1).names.includes("freigabe.yaml");
  const { names, refused } = folder.list(isWorkspace ? "trust" : ".", [".yaml", ".yml"]);
  for (const name of refused)
    io.err(`freigabe: warning: \`${name}\` is a link out of \`${path}\` and was left aside\n`);
  return names.flatMap((name) => folder.read(name, maxTrustFile) ?? []);
}

/** Where the key of a ledger lies: named, or with the person's own files, called as the ledger. */
export function keyFile(origin: string, io: Io, { key }: LedgerChoice): string {
  if (key !== undefined) return resolve(io.cwd, key);
  return join(keysFolder(io.env ?? {}), `${origin.replaceAll(/[^A-Za-z0-9.-]/g, "_")}.key`);
}

function openKey(path: string, origin: string, begins: boolean, io: Io) {
  if (existsSync(path)) return openLogSigner(path);
  if (begins) {
    const key = makeLogKey(path);
    io.err(`freigabe: a ledger begins, \`${origin}\`; its key is ${path} (keep a copy)\n`);
    return key;
  }
  throw new UserError(
    `no key for the ledger \`${origin}\` at \`${path}\``,
    "`--ledger-key FILE` names it; only who has it can write to this ledger",
  );
}
