import { exit, UserError } from "../model/errors.ts";
import { readYaml } from "../readers/yaml.ts";
import { openHouse } from "../tasks/disclosure/house.ts";
import { refuseMisdirected } from "../tasks/notices/draft.ts";
import type { Command } from "./command.ts";
import { fileText } from "./file-text.ts";
import { lettersOf, putLetter, signerOf } from "./notice-folder.ts";

export const command: Command = {
  name: "notice make",
  summary: "sign a formal letter and put it into `notices/`",
  usage: "DIR --file LETTER.yaml --key KEY",
  positionals: [1, 1],
  options: {
    file: {
      type: "string",
      value: "FILE",
      means: "the letter as YAML; `freigabe certify formal-notice --fields` lists its fields",
    },
    key: { type: "string", value: "FILE", means: "private key of the originator or authority" },
  },
  notes:
    "Partner and condition have to be in DIR, the day of force is the condition's. A server (`freigabe serve`) delivers the letters of its folder: partners fetch them from `/exchange/notices/`. They can go\nby mail just as well.",
  examples: [
    [
      "a letter with a condition and its day of force",
      "./freigabe notice make agency --file letter.yaml --key keys/agency",
    ],
    ["the fields of a letter", "./freigabe certify formal-notice --fields"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const file = input.text("file");
    if (file === undefined) throw new UserError("`--file FILE` is missing", "the letter as YAML");
    const { value, problems } = readYaml(Buffer.from(fileText(file, io)), file);
    const [problem] = problems;
    if (problem || typeof value !== "object" || value === null) {
      throw new UserError(`\`${file}\` cannot be read: ${problem?.message ?? "expected fields"}`);
    }
    const { letters, keeping, list } = lettersOf(dir, io);
    const signer = signerOf(input, io);
    const party = letters.trust.find(({ keyid }) => keyid === signer.keyid)?.party;
    // Whose key it is tells who writes, unless the letter does.
    const predicate = { ...(party !== undefined && { originator: party }), ...value };
    const id = String(Reflect.get(predicate, "noticeId"));
    if (list.threads.some((thread) => thread.id === id))
      throw new UserError(
        `there is a notice \`${id}\` already`,
        "give it an id of its own; `supersedes` names the old",
      );
    refuseMisdirected(predicate, openHouse(keeping.folder), list.threads);
    const path = await putLetter({ letters, keeping }, { kind: "formal-notice", name: id, predicate }, signer, io);
    io.out(`${path}\n`);
    return exit.done;
  },
};
