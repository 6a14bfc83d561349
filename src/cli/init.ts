import { mkdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { openFolder } from "../storage/folder.ts";
import { type InitResult, initWorkspace } from "../tasks/init.ts";
import type { Command, Io } from "./command.ts";

export const command: Command = {
  name: "init",
  summary: "make a workspace: tables with headers, folders, drafts of registers",
  usage: "DIR [--country DE] [--operator ID ...] [--demo]",
  positionals: [1, 1],
  options: {
    country: { type: "string", value: "CC", means: "whose people are at home; ISO 3166-1 alpha-2" },
    operator: {
      type: "string",
      multiple: true,
      value: "ID",
      means: "an operator of the network; may be given several times",
    },
    demo: { type: "boolean", means: "keys whose id begins with DEMO- count; never for a real network" },
  },
  notes: "A folder that has a `freigabe.yaml` is refused, and no file that exists is touched.",
  examples: [
    ["a workspace for one operator", "./freigabe init germany --country DE --operator north"],
    [
      "one to try things in, with two operators",
      "./freigabe init trial --operator DEMO-north --operator DEMO-south --demo",
    ],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const country = input.text("country");
    const path = resolve(io.cwd, dir);
    makeFolder(path, dir);
    const result = initWorkspace({
      workspace: openFolder(path),
      name: basename(path) || "network",
      ...(country !== undefined && { country }),
      operators: input.texts("operator"),
      demo: input.flag("demo"),
      today: io.now.toISOString().slice(0, 10),
    });
    io.out(initText(dir, result));
    tellNext(dir, result, io);
    return exit.done;
  },
};

function makeFolder(path: string, name: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UserError(
      `cannot make the folder \`${name}\`: ${error instanceof Error && "code" in error ? error.code : error}`,
    );
  }
}

function initText(dir: string, { written, kept }: InitResult): string {
  const tail = kept.length > 0 ? `\nleft as they were:\n${kept.map((name) => `  ${name}\n`).join("")}` : "";
  return `made in ${dir}:\n${written.map((name) => `  ${name}\n`).join("")}${tail}`;
}

function tellNext(dir: string, { drafts }: InitResult, io: Io): void {
  io.err(`next:
  1. bring the inventory in:   freigabe import netbox EXPORT --map MAP --into ${dir} --dry-run
     or type rows into:        ${dir}/elements/elements.csv
  2. say who may sign:         freigabe certify key --help, then put the entry into ${dir}/trust/
  3. complete and sign ${drafts.length} drafts in ${dir}/registers/drafts: each says how
  4. look:                     freigabe assess ${dir}
`);
}
