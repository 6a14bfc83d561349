import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import fc from "fast-check";
import { readTmf639 } from "../src/readers/tmf639.ts";
import type { ImportResult } from "../src/tasks/import/import.ts";
import { translateTmf639 } from "../src/tasks/import/tmf639.ts";
import { checkPage } from "./kit/readme.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-tmf639-"));
after(() => rmSync(folder, { recursive: true }));
cpSync(join(root, "examples/tmf639"), join(folder, "example"), { recursive: true });
const run = (...words: string[]) => runIn(folder, words);
const example = ["tmf639", "example/resources.json", "--map", "example/map.yaml"];

let count = 0;
async function workspace(): Promise<string> {
  const dir = `world${++count}`;
  assert.equal((await run("init", dir)).code, 0);
  return dir;
}
async function importJson(...words: string[]): Promise<ImportResult & { code: number }> {
  const { code, out, err } = await run("import", ...words, "--output", "json");
  assert.notEqual(out, "", err);
  return { ...(JSON.parse(out) as ImportResult), code };
}
const put = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
};
const rows = (dir: string, name: string) =>
  readFileSync(join(folder, dir, name), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1);
const whole = ({ examined, taken, setAside, unreadable }: ImportResult) => {
  assert.equal(examined, taken + unreadable + setAside.reduce((sum, { records }) => sum + records, 0));
};

test("the example: v4 resources become elements, relations and companies; everything is counted", async () => {
  const dir = await workspace();
  const result = await importJson(...example, "--into", dir);
  assert.deepEqual([result.code, result.examined, result.taken, result.problems], [0, 8, 6, []]);
  whole(result);
  assert.deepEqual(rows(dir, "elements/tmf639.csv"), [
    "R-100,DEMO-nord,P-1,demo-nordfunk,demo-nordfunk-nf-basis-70,70.2,,gNB-CU;gNB-DU,active,2023-03-15,",
    "R-101,DEMO-nord,P-1,demo-westwave,demo-westwave-wave-radio-4,70.2,,RU,active,2023-03-15,",
    "R-200,DEMO-nord,P-2,demo-bergnetz,demo-bergnetz-kernserver-k2,,,server,active,2024-05-02,",
    "R-201,DEMO-nord,,demo-nordfunk,demo-nordfunk-nord-core,21.3,,AMF,active,2024-05-03,",
    // One of its two functions is not in the map, so nothing is said of either: it may be any.
    "R-202,DEMO-nord,,demo-nordfunk,demo-nordfunk-nord-core,21.4,,,planned,,",
    // Its operator is named and not mapped, so it is not somebody else's.
    "R-300,,P-2,demo-bergnetz,demo-bergnetz-bergrouter-12,12.1,,transport-router,active,,",
  ]);
  // `contains` and `isContainedIn` say the same thing twice.
  assert.deepEqual(rows(dir, "relations/tmf639.csv"), [
    "R-100,maintained-by,demo-fernwartung,,,,",
    "R-101,part-of,R-100,,,,",
    "R-201,maintained-by,demo-fernwartung,,,,",
    "R-201,runs-on,R-200,,,,",
    "R-202,runs-on,R-200,,,,",
  ]);
  const said = result.remarks.map(({ reason }) => reason).join("\n");
  for (const text of ["`ePDG`", "`DEMO Sued Mobil`", "relationship `protects`"]) assert.ok(said.includes(text), text);
});

test("a dry run writes nothing, the second import changes nothing", async () => {
  const dir = await workspace();
  const dry = await importJson(...example, "--into", dir, "--dry-run");
  assert.deepEqual(dry.written, []);
  const first = await importJson(...example, "--into", dir);
  assert.deepEqual(first.tables, dry.tables);
  const second = await importJson(...example, "--into", dir);
  assert.deepEqual(second.written, []);
  assert.equal(second.tables.find(({ table }) => table === "elements")?.unchanged, 6);
});

test("v5: places and parties one level deeper, lifecycleState, supportingResource", async () => {
  const dir = await workspace();
  const characteristic = (name: string, value: unknown) => ({ "@type": "StringCharacteristic", name, value });
  const v5 = [
    {
      ...{ id: "R-1", "@type": "SoftwareResource", name: "DEMO amf", lifecycleState: "pendingRemoval" },
      place: [
        { "@type": "RelatedPlaceRef", role: "installation", place: { "@type": "PlaceRef", id: "P-1", name: "Nord" } },
      ],
      relatedParty: [
        { role: "operator", partyOrPartyRole: { "@type": "PartyRef", id: "O-1", name: "DEMO Nord Mobil" } },
      ],
      supportingResource: [{ "@type": "ResourceRef", id: "R-2" }],
      resourceCharacteristic: [characteristic("vendor", "DEMO Nordfunk"), characteristic("kind", "AMF")],
    },
    {
      id: "R-2",
      "@type": "PhysicalResource",
      lifecycleState: "planned",
      resourceCharacteristic: [characteristic("kind", "host")],
    },
  ];
  const map = `from: { maker: { characteristic: vendor }, functions: { characteristic: kind }, operator: { party: operator } }
functions: { AMF: [AMF], host: [server] }
operators: { O-1: DEMO-nord }
relations: { supportingResource: runs-on }
ids: name\n`;
  const result = await importJson("tmf639", put("v5.json", v5), "--map", put("v5.yaml", map), "--into", dir);
  assert.deepEqual([result.code, result.problems], [0, []]);
  assert.deepEqual(rows(dir, "elements/tmf639.csv"), [
    "R-2,,,,,,,server,planned,,",
    "demo-amf,DEMO-nord,P-1,demo-nordfunk,,,,AMF,active,,",
  ]);
  assert.deepEqual(rows(dir, "relations/tmf639.csv"), ["demo-amf,runs-on,R-2,,,,"]);
});

