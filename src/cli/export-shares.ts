import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { readNamed } from "../storage/folder.ts";
import { openSigner } from "../storage/keys.ts";
import { writeDurably } from "../storage/write.ts";
import { certify } from "../tasks/certify.ts";
import { exportShares } from "../tasks/export-shares.ts";
import { readDays } from "./assess.ts";
import type { Command, Input, Io } from "./command.ts";
import { deliver } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

const keyBytes = 32;

export const command: Command = {
  name: "export shares",
  summary: "signed counts of who stands behind which part of a network, without its inventory",
  usage: "DIR --sign KEY [--operator ID] [--common-key FILE] [--out FILE]\n       export shares --new-common-key FILE",
  positionals: [0, 1],
  options: {
    sign: {
      type: "string",
      value: "FILE",
      means: "private key of the operator (`freigabe certify key --role operator`)",
    },
    operator: { type: "string", value: "ID", means: "whose network, where DIR has several" },
    "common-key": {
      type: "string",
      value: "FILE",
      means: "key that operators who share elements have in common: what they share then counts once",
    },
    "new-common-key": {
      type: "string",
      value: "FILE",
      means: "make such a key and stop; give it to the operators alone",
    },
    "as-of": { type: "string", value: "DAY", means: "what is in use on this day, and who owns whom" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    out: { type: "string", value: "FILE", means: "where to write; default standard output" },
  },
  notes: `The file has counts by part of the network, region, supplier and channel, and how much is not known. It has no id
of an element or a site and no name of a product; docs/shares.md says what it still reveals. An authority adds
such files up: freigabe assess DIR --from-shares FILE ...`,
  examples: [
    [
      "one operator's network, what it shares hashed",
      "./freigabe export shares examples/shared-core --operator DEMO-north --sign keys/north --common-key common.key --out north.json",
    ],
    [
      "the key that the operators use, made once by one of them",
      "./freigabe export shares --new-common-key common.key",
    ],
  ],
  async run(input, io) {
    const fresh = input.text("new-common-key");
    if (fresh !== undefined) return newCommonKey(fresh, io);
    const [dir] = input.positionals;
    if (dir === undefined)
      throw new UserError("which workspace?", "for example `freigabe export shares DIR --sign KEY`");
    const key = input.text("sign");
    if (key === undefined)
      throw new UserError(
        "`--sign KEY` is missing: counts that nobody signed count for nobody",
        "`freigabe certify key --role operator ...` makes one",
      );
    const signer = openSigner(resolve(io.cwd, key));
    const [operator, commonKey] = [input.text("operator"), readCommonKey(input, io)];
    const shell = openShell(dir, io);
    const shares = await exportShares(shell, {
      ...readDays(input),
      ...(operator !== undefined && { operator }),
      ...(commonKey && { commonKey }),
    });
    const { inventory = "" } = shares;
    const { text } = certify(
      {
        ...{ kind: "shares", content: asFile(shares), settings: [], now: shell.now, complete: false },
        subject: { name: shares.operator, sha256: inventory },
      },
      [signer],
    );
    endProgress(io);
    const out = input.text("out");
    deliver({ format: "json", ...(out !== undefined && { name: out, path: resolve(io.cwd, out) }) }, text, io);
    return exit.done;
  },
};

function asFile(value: unknown): ReadFile {
  return { name: "shares.json", bytes: Buffer.from(JSON.stringify(value)), sha256: "" };
}

function newCommonKey(path: string, io: Io) {
  writeDurably(resolve(io.cwd, path), `${randomBytes(keyBytes).toString("hex")}\n`, {
    ...{ mode: 0o600, exclusive: true, name: path },
  });
  io.err(`wrote ${path} (private, mode 0600; the operators need it, an authority must not have it)\n`);
  return exit.done;
}

function readCommonKey(input: Input, io: Io): Buffer | undefined {
  const path = input.text("common-key");
  if (path === undefined) return undefined;
  const file = readNamed(resolve(io.cwd, path), 1000);
  if (!file) throw new UserError(`no file \`${path}\``, "`freigabe export shares --new-common-key FILE` makes one");
  const text = Buffer.from(file.bytes).toString("utf8").trim();
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, "hex");
  throw new UserError(
    `expected 64 hexadecimal digits in \`${path}\``,
    "`freigabe export shares --new-common-key FILE` makes one",
  );
}
