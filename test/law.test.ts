/**
 * docs/law.md lists every rule of every shipped pack as the packs have it. After a change of a pack:
 * `WRITE_DOCS=1 node --test test/law.test.ts`.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Pack, Rule } from "../src/model/pack.ts";
import { coverageOf } from "../src/policy/coverage.ts";
import { openFolder } from "../src/storage/folder.ts";
import { readCases } from "../src/tasks/pack-cases.ts";
import { packFiles, shippedPacks } from "../src/tasks/packs.ts";
import { packNamed } from "./kit/facts.ts";

const root = join(import.meta.dirname, "..");
const page = join(root, "docs/law.md");
const shipped = openFolder(join(root, "packs"));
const names = shippedPacks(shipped);

const header = ["rule", "kind", "title", "source", "certainty", "actions", "days", "fires", "passes", "depends"];
const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
const first = (tests: readonly string[]) => `${tests[0] ?? "none"}${tests.length > 1 ? ` (${tests.length})` : ""}`;

/** The rules of a pack as a table, with its version above. */
function tableOf(name: string): string {
  const pack = packNamed(name);
  const coverage = coverageOf(pack, readCases(pack, packFiles(shipped, name)).tests);
  const rows = pack.rules.map((rule) => {
    const { fires, passes, depends } = coverage.get(rule.id)!;
    const { id, title, cites, certainty } = rule;
    const tests = [fires, passes, depends].map(first);
    return line([`\`${id}\``, weightOf(rule), title, cites, certainty, actionsOf(pack, id), daysOf(rule), ...tests]);
  });
  const head = `${pack.title}. Version ${pack.version}, ${pack.rules.length} rules.`;
  return [head, "", line(header), `|${"---|".repeat(header.length)}`, ...rows].join("\n");
}

function weightOf({ kind, as }: Rule): string {
  return as === undefined ? kind : `${kind} by default, as \`${as}\` says`;
}

function actionsOf(pack: Pack, id: string): string {
  return pack.tables
    .get(id)!
    .map(({ action }) => action)
    .join(", ");
}

function daysOf({ from, until }: Rule): string {
  if (from === undefined && until === undefined) return "all";
  return [from && `from ${from}`, until && `until ${until}`].filter((text) => text !== undefined).join(" ");
}

const begin = (name: string) => `<!-- made from packs/${name} -->\n`;

for (const name of names) {
  test(`docs/law.md is up to date with packs/${name}`, () => {
    const text = readFileSync(page, "utf8");
    const at = text.indexOf(begin(name));
    assert.ok(at >= 0, `docs/law.md has no block made from packs/${name}`);
    const start = at + begin(name).length;
    const end = text.indexOf("<!-- end -->", start);
    const wanted = tableOf(name);
    if (process.env.WRITE_DOCS) writeFileSync(page, `${text.slice(0, start)}${wanted}\n${text.slice(end)}`);
    else assert.equal(text.slice(start, end).trimEnd(), wanted);
  });
}

test("docs/law.md speaks of shipped packs only, and names files that are there", () => {
  const text = readFileSync(page, "utf8");
  const blocks = [...text.matchAll(/<!-- made from packs\/(\S+) -->/g)].map(([, name]) => name);
  assert.deepEqual(blocks.toSorted(), names);
  const named = [...text.matchAll(/`((?:src|test|packs|docs)\/[\w./-]*)`/g)].map(([, path]) => path!);
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((path) => !existsSync(join(root, path))),
    [],
  );
});
