/** The example Germany: made by its script byte for byte, in the published proportions, with every kind of verdict in it. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { nations } from "../scripts/examples.ts";
import { operators } from "../scripts/worlds/germany/cast.ts";
import { contains, laender } from "../scripts/worlds/germany/laender.ts";
import { readSpreadsheet } from "../src/readers/spreadsheet.ts";
import { checkPage } from "./kit/readme.ts";
import { type Run, runIn } from "./kit/run.ts";
import { writeWorld } from "./kit/world.ts";

const root = join(import.meta.dirname, "..");
const committed = join(root, "examples", "germany");
const made = mkdtempSync(join(tmpdir(), "freigabe-germany-"));
after(() => rmSync(made, { recursive: true }));

type Row = Readonly<Record<string, string>>;

function rowsOf(text: string, name: string): readonly Row[] {
  const { sheet, problems } = readSpreadsheet(Buffer.from(text, "utf8"), name);
  assert.deepEqual(problems, []);
  const { header, rows } = sheet!;
  return rows.map(({ cells }) => Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ""])));
}

const table = (file: string) => rowsOf(readFileSync(join(committed, file), "utf8"), file);
const elements = table("elements/elements.csv");
const sites = new Map(table("sites.csv").map((site) => [site.id, site]));
const uses = table("uses/uses.csv");

/** The base stations in use, each with everybody who answers for it. */
const stations = elements
  .filter(({ functions, status }) => functions === "gNB" && status === "")
  .map((row) => {
    const users = row.operator
      ? [row.operator]
      : uses.filter(({ element }) => element === row.id).map((use) => use.operator!);
    return { ...row, users, maker: row.maker!, land: sites.get(row.site!)!.region! };
  });

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

test("examples/germany is what scripts/examples.ts makes", () => {
  writeWorld(made, nations.germany!());
  const files = filesBelow(made);
  assert.deepEqual(
    filesBelow(committed).filter((file) => file !== "README.md"),
    files,
  );
  for (const file of files) assert.ok(readFileSync(join(committed, file)).equals(readFileSync(join(made, file))), file);
});

test("it has the size of a network and not of a burden", () => {
  const bytes = (file: string) => statSync(join(committed, file)).size;
  assert.ok(sites.size >= 8_000 && sites.size <= 12_000, `${sites.size} sites`);
  assert.ok(elements.length >= 30_000, `${elements.length} elements`);
  assert.ok(bytes("elements/elements.csv") + bytes("relations/relations.csv") < 5_000_000);
  assert.ok(bytes("map.geojson") < 150_000);
  const whole = filesBelow(committed).reduce((sum, file) => sum + bytes(file), 0);
  assert.ok(whole < 6_000_000, `${whole} bytes`);
});

test("sites per operator are a tenth of those published, and lie where people live", () => {
  const people = laender.reduce((sum, land) => sum + land.people, 0);
  assert.equal(people, 84_358_845);
  const published = { "DEMO-rhein": 36_450, "DEMO-isar": 27_000, "DEMO-elbe": 29_000, "DEMO-neckar": 2_000 };
  for (const [operator, count] of Object.entries(published)) {
    const own = stations.filter(({ users }) => users.includes(operator));
    assert.equal(own.length, count / 10, operator);
    for (const land of laender) {
      const here = own.filter((station) => station.land === land.name).length;
      const wanted: number = (own.length * land.people) / people;
      assert.ok(Math.abs(here - wanted) < 1, `${operator}, ${land.name}: ${here}, expected about ${wanted}`);
    }
  }
});

test("radio makers have the published shares: 55 percent of the nation's sites are of one, HHI about 4,000", () => {
  const byMaker = new Map<string, number>();
  for (const { id, radio } of operators) {
    const own = Map.groupBy(
      stations.filter(({ users }) => users.includes(id)),
      ({ maker }) => maker,
    );
    assert.deepEqual(Object.fromEntries([...own].map(([maker, found]) => [maker, found.length])), radio);
    for (const [maker, found] of own) byMaker.set(maker, (byMaker.get(maker) ?? 0) + found.length);
  }
  const total = [...byMaker.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...byMaker.values()].map((count) => (100 * count) / total).sort((a, b) => b - a);
  assert.equal(total, 9_445);
  assert.deepEqual(
    shares.map((share) => share.toFixed(1)),
    ["55.1", "27.4", "15.4", "2.1"],
  );
  const hhi = shares.reduce((sum, share) => sum + share ** 2, 0);
  assert.ok(Math.abs(hhi - 4_030) < 10, `HHI ${hhi}`);
});

test("every position lies inside its Land, but for the third decimal", () => {
  const near = [-0.001, 0, 0.001];
  for (const { id, region, longitude, latitude } of sites.values()) {
    const land = laender.find(({ name }) => name === region);
    assert.ok(land, `${id}: ${region}`);
    const [x, y] = [Number(longitude), Number(latitude)];
    assert.ok(
      contains(land, [x, y]) || near.some((dx) => near.some((dy) => contains(land, [x + dx, y + dy]))),
      `${id} is not in ${region}`,
    );
  }
});

