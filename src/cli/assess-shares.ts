import { resolve } from "node:path";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { asJson } from "../reports/json.ts";
import { nationalText } from "../reports/national-text.ts";
import { readNamed } from "../storage/folder.ts";
import { fromShares } from "../tasks/from-shares.ts";
import type { Input, Io } from "./command.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

const mostBytes = 64_000_000;

/** `assess DIR --from-shares FILE ...`: the national view from signed counts. Exits 3 if a file does not count. */
export async function assessShares(
  dir: string,
  more: readonly string[],
  input: Input,
  io: Io,
  days: { readonly asOf?: string; readonly knownAt?: string },
): Promise<ExitCode> {
  const other = ["fail-on", "action", "language"].find((name) => input.text(name) !== undefined);
  if (other !== undefined || input.flag("watch") || input.flag("audit"))
    throw new UserError(
      `\`--from-shares\` adds up counts and decides about no element; it takes no \`--${other ?? (input.flag("watch") ? "watch" : "audit")}\``,
      "leave it out",
    );
  const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
  const names = [...input.texts("from-shares"), ...more];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UserError(`\`${twice}\` is named twice`, "name each file once");
  const files = names.map((name) => {
    const file = readNamed(resolve(io.cwd, name), mostBytes);
    if (file) return { ...file, name };
    throw new UserError(`no file \`${name}\``, "`freigabe export shares DIR --sign KEY` makes one");
  });
  const view = await fromShares(openShell(dir, io), files, days);
  endProgress(io);
  for (const output of outputs) {
    const style = { colour: io.colours && output.path === undefined };
    deliver(output, output.format === "json" ? asJson(view) : nationalText(view, style), io);
  }
  return view.leftOut.length > 0 ? exit.undecided : exit.done;
}
