import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { factListText, packListText, packTestText, packValidateText } from "../reports/pack-text.ts";
import { openFolder } from "../storage/folder.ts";
import { factList, type PackPlaces, testPacks, validatePacks } from "../tasks/pack.ts";
import type { Command, Input, Io } from "./command.ts";
import { shippedPacksFolder } from "./shell.ts";

export const command: Command = {
  name: "pack",
  summary: "list, validate and test rule packs, shipped or your own",
  usage: "list [NAME|FOLDER] | validate [NAME|FOLDER] | test [NAME|FOLDER] | facts  [--workspace DIR]",
  positionals: [1, 2],
  options: {
    workspace: { type: "string", value: "DIR", means: "also the packs in DIR/packs" },
  },
  notes: `list      each pack: what it speaks of, its rules, its parameters
validate  load a pack and name, by file and line, everything that could make it admit by accident
test      run the cases in its tests/ folder; exit 1 if one fails or there is none
facts     every fact a rule may read, with its values from worst to best`,
  examples: [
    ["what ships", "./freigabe pack list"],
    ["test one pack, or a folder of your own", "./freigabe pack test de-2026"],
  ],
  async run(input, io) {
    const [what = "", name] = input.positionals;
    const { places, pack } = placesOf(input, io, name);
    switch (what) {
      case "list":
        io.out(packListText(validatePacks(places, pack)));
        return exit.done;
      case "facts":
        io.out(factListText(factList()));
        return exit.done;
      case "validate": {
        const reports = validatePacks(places, pack);
        io.out(packValidateText(reports));
        return verdict(reports.every((report) => report.pack !== undefined));
      }
      case "test": {
        const reports = testPacks(places, pack);
        io.out(packTestText(reports));
        return verdict(reports.every(({ passed }) => passed));
      }
      default:
        throw new UserError(
          `expected list, validate, test or facts, got \`${what}\``,
          "`freigabe pack --help` explains them",
        );
    }
  },
};

function verdict(good: boolean): ExitCode {
  return good ? exit.done : exit.refused;
}

/** A name that is a folder with a `pack.yaml` means that folder; otherwise a pack of that name. */
function placesOf(input: Input, io: Io, name: string | undefined): { places: PackPlaces; pack?: string } {
  const shipped = shippedPacksFolder();
  const workspace = input.text("workspace");
  if (name !== undefined && existsSync(resolve(io.cwd, name, "pack.yaml"))) {
    const own = openFolder(resolve(io.cwd, name));
    return { places: { shipped, own }, pack: own.root.split("/").at(-1)! };
  }
  const own = workspace === undefined ? undefined : openFolder(resolve(io.cwd, workspace));
  return { places: { shipped, ...(own && { own }) }, ...(name !== undefined && { pack: name }) };
}