test("the map draws all sixteen Länder and thanks their source", () => {
  const map: { type: string; attribution: string; features: { properties: { name: string } }[] } = JSON.parse(
    readFileSync(join(committed, "map.geojson"), "utf8"),
  );
  assert.equal(map.type, "FeatureCollection");
  assert.match(map.attribution, /Natural Earth/);
  assert.deepEqual(
    map.features.map(({ properties }) => properties.name),
    laender.map(({ name }) => name),
  );
});

const assessed = new Map<string, Promise<Run>>();
function assess(...words: readonly string[]): Promise<Run> {
  const name = words.join(" ");
  const run = assessed.get(name) ?? runIn(root, ["assess", "examples/germany", "--output", "csv", ...words]);
  assessed.set(name, run);
  return run;
}

test("every basis occurs, most radio is grey, and the picture is believable", async () => {
  const { code, out, err } = await assess();
  assert.equal(code, 0, err);
  const verdicts = rowsOf(out, "verdicts");
  const share = (rows: readonly Row[]) => rows.length / verdicts.length;
  const bases = new Set(verdicts.map(({ outcome, basis }) => `${outcome}/${basis}`));
  assert.deepEqual([...bases].sort(), [
    ...["evidence", "no-duty", "earlier-regime", "exception"].map((basis) => `admitted/${basis}`).sort(),
    "refused/rule",
    ...["input", "identity", "stale-register", "contested", "expired", "missing", "no-scheme"]
      .map((basis) => `undecided/${basis}`)
      .sort(),
  ]);
  const greyShare = share(verdicts.filter(({ basis }) => basis === "no-duty"));
  assert.ok(greyShare > 0.6 && greyShare < 0.85, `${greyShare} have no duty`);
  assert.ok(share(verdicts.filter(({ outcome }) => outcome === "refused")) < 0.05);
  assert.ok(share(verdicts.filter(({ outcome }) => outcome === "undecided")) < 0.1);
  // The law of notices ended in 2025, so in 2026 no waiting time is the first thing that is open; a year before (README) one is.
  assert.ok(verdicts.some(({ all_bases }) => all_bases!.split(";").includes("stand-still")));
});

test("from 2027 on the contracts refuse what is left of the contract makers in the core, through a chain of owners too", async () => {
  const { out } = await assess("--as-of", "2027-01-02");
  const found = rowsOf(out, "verdicts").filter(({ rules }) => rules!.split(";").includes("DE-2024-1"));
  const refused = found.filter(({ outcome }) => outcome === "refused").map(({ element }) => element!);
  assert.deepEqual(refused.sort(), [
    ...["DEMO-E-IMS-1", "DEMO-E-IMS-2", "DEMO-R-AAA-1", "DEMO-R-DNS-1", "DEMO-R-DNS-2", "DEMO-R-IMS-1", "DEMO-R-IMS-2"],
  ]);
});

test("each sharer answers for what two operators use", async () => {
  const { out } = await assess();
  const shared = rowsOf(out, "verdicts").filter(({ element }) => element === "DEMO-RI-SEPP-1");
  assert.deepEqual(
    shared.map(({ operator, outcome, basis }) => [operator, outcome, basis]),
    [
      ["DEMO-isar", "admitted", "evidence"],
      ["DEMO-rhein", "admitted", "evidence"],
    ],
  );
});

test("order.csv has a line for every outcome of `gate`", async () => {
  const words = [
    "gate",
    "examples/germany",
    "--order",
    "examples/germany/order.csv",
    "--no-record",
    "--output",
    "json",
  ];
  const { code, out, err } = await runIn(root, words);
  assert.equal(code, 1, err);
  const { lines }: { lines: { id: string; outcome: string; basis: string }[] } = JSON.parse(out);
  const found = Object.fromEntries(lines.map(({ id, outcome, basis }) => [id, `${outcome}/${basis}`]));
  assert.deepEqual(found, {
    "site-routers": "admitted/evidence",
    "base-stations": "admitted/no-duty",
    "core-manager": "admitted/exception",
    "uncertified-routers": "refused/rule",
    "barred-switches": "refused/rule",
    "tested-twice": "undecided/contested",
    "newer-gateway": "undecided/identity",
    "unknown-names": "undecided/identity",
    "only-heard-of": "undecided/missing",
    newcomer: "undecided/stale-register",
    "no-scheme-yet": "undecided/no-scheme",
    misprint: "undecided/input",
  });
});

test("signatures of every algorithm hold", async () => {
  for (const file of ["update-H-UP", "certificate-NESAS-10", "guarantee-A-AR9", "certificate-BSZ-01"]) {
    const words = ["verify", `examples/germany/evidence/${file}.json`, "--trust", "examples/germany"];
    const { code, out } = await runIn(root, [...words, "--demo"]);
    assert.equal(code, 0, out);
  }
});

test("examples/germany/README.md shows what is printed", async () => {
  const { ran, compared, faults } = await checkPage("examples/germany/README.md");
  assert.deepEqual(faults, []);
  assert.ok(ran >= 5 && compared >= 4, `${ran} commands ran, ${compared} outputs were compared`);
});
