import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Ajv } from "ajv";
import { reportSarif } from "../src/reports/sarif.ts";
import { hostileName, manyRefused, reportData } from "./kit/pipeline-data.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "freigabe-sarif-"));
after(() => rmSync(folder, { recursive: true }));

interface Sarif {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string; helpUri?: string; help: object }[] } };
      readonly invocations: readonly [
        {
          readonly executionSuccessful: boolean;
          readonly toolExecutionNotifications: readonly { level: string; message: { text: string } }[];
          readonly properties: Readonly<Record<string, unknown>>;
        },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { uri: string };
        readonly region?: { startLine: number };
      };
      readonly logicalLocations: readonly [{ readonly name: string }];
    },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

const read = (text: string): Sarif => JSON.parse(text) as Sarif;
const runOf = (data = reportData, base = "") => read(reportSarif(data, { base })).runs[0];

/** What SARIF 2.1.0 demands of the objects we write, beside their types. */
function check({ tool, results, invocations }: Sarif["runs"][0]): void {
  const ids = tool.driver.rules.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "3.19.23: rules are distinct");
  for (const { helpUri } of tool.driver.rules) if (helpUri !== undefined) assert.ok(URL.canParse(helpUri), helpUri);
  for (const { ruleId, ruleIndex, kind, level, message, locations, partialFingerprints } of results) {
    assert.equal(ids[ruleIndex], ruleId, "3.27.6: the index is that of the rule");
    assert.equal(kind, "fail", "3.27.10: only a result of kind `fail` has a level");
    assert.ok(["error", "warning"].includes(level));
    assert.match(message.text, /\S/);
    const [{ physicalLocation, logicalLocations }] = locations;
    assert.match(physicalLocation.artifactLocation.uri, /^[\w.%/~-]+$/, "a URI reference, relative");
    assert.ok((physicalLocation.region?.startLine ?? 1) >= 1);
    assert.ok(logicalLocations[0].name.length > 0);
    for (const value of Object.values(partialFingerprints)) assert.match(value, /^[0-9a-f]{64}$/);
  }
  for (const { level, message } of invocations[0].toolExecutionNotifications) {
    assert.ok(["note", "warning"].includes(level));
    assert.match(message.text, /\S/);
  }
}

test("a result for each element and rule that stands against it, refused ones as errors, first", () => {
  const run = runOf(reportData, "networks/demo/");
  check(run);
  assert.deepEqual(
    run.results.map(({ ruleId, level, locations: [place] }) => [ruleId, level, place.logicalLocations[0].name]),
    [
      ["house/H-1", "error", hostileName],
      ["H-2", "warning", "access of DEMO-north"],
      ["input", "warning", "DEMO-torn"],
      ["engine", "warning", "DEMO-c"],
    ],
  );
  const [first] = run.results;
  assert.deepEqual(first!.locations[0].physicalLocation, {
    artifactLocation: { uri: "networks/demo/elements/a%20b.csv" },
    region: { startLine: 3 },
  });
  // Two functions, one result: the worse one tells.
  assert.match(first!.message.text, /as AMF, SMF is refused\. Required: tested\. Remedy: Test it\.$/);
  const { properties, executionSuccessful } = run.invocations[0];
  assert.equal(executionSuccessful, true);
  assert.deepEqual([properties.asOf, properties.verdicts], ["2026-11-20", { admitted: 2, refused: 1, undecided: 3 }]);
});

test("what is not listed is counted, and so is what was set aside", () => {
  const said = runOf().invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
  // Three verdicts are not admitted, two elements are listed.
  assert.ok(
    said.some((text) => text.startsWith("1 more verdict not admitted")),
    said.join("\n"),
  );
  assert.ok(said.some((text) => text.startsWith("1 record set aside")));
  assert.ok(said.includes("1 verdict admitted by exception only"));
  const run = runOf(manyRefused(6000));
  check(run);
  assert.equal(run.results.length, 5000);
  assert.ok(run.results.every(({ level }) => level === "error"));
  const texts = run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text);
  // 6,000 refused, the limit on the network and the record set aside; and 100 verdicts of which nothing is known.
  assert.ok(texts[0]?.startsWith("1 002 more results beyond"), String(texts[0]));
  assert.ok(texts[1]?.startsWith("100 more verdicts not admitted"), String(texts[1]));
});

test("names from outside are no placeholder, no link, and steer no terminal", () => {
  const text = reportSarif(reportData);
  assert.doesNotMatch(text, /(?!\n)\p{Cc}/u);
  const [first] = read(text).runs[0].results;
  assert.ok(first!.message.text.includes("\\[x\\](http://e.example){{0}}"), first!.message.text);
});

test("fingerprints do not hang on lines, files or the order of results; equal inputs give equal bytes", () => {
  assert.equal(reportSarif(reportData), reportSarif(structuredClone(reportData)));
  const rows = reportData.elements.rows.map((row) => ({ ...row, place: { file: "moved.csv", line: 99 } })).toReversed();
  const moved = runOf({ ...reportData, elements: { ...reportData.elements, rows } });
  const prints = (run: Sarif["runs"][0]) =>
    run.results.map((result) => Object.values(result.partialFingerprints)[0]!).sort();
  assert.deepEqual(prints(moved), prints(runOf()));
  assert.equal(new Set(prints(moved)).size, moved.results.length);
});

const schema = process.env.FREIGABE_SARIF_SCHEMA ?? "";
const skip = existsSync(schema)
  ? false
  : "SKIPPED: name the OASIS schema of SARIF 2.1.0 in FREIGABE_SARIF_SCHEMA to check against it";
test("the official schema accepts it", { skip }, () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const { $schema: _draft, id: _id, ...rules } = JSON.parse(readFileSync(schema, "utf8")) as Record<string, unknown>;
  const validate = ajv.compile(rules);
  for (const data of [reportData, manyRefused(6000)])
    assert.ok(validate(JSON.parse(reportSarif(data))), JSON.stringify(validate.errors));
});

test("the example network as SARIF: every verdict that is not admitted is listed, at its line", async () => {
  const { code, out, err } = await runIn(root, ["assess", "examples/first", "--output", "sarif"]);
  assert.equal(code, 0, err);
  const run = read(out).runs[0];
  check(run);
  const names = new Set(run.results.map(({ locations: [place] }) => place.logicalLocations[0].name));
  const { verdicts } = run.invocations[0].properties as { verdicts: { refused: number; undecided: number } };
  assert.equal(names.size, verdicts.refused + verdicts.undecided);
  const lines = readFileSync(join(root, "examples/first/elements/elements.csv"), "utf8").split("\n");
  for (const {
    locations: [place],
  } of run.results) {
    const { artifactLocation, region } = place.physicalLocation;
    assert.equal(artifactLocation.uri, "examples/first/elements/elements.csv");
    assert.ok(lines[region!.startLine - 1]!.startsWith(`${place.logicalLocations[0].name},`));
  }
});

test("a file that was written is said with its size, and nothing goes to stdout", async () => {
  const [path, csv] = [join(folder, "out.sarif"), join(folder, "out.csv")];
  const words = ["assess", "examples/first", "--output", `sarif=${path}`, "--output", `csv=${csv}`];
  const { code, out, err } = await runIn(root, words);
  assert.deepEqual([code, out], [0, ""], err);
  const size = (statSync(path).size / 1000).toFixed(1);
  assert.ok(err.includes(`freigabe: written: ${path}, ${size} kB\n`), err);
  assert.match(err, /written: \S+out\.csv, (\d+ bytes|\d+\.\d kB)\n/);
  assert.equal(read(readFileSync(path, "utf8")).version, "2.1.0");
});
