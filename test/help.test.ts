import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const verbs = [
  "init",
  "import",
  "match",
  "assess",
  "gate",
  "explain",
  "certify",
  "verify",
  "ledger",
  "pack",
  "whatif",
  "export",
  "posture",
  "disclose",
  "notice",
  "serve",
];
/** What asks for more words than one. */
const ledger = ["verify", "list", "show", "prove", "export", "replay", "redact", "rotate", "key", "start"];
const disclose = [
  "preview",
  "explain",
  "whatif",
  "queue",
  "cases",
  "history",
  "replay",
  "sources",
  "import",
  "receive",
  "token",
];
const notice = ["list", "make", "receive", "acknowledge", "answer"];
const nested = [
  ...["whatif outage", "whatif expose", "whatif restrict", "whatif coalition", "export shares"],
  ...ledger.map((word) => `ledger ${word}`),
  ...disclose.map((word) => `disclose ${word}`),
  ...notice.map((word) => `notice ${word}`),
];
const commands = [...verbs.filter((verb) => nested.every((words) => !words.startsWith(verb))), ...nested];

/** What enters something, or looks at what was entered, does so in a copy with a decision in its ledger. */
const scratch = mkdtempSync(join(tmpdir(), "freigabe-help-"));
after(() => rmSync(scratch, { recursive: true, force: true }));
before(async () => {
  cpSync(join(root, "examples/first"), join(scratch, "examples/first"), { recursive: true });
  await runIn(scratch, ["gate", "examples/first", "--order", "examples/first/order.csv"]);
});
const folderFor = (verb: string) => (/^(gate|ledger)\b/.test(verb) ? scratch : root);

/** Words of a shown command line; quotes hold words together. */
function wordsOf(line: string): readonly string[] {
  const words = line.replace(/ > \S+$/, "").match(/"[^"]*"|\S+/g) ?? [];
  return words.slice(1).map((word) => word.replaceAll('"', ""));
}

test("the overview names every verb and ends in two examples that run", async () => {
  for (const words of [[], ["--help"], ["help"]]) {
    const { code, out } = await runIn(root, words);
    assert.equal(code, 0);
    for (const verb of verbs) assert.match(out, new RegExp(`^  ${verb} `, "m"));
    const lines = out.split("\n").filter((line) => line.trim().startsWith("./freigabe "));
    assert.equal(lines.length, 2);
    for (const line of lines) assert.equal((await runIn(root, wordsOf(line.trim()))).code, 0, line);
  }
});

test("a verb with questions names them all, and says when another is asked", async () => {
  for (const [verb = "", own] of Map.groupBy(nested, (words) => words.split(" ")[0])) {
    const { code, out } = await runIn(root, [verb, "--help"]);
    assert.equal(code, 0);
    for (const words of own) assert.match(out, new RegExp(`^  ${words.split(" ")[1]} `, "m"));
    assert.equal((await runIn(root, [verb])).out, out);
    const other = await runIn(root, [verb, "nonsense"]);
    assert.equal(other.code, 2);
    assert.match(other.err, /nonsense/);
  }
});

for (const verb of commands) {
  test(`\`${verb} --help\` ends in two examples or more, and those about our examples run`, async () => {
    const { code, out } = await runIn(root, [...verb.split(" "), "--help"]);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`usage: freigabe ${verb}`));
    const examples = out.slice(out.indexOf("examples:")).split("\n");
    const lines = examples.map((line) => line.trim()).filter((line) => line.startsWith("./freigabe "));
    assert.ok(lines.length >= 2, `${lines.length} examples`);
    for (const line of lines) {
      const words = wordsOf(line);
      // What writes, or names a file of the reader's own, is not for this folder.
      const ours = words.some((word) => word.startsWith("examples/")) || ["pack", "whatif coalition"].includes(verb);
      if (!ours || words.some((word) => /^(--key|--into|--market|--sign|(csv|json|measures)=.*)$/.test(word))) continue;
      const run = await runIn(folderFor(verb), words);
      assert.ok([0, 1].includes(run.code), `${line}: ${run.err}`);
      assert.ok(run.out.length > 0, line);
    }
  });
}
