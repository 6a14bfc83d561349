import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { allTechniques, techniquesOf, techniquesOfChannel } from "../src/assess/exposure-techniques.ts";
import { dataClasses, functionSights, sightOf } from "../src/assess/functions-see.ts";
import { domainOfFunction } from "../src/model/functions.ts";
import { channels } from "../src/model/network.ts";
import { exposeIn } from "../src/tasks/whatif-expose.ts";
import { type Sketch, sketched, suspectOf, type Thing } from "./kit/network.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/exposure.md"), "utf8");

const router = (at: string, made: string): Thing => ({ at, functions: "transport-router", made });
/** The worked example of docs/exposure.md. */
const worked: Sketch = {
  things: [
    { at: "o/R1", functions: "gNB", made: "B" },
    { at: "o/R2", functions: "gNB" },
    ...[router("o/H", "A"), router("o/H", "B"), router("o/C1", "A"), router("o/C2", "D"), router("o/G", "B")],
    { at: "o/G", functions: "UPF", made: "B" },
  ],
  links: [
    ...["C1", "C2"].map((to) => ({ from: "o/H", to: `o/${to}`, uplink: true })),
    { from: "o/R1", to: "o/H", uplink: true },
    { from: "o/R2", to: "o/C2", uplink: true },
    { from: "o/C1", to: "o/G" },
    { from: "o/C2", to: "o/G" },
  ],
  demands: [
    { from: "o/R1", to: "o/G", value: 30 },
    { from: "o/R2", to: "o/G", value: 10 },
  ],
  regionOf: { R1: "North", R2: "South" },
  people: { North: 600, South: 400 },
};

test("the worked example: each number of the page's table", () => {
  const network = sketched(worked);
  const asked = { A: ["A"], D: ["D"], "A and D as one": ["A", "D"], B: ["B"] };
  const lines = page.split("\n").filter((line) => /^\| .*(traffic|people) \|/.test(line));
  assert.equal(lines.length, 5);
  for (const line of lines) {
    const [head = "", ...cells] = line.slice(2, -2).split(" | ");
    const [who = "", base = ""] = head.split(/, (?=traffic|people)/);
    const { rows } = exposeIn(network, suspectOf(network, asked[who as keyof typeof asked]), ["made"]);
    const nation = rows.find(
      ({ scope, state, function: name }) => scope === "nation" && state === "as-is" && name === "",
    );
    const seen = nation!.metadata[base as "traffic" | "people"]!;
    const told = [seen.must, seen.expected, seen.may].map(({ least, most }) =>
      least === most ? `${least} %` : `${least} to ${most} %`,
    );
    assert.deepEqual(told, cells, head);
  }
});

test("the worked example: with all links encrypted A sees metadata as before, and content in the upper end alone", () => {
  const network = sketched(worked);
  const { rows } = exposeIn(network, suspectOf(network, ["A"]), ["made"]);
  const row = rows.find(({ state, scope }) => state === "encrypted" && scope === "nation")!;
  assert.deepEqual(row.metadata.traffic!.expected, { least: 56.25, most: 81.25 });
  assert.deepEqual(row.content.traffic!.expected, { least: 0, most: 25 });
});

test("every function of the vocabulary has a row, and each row names a source and known classes of data", () => {
  assert.deepEqual(Object.keys(functionSights).sort(), [...domainOfFunction.keys()].sort());
  for (const [name, sight] of Object.entries(functionSights)) {
    assert.ok(sight.source.length > 0 && sight.takesDown.length > 0, name);
    for (const data of sight.sees) assert.ok(data in dataClasses, `${name}: ${data}`);
    for (const data of sight.confirmed) assert.ok(sight.sees.includes(data), `${name}: ${data}`);
  }
  const confirmed = Object.keys(functionSights).filter((name) => sightOf(name).certainty !== "general knowledge");
  assert.deepEqual(confirmed.sort(), ["N3IWF", "UDM"]);
  for (const odd of ["", "toString", "__proto__", "coffee-machine"]) {
    assert.deepEqual([sightOf(odd).listed, sightOf(odd).sees], [false, []]);
    assert.deepEqual([...techniquesOf(odd), ...techniquesOfChannel(odd)], []);
  }
});

test("the page lists every class of data with its meaning", () => {
  for (const [name, means] of Object.entries(dataClasses)) assert.ok(page.includes(`| \`${name}\` | ${means} |`), name);
});

test("techniques are for functions and channels that exist, and few", () => {
  const functions = [...domainOfFunction.keys()];
  const reached = new Set(
    [...functions.flatMap(techniquesOf), ...channels.flatMap(techniquesOfChannel)].map(({ id }) => id),
  );
  assert.deepEqual(
    [...reached].sort(),
    allTechniques.map(({ id }) => id),
  );
  for (const name of functions) assert.ok(techniquesOf(name).length <= 5, name);
});

const data = process.env.FREIGABE_DATA ?? join(root, "../shared/data");
const fight = join(data, "stix/mitre-fight-2025-07.json");

test("every technique is FiGHT's, by id and name", {
  skip: existsSync(fight) ? false : `SKIPPED: real data not found at ${fight}`,
}, () => {
  const published = JSON.parse(readFileSync(fight, "utf8")) as { techniques: { id: string; name: string }[] };
  const names = new Map(published.techniques.map(({ id, name }) => [id, name]));
  assert.ok(names.size > 150);
  for (const { id, name } of allTechniques) assert.equal(names.get(id), name, id);
});
