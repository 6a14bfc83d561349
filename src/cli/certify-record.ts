import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Certified } from "../tasks/certify.ts";
import { enterFiles } from "../tasks/record/change.ts";
import { statementName } from "../tasks/record/files.ts";
import type { Input, Io } from "./command.ts";
import { openAccess } from "./ledger-access.ts";
import { receiptText } from "./receipt-text.ts";
import { version } from "./shell.ts";

const mostLevels = 8;

/** Enters a statement in the ledger that was named, or in that of the workspace it goes to; says what came of it. */
export async function enterStatement({ statement, text }: Certified, input: Input, io: Io): Promise<string> {
  const out = input.text("out");
  const target = out === undefined ? undefined : resolve(io.cwd, out);
  const workspace = target === undefined ? undefined : workspaceOf(target);
  const [ledger, key] = [input.text("ledger"), input.text("ledger-key")];
  if (input.flag("no-record")) return "not recorded (`--no-record`)\n";
  if (ledger === undefined && workspace === undefined)
    return "not recorded: it goes to no `evidence`, `registers` or `notices` of a workspace (`--ledger DIR`)\n";
  const access = openAccess(workspace ?? io.cwd, io, {
    ledger: ledger ?? relative(io.cwd, join(workspace ?? "", "ledger")),
    ...(key !== undefined && { key }),
  });
  const bytes = Buffer.from(text);
  access.store.objects.put(bytes);
  const file =
    target === undefined
      ? "-"
      : workspace === undefined
        ? basename(target)
        : relative(workspace, target).replaceAll("\\", "/");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const receipt = await enterFiles({ access, trust: [], version: version() }, [
    { file, sha256, kind: statementName(statement) },
  ]);
  return receiptText(receipt);
}

/** The workspace of which a file would be evidence or a letter: the nearest folder above it with a configuration. */
function workspaceOf(path: string): string | undefined {
  let folder = dirname(path);
  for (let level = 0; level < mostLevels; level += 1) {
    if (["freigabe.yaml", "sharing.yaml"].some((name) => existsSync(join(folder, name)))) {
      return /^(evidence|registers|notices)[/\\]/.test(relative(folder, path)) ? folder : undefined;
    }
    if (dirname(folder) === folder) return undefined;
    folder = dirname(folder);
  }
  return undefined;
}