test("hostile inventories are problems with a place; nothing is written, nothing is thrown", async () => {
  const dir = await workspace();
  const map = put("plain.yaml", "from: { maker: { field: name } }\n");
  const cases: readonly (readonly [string, unknown, string, number])[] = [
    ["not.json", "{]", "not-json", 0],
    ["deep.json", "[".repeat(1_000_000), "too-deep", 0],
    ["key-twice.json", '[{"id":"a","id":"b"}]', "duplicate-key", 0],
    ["object.json", { resources: [] }, "wrong-shape", 0],
    ["no-id.json", [{ id: "a" }, { name: "b" }, 7], "wrong-shape", 2],
    ["long-id.json", [{ id: "x".repeat(201) }], "wrong-shape", 1],
    ["twice.json", [{ id: "a" }, { id: "a" }, { id: "b" }], "duplicate-id", 2],
  ];
  for (const [name, content, code, lost] of cases) {
    const result = await importJson("tmf639", put(name, content), "--map", map, "--into", dir);
    assert.deepEqual([result.code, result.written, result.unreadable], [2, [], lost], name);
    assert.ok(
      result.problems.every((problem) => problem.code === code),
      name,
    );
    whole(result);
  }
});

test("what is broken within a resource leaves its column unknown, and says so", async () => {
  const dir = await workspace();
  const resource = {
    ...{ id: "R-1", serialNumber: "\u0000", startOperatingDate: "last spring", relatedParty: "nobody" },
    resourceCharacteristic: [
      { name: "vendor", value: "DEMO A" },
      { name: "vendor", value: "DEMO B" },
      { name: "x", value: { deep: 1 } },
    ],
    resourceRelationship: [{ relationshipType: "in", resource: { id: "R-9" } }, { relationshipType: "in" }],
  };
  const map =
    "from: { maker: { characteristic: vendor }, in_service_since: { field: startOperatingDate } }\nrelations: { in: part-of }\n";
  const result = await importJson(
    "tmf639",
    put("broken.json", [resource]),
    "--map",
    put("broken.yaml", map),
    "--into",
    dir,
  );
  assert.deepEqual([result.code, result.taken, result.unreadable], [0, 1, 0]);
  assert.deepEqual(result.problems.map(({ code, place }) => `${code} ${place.pointer}`).sort(), [
    "dangling-reference /0/resourceRelationship/0/resource",
    "wrong-shape /0",
    "wrong-shape /0/resourceRelationship/1/resource",
    "wrong-type /0",
    "wrong-type /0/relatedParty",
    "wrong-type /0/serialNumber",
  ]);
  assert.deepEqual(rows(dir, "elements/tmf639.csv"), ["R-1,,,,,,,,,,"]);
});

test("a map that is misspelt is refused with its line, or its unused words are said", async () => {
  const dir = await workspace();
  const wrong = await run(
    "import",
    "tmf639",
    "example/resources.json",
    "--map",
    put("wrong.yaml", "from:\n  maker: vendor\n"),
    "--into",
    dir,
  );
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /wrong\.yaml:2: /);
  const unused = put("unused.yaml", "from: {}\nfunctions: { Radoi: [RU] }\nrelations: { containz: part-of }\n");
  const { remarks } = await importJson("tmf639", "example/resources.json", "--map", unused, "--into", dir, "--dry-run");
  for (const name of ["Radoi", "containz"])
    assert.ok(
      remarks.some(({ reason }) => reason.startsWith(`\`${name}\``)),
      name,
    );
});

test("whatever comes in, each record is taken, set aside or a problem, and the order of records changes nothing", () => {
  const text = fc.constantFrom("a", "b", "", "\u0007", "x".repeat(500));
  const resource = fc.record(
    {
      id: fc.oneof(text, fc.constant(null), fc.integer()),
      category: text,
      resourceStatus: fc.constantFrom("available", "reserved", "odd"),
      resourceCharacteristic: fc.anything({ maxDepth: 3 }),
      relatedParty: fc.array(fc.record({ id: text, role: fc.constant("operator") }), { maxLength: 2 }),
      resourceRelationship: fc.array(
        fc.record({ relationshipType: fc.constant("in"), resource: fc.record({ id: text }) }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: [] },
  );
  const map = {
    from: { functions: { field: "category" }, operator: { party: "operator" } },
    relations: { in: "part-of" },
  } as const;
  const answer = (records: readonly unknown[]) => {
    const { resources = [], problems } = readTmf639(records, "x.json");
    return {
      translated: translateTmf639(resources, map),
      lost: problems.reduce((sum, { rows: lost }) => sum + lost, 0),
    };
  };
  fc.assert(
    fc.property(fc.array(fc.oneof(resource, fc.anything({ maxDepth: 1 })), { maxLength: 6 }), (records) => {
      const { translated, lost } = answer(records);
      assert.equal(translated.taken + lost, records.length);
      assert.equal(translated.tables.find(({ table }) => table === "elements")?.rows.length, translated.taken);
      assert.deepEqual(answer(records.toReversed()).translated.tables, translated.tables);
    }),
    { seed: 639, numRuns: 150 },
  );
});

test("examples/tmf639/README.md shows what is printed", async () => {
  const { compared, faults } = await checkPage("examples/tmf639/README.md");
  assert.deepEqual(faults, []);
  assert.ok(compared >= 1);
});
