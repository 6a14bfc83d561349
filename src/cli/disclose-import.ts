import { isDay } from "../model/day.ts";
import { exit, UserError } from "../model/errors.ts";
import { uuidOf } from "../model/uuid.ts";
import { readFight } from "../readers/fight.ts";
import { demandPartner } from "../tasks/disclosure/look.ts";
import { post } from "../tasks/disclosure/post.ts";
import type { Command, Input, Io } from "./command.ts";
import { deskOptions, openDesk } from "./desk-access.ts";
import { fileText } from "./file-text.ts";
import { problemLines } from "./problem-lines.ts";

export const command: Command = {
  name: "disclose import",
  summary: "put a STIX bundle or the FiGHT catalogue into a collection",
  usage: "DIR FILE --collection NAME",
  positionals: [2, 2],
  options: {
    collection: { type: "string", value: "NAME", means: "id or alias of the collection" },
    released: { type: "string", value: "DAY", means: "FiGHT: the day of the release, which its YAML does not say" },
    "to-stix": { type: "boolean", means: "print FiGHT's YAML as a STIX bundle instead, and store nothing" },
    ...deskOptions,
  },
  notes:
    "Objects are posted as the originator and kept byte for byte. YAML is read as MITRE's FiGHT catalogue and becomes\nSTIX 2.1 with ids that stay the same.",
  examples: [
    ["put a bundle in", "./freigabe disclose import agency bundle.json --collection warnings"],
    ["FiGHT as STIX", "./freigabe disclose import agency fight.yaml --released 2025-07-01 --to-stix"],
  ],
  async run(input, io) {
    const [dir = "", file = ""] = input.positionals;
    const isYaml = /\.ya?ml$/i.test(file);
    const text = isYaml ? stixOf(file, input, io) : fileText(file, io);
    if (input.flag("to-stix")) {
      io.out(`${text}\n`);
      return exit.done;
    }
    const desk = await openDesk(dir, input, io);
    try {
      const { sharing } = desk.house();
      const name = input.text("collection");
      const collection = sharing.collections.find(({ id, alias }) => id === name || alias === name);
      if (!collection) {
        const known = sharing.collections.map(({ id, alias }) => `\`${alias ?? id}\``).join(", ");
        throw new UserError(`no collection \`${name ?? ""}\``, `\`--collection\`: ${known}`);
      }
      const answer = await post(desk, collection, demandPartner(desk, sharing.originator), text);
      if ("fault" in answer) throw new UserError(`\`${file}\` cannot be read: ${answer.fault}`);
      const { total_count: total, success_count: stored, failures = [] } = answer.status;
      io.out(`${stored} of ${total} objects are in \`${collection.alias ?? collection.id}\`\n`);
      for (const { id, message } of failures.slice(0, 20)) io.err(`freigabe: ${id}: ${message ?? ""}\n`);
      if (failures.length > 20) io.err(`freigabe: and ${failures.length - 20} more\n`);
      return failures.length > 0 ? exit.refused : exit.done;
    } finally {
      await desk.close();
    }
  },
};

function stixOf(file: string, input: Input, io: Io): string {
  const released = input.text("released");
  if (released === undefined || !isDay(released)) {
    throw new UserError(
      "which day was this catalogue released?",
      "`--released 2025-07-01`: its YAML does not say, and STIX needs one",
    );
  }
  const { objects, problems } = readFight(Buffer.from(fileText(file, io)), file, released);
  if (problems.length > 0) throw new UserError(problemLines(problems).trim(), "expected FiGHT's `fight.yaml`");
  return `{"type":"bundle","id":"bundle--${uuidOf(objects.join())}","objects":[\n${objects.join(",\n")}\n]}`;
}
