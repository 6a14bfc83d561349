import { createHash } from "node:crypto";
import { basename, join, relative, resolve } from "node:path";
import type { Certified } from "../tasks/certify.ts";
import { enterFiles } from "../tasks/record/change.ts";
import { statementName } from "../tasks/record/files.ts";
import { nearestWith } from "./certify-workspace.ts";
import type { Input, Io } from "./command.ts";
import { openAccess } from "./ledger-access.ts";
import { receiptText } from "./receipt-text.ts";
import { version } from "./shell.ts";

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
  const folder = nearestWith(path, ["freigabe.yaml", "sharing.yaml"]);
  if (folder === undefined) return undefined;
  return /^(evidence|registers|notices)[/\\]/.test(relative(folder, path)) ? folder : undefined;
}
