import { resolve } from "node:path";
import { type Algorithm, algorithms } from "../model/algorithm.ts";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { openFolder } from "../storage/folder.ts";
import { makeKeyPair, publicFileOf, writeKeyPair } from "../storage/keys.ts";
import { trustEntry } from "../tasks/trust-entry.ts";
import type { Input, Io } from "./command.ts";

/**
 * `freigabe certify key`: makes a key pair and its entry for `trust/`, printed and, with `--trust`, written there. Throws
 * `UserError`; then no file has been written.
 */
export function certifyKey(input: Input, io: Io): ExitCode {
  const [out, id, party, role, from] = ["out", "id", "party", "role", "from"].map((option) =>
    needed(input, option),
  ) as [string, string, string, string, string];
  const until = input.text("until");
  const pair = makeKeyPair(algorithmNamed(input.text("algorithm") ?? "ed25519"));
  const { keyid, publicKey } = pair;
  const schemes = input.texts("scheme");
  const { text, key } = trustEntry({
    id,
    party,
    role,
    from,
    schemes,
    keyid,
    publicKey,
    ...(until !== undefined && { until }),
  });

  const trust = input.text("trust");
  const folder = trust === undefined ? undefined : openFolder(resolve(io.cwd, trust));
  const entryFile = `${key.id}.yaml`;
  if (folder?.list(".", [entryFile]).names.includes(entryFile)) {
    throw new UserError(`\`${trust}/${entryFile}\` exists already`, "choose another `--id`");
  }
  writeKeyPair(resolve(io.cwd, out), pair);
  folder?.write(entryFile, text, { exclusive: true });

  io.out(text);
  io.err(`wrote ${out} (private, mode 0600; keep it out of the workspace) and ${publicFileOf(out)}\n`);
  io.err(folder ? `wrote ${trust}/${entryFile}\n` : "put the entry above into a file of `trust/`\n");
  return exit.done;
}

function needed(input: Input, option: string): string {
  const value = input.text(option);
  if (value !== undefined) return value;
  throw new UserError(`\`--${option}\` is missing for a key`, "`freigabe certify --help` shows an example");
}

function algorithmNamed(word: string): Algorithm {
  const algorithm = algorithms.find((one) => one === word);
  if (algorithm) return algorithm;
  throw new UserError(`no algorithm \`${word}\``, `algorithms: ${algorithms.join(" ")}`);
}
