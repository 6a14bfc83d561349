import assert from "node:assert/strict";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { ImportResult } from "../src/tasks/import/import.ts";
import { runIn } from "./kit/run.ts";

const root = join(import.meta.dirname, "..");
const data = process.env.FREIGABE_DATA ?? join(root, "../shared/data");
const demo = join(data, "inventory/netbox-demo-v3.6.json");
const demoMap = join(root, "test/fixtures/netbox-demo-map.yaml");
const skip = existsSync(demo) ? false : `SKIPPED: real data not found at ${demo}`;

const folder = mkdtempSync(join(tmpdir(), "freigabe-import-"));
after(() => rmSync(folder, { recursive: true }));

const run = (...words: string[]) => runIn(folder, words);

let count = 0;
async function workspace(): Promise<string> {
  const dir = join(folder, `world${++count}`);
  assert.equal((await run("init", dir)).code, 0);
  return dir;
}

async function importJson(...words: string[]): Promise<ImportResult & { code: number }> {
  const { code, out, err } = await run("import", ...words, "--output", "json");
  assert.notEqual(out, "", err);
  return { ...(JSON.parse(out) as ImportResult), code };
}

const file = (name: string, content: unknown) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const map = (text: string) => file(`map${++count}.yaml`, text);
const rows = (dir: string, name: string) => readFileSync(join(dir, name), "utf8").trimEnd().split("\n").slice(1);

/** Every file of a workspace with its bytes: what must not change when an import is refused. */
const bytes = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "utf8")]);

const small = [
  { model: "dcim.manufacturer", pk: 1, fields: { name: "DEMO Maker", slug: "demo-maker" } },
  { model: "dcim.devicetype", pk: 2, fields: { manufacturer: 1, model: "R-1", slug: "r-1" } },
  { model: "dcim.devicerole", pk: 3, fields: { name: "Router", slug: "router" } },
  { model: "dcim.devicerole", pk: 4, fields: { name: "Unheard Of", slug: "unheard-of" } },
  { model: "dcim.platform", pk: 5, fields: { name: "OS 21.3", slug: "os-213" } },
];
const device = (pk: number, fields: object = {}) => ({
  model: "dcim.device",
  pk,
  fields: { name: `r-${pk}`, device_type: 2, role: 3, status: "active", created: "2020-01-01T00:00:00Z", ...fields },
});
const smallMap = "operator: DEMO-north\nroles: { Router: [transport-router] }\n";

test("the real export: 72 devices and 180 machines, of which 40 and 180 are elements, and 3 links", {
  skip,
}, async () => {
  const dir = await workspace();
  const result = await importJson("netbox", demo, "--map", demoMap, "--into", dir);
  assert.deepEqual([result.code, result.problems, result.examined, result.taken], [0, [], 393, 223]);
  assert.deepEqual(result.setAside, [
    { reason: "role `Patch Panel`", records: 19 },
    { reason: "role `PDU`", records: 13 },
    { reason: "module: part of a device that has its own row", records: 4 },
    { reason: "cable within one site", records: 82 },
    { reason: "cable for power or a console", records: 26 },
    { reason: "circuit into a provider's network", records: 13 },
    { reason: "circuit with one end only", records: 13 },
  ]);
  assert.deepEqual(
    result.tables.map(({ file, added }) => [file, added.length]),
    [
      ["suppliers.csv", 3],
      ["operators.csv", 2],
      ["products.csv", 6],
      ["sites.csv", 24],
      ["elements/netbox.csv", 220],
      ["links/netbox.csv", 3],
    ],
  );
  const elements = rows(dir, "elements/netbox.csv").map((row) => row.split(","));
  const functions = elements.map((cells) => cells[7]);
  const times = (name: string) => functions.filter((found) => found === name).length;
  assert.deepEqual([times("transport-router"), times("transport-switch"), times("server")], [13, 26, 181]);
  assert.equal(elements.filter(([id]) => id?.startsWith("device-")).length, 40);
  // NetBox knows no release, digest or day of first use here, and `created` is none of them.
  assert.deepEqual([...new Set(elements.map((cells) => cells.slice(5, 7).concat(cells.slice(9)).join("")))], [""]);

  const again = await importJson("netbox", demo, "--map", demoMap, "--into", dir);
  assert.deepEqual([again.code, again.written], [0, []]);
  assert.deepEqual(
    again.tables.slice(-2).map(({ unchanged }) => unchanged),
    [220, 3],
  );
});

test("the example comes out as its README says", async () => {
  const dir = await workspace();
  const example = join(root, "examples/netbox");
  const readme = readFileSync(join(example, "README.md"), "utf8");
  cpSync(example, join(folder, "examples/netbox"), { recursive: true });
  const { code, out } = await run(
    "import",
    "netbox",
    "examples/netbox/export.json",
    "--map",
    "examples/netbox/map.yaml",
    "--into",
    dir,
  );
  assert.equal(code, 0);
  assert.ok(readme.includes(out.trimEnd()), `the README lacks this output:\n${out}`);
});

test("a dry run shows the difference and writes nothing", async () => {
  const dir = await workspace();
  const before = bytes(dir);
  const words = ["netbox", file("small.json", [...small, device(1)]), "--map", map(smallMap), "--into", dir];
  const dry = await importJson(...words, "--dry-run");
  assert.deepEqual([dry.code, dry.written, dry.tables.at(-1)?.added], [0, [], ["device-1"]]);
  assert.deepEqual(bytes(dir), before);
  const real = await importJson(...words);
  assert.deepEqual(real.tables, dry.tables);
  assert.deepEqual(real.written, ["suppliers.csv", "operators.csv", "products.csv", "elements/netbox.csv"]);
});

test("a role that is neither mapped nor set aside leaves the function unknown, and is listed", async () => {
  const dir = await workspace();
  const result = await importJson(
    "netbox",
    file("role.json", [...small, device(1, { role: 4 })]),
    "--map",
    map(smallMap),
    "--into",
    dir,
  );
  assert.ok(
    result.remarks.some(
      ({ reason, records }) => reason.includes("role `Unheard Of` is not in the map") && records === 1,
    ),
  );
  assert.match(rows(dir, "elements/netbox.csv")[0]!, /^device-1,DEMO-north,,demo-maker,demo-maker-r-1,,,,active,,$/);
});

test("merging keeps what a person wrote, shows changes, and never deletes", async () => {
  const dir = await workspace();
  const words = (name: string, records: unknown) => [
    "netbox",
    file(name, records),
    "--map",
    map(smallMap),
    "--into",
    dir,
  ];
  await importJson(...words("a.json", [...small, device(1), device(2)]));
  const path = join(dir, "elements/netbox.csv");
  const typed = readFileSync(path, "utf8").replace("transport-router,active,,", "transport-router,active,2023-04-05,");
  writeFileSync(path, typed);
  const second = await importJson(...words("b.json", [...small, device(1, { status: "planned" }), device(3)]));
  const difference = second.tables.find(({ table }) => table === "elements");
  assert.deepEqual(difference?.added, ["device-3"]);
  assert.deepEqual(difference?.changed, [{ id: "device-1", column: "status", from: "active", to: "planned" }]);
  assert.deepEqual(difference?.gone, ["device-2"]);
  assert.match(rows(dir, "elements/netbox.csv")[0]!, /planned,2023-04-05,$/);
  assert.equal(rows(dir, "elements/netbox.csv").length, 3);
});

test("platforms and custom fields give releases and days only where the map says so", async () => {
  const dir = await workspace();
  const fields = { platform: 5, custom_field_data: { live: "2024-02-03", sum: "zz" } };
  const text = `${smallMap}platforms: { OS 21.3: { release: "21.3" } }\ncustomFields: { in_service_since: live, digest: sum }\n`;
  const result = await importJson(
    "netbox",
    file("custom.json", [...small, device(1, fields)]),
    "--map",
    map(text),
    "--into",
    dir,
  );
  assert.match(rows(dir, "elements/netbox.csv")[0]!, /,21\.3,,transport-router,active,2024-02-03,$/);
  assert.deepEqual(
    result.problems.map(({ code, rows }) => [code, rows]),
    [["wrong-type", 0]],
  );
});

test("names can be ids where they are unique; machines run on their host", async () => {
  const dir = await workspace();
  const vm = { model: "virtualization.virtualmachine", pk: 1, fields: { name: "AMF 1", status: "active", device: 1 } };
  const records = [
    ...small,
    device(1, { name: "Edge Röuter" }),
    device(2, { name: "twin" }),
    device(3, { name: "TWIN" }),
    vm,
  ];
  await importJson("netbox", file("names.json", records), "--map", map(`${smallMap}ids: name\n`), "--into", dir);
  const ids = rows(dir, "elements/netbox.csv").map((row) => row.split(",")[0]);
  assert.deepEqual(ids, ["amf-1", "device-2", "device-3", "edge-router"]);
  assert.deepEqual(rows(dir, "relations/netbox.csv"), ["amf-1,runs-on,edge-router,,,,"]);
});

test("cables and circuits between sites are links of their tenants; a provider made a line only where the map says so", async () => {
  const dir = await workspace();
  const site = (pk: number) => ({ model: "dcim.site", pk, fields: { name: `Mast ${pk}`, slug: `mast-${pk}` } });
  const port = (pk: number) => ({ model: "dcim.interface", pk, fields: { device: pk, name: "1/1" } });
  const tenant = (pk: number, name: string) => ({ model: "tenancy.tenant", pk, fields: { name, slug: name } });
  const wire = (pk: number, fields: object) => ({
    model: "dcim.cable",
    pk,
    fields: {
      ...{ termination_a_type: ["dcim", "interface"], termination_a_id: 1, status: "connected", label: "Faser" },
      ...{ termination_b_type: ["dcim", "interface"], termination_b_id: 2, ...fields },
    },
  });
  const side = (pk: number) => ({ model: "circuits.circuittermination", pk, fields: { site: pk } });
  const circuit = (pk: number, fields: object) => ({
    model: "circuits.circuit",
    pk,
    fields: { cid: `C ${pk}`, provider: 1, status: "active", termination_a: 1, termination_z: 2, ...fields },
  });
  const records = [
    ...[...small, device(1, { site: 1 }), device(2, { site: 2 }), site(1), site(2), port(1), port(2), side(1), side(2)],
    ...[tenant(1, "ours"), tenant(2, "theirs"), tenant(3, "strange")],
    { model: "circuits.provider", pk: 1, fields: { name: "DEMO Werk", slug: "demo-werk" } },
    ...[
      wire(1, { tenant: 2 }),
      wire(2, { tenant: 3 }),
      wire(3, { status: "planned" }),
      wire(4, { termination_b_id: 1 }),
    ],
    ...[circuit(1, {}), circuit(2, { status: "decommissioned" })],
  ];
  const text = `${smallMap}tenants: { ours: DEMO-north, theirs: DEMO-south }\n`;
  const words = ["netbox", file("lines.json", records), "--into", dir, "--map"];
  const plain = await importJson(...words, map(text), "--dry-run");
  assert.ok(plain.remarks.some(({ reason }) => reason.startsWith("circuit: maker unknown")));
  const result = await importJson(...words, map(`${text}ids: name\nproviders: { DEMO Werk: DEMO-kabel }\n`));
  assert.deepEqual([result.code, result.problems, result.taken], [0, [], 2 + 3]);
  assert.deepEqual(rows(dir, "links/netbox.csv"), [
    "c-1,DEMO-north,mast-1,mast-2,,,,DEMO-kabel,",
    "cable-1,DEMO-south,mast-1,mast-2,,,,,",
    "cable-2,,mast-1,mast-2,,,,,",
  ]);
  assert.ok(rows(dir, "suppliers.csv").includes("DEMO-kabel,DEMO Werk,"));
  assert.deepEqual(
    result.setAside.map(({ reason }) => reason),
    ["cable that is planned", "cable within one site", "circuit that is decommissioned"],
  );
  assert.ok(result.remarks.some(({ reason }) => reason.includes("tenant `strange` is not in the map")));
});

test("hostile exports are problems with a place; nothing is written, nothing is thrown", async () => {
  const dir = await workspace();
  const before = bytes(dir);
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ["not-json.json", "{]", /not-json/],
    ["shape.json", { devices: [] }, /wrong-shape/],
    ["deep.json", `${"[".repeat(5_000_000)}`, /too-deep/],
    ["twice-key.json", '[{"model":"a","model":"b","pk":1,"fields":{}}]', /duplicate-key/],
    ["twice-pk.json", [...small, device(1), device(1, { name: "x" })], /duplicate-id/],
    [
      "lost-end.json",
      [...small, { model: "dcim.cable", pk: 1, fields: { termination_a_type: 9, termination_a_id: 1 } }],
      /dangling-reference/,
    ],
    ["no-pk.json", [...small, { model: "dcim.device", fields: {} }], /wrong-shape/],
    ["page.json", { count: 9, next: "x", results: [] }, /record-count/],
  ];
  for (const [name, content, code] of cases) {
    const result = await importJson("netbox", file(name, content), "--map", map(smallMap), "--into", dir);
    assert.equal(result.code, 2, name);
    assert.match(result.problems.map((problem) => problem.code).join(" "), code, name);
    assert.ok(
      result.problems.every(({ place }) => place.file.endsWith(name)),
      name,
    );
    assert.deepEqual(result.written, [], name);
    const aside = result.setAside.reduce((sum, { records }) => sum + records, 0);
    assert.equal(result.examined, result.taken + aside + result.unreadable, name);
  }
  assert.deepEqual(bytes(dir), before);
});

test("a broken reference leaves its field unknown and names its pointer; the element is taken", async () => {
  const dir = await workspace();
  const result = await importJson(
    "netbox",
    file("broken.json", [...small, device(1, { device_type: 77 })]),
    "--map",
    map(smallMap),
    "--into",
    dir,
  );
  assert.deepEqual(
    result.problems.map(({ code, place }) => [code, place.pointer]),
    [["dangling-reference", "/5/fields/device_type"]],
  );
  assert.match(rows(dir, "elements/netbox.csv")[0]!, /^device-1,DEMO-north,,,,,,transport-router,active,,$/);
});

test("with --partial the readable records are taken, and the others are still said", async () => {
  const dir = await workspace();
  const records = [...small, device(1), device(1), device(2)];
  const result = await importJson(
    "netbox",
    file("partial.json", records),
    "--map",
    map(smallMap),
    "--into",
    dir,
    "--partial",
  );
  assert.deepEqual([result.code, result.taken, result.unreadable], [0, 1, 2]);
  assert.deepEqual(rows(dir, "elements/netbox.csv").length, 1);
});

test("a map that is misspelt is refused with its line, or its unused names are said", async () => {
  const dir = await workspace();
  const source = file("map-case.json", [...small, device(1)]);
  const wrong = await run(
    "import",
    "netbox",
    source,
    "--map",
    map("roles:\n  Router: transport-router\n"),
    "--into",
    dir,
  );
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /map\d+\.yaml:2: /);
  const unknown = await run("import", "netbox", source, "--map", map("rolls: {}\n"), "--into", dir);
  assert.match(unknown.err, /`rolls`/);
  const unused = await importJson(
    "netbox",
    source,
    "--map",
    map("roles: { Rooter: [AMF] }\n"),
    "--into",
    dir,
    "--dry-run",
  );
  assert.ok(unused.remarks.some(({ reason }) => reason.includes("`Rooter` under `roles`")));
});

test("only a workspace is written to: not another folder, not through `..` or a link", async () => {
  const dir = await workspace();
  const outside = join(folder, "outside");
  mkdirSync(outside);
  const words = ["import", "netbox", file("where.json", [...small, device(1)]), "--map", map(smallMap), "--into"];
  for (const into of [`${dir}/../outside`, join(folder, "nowhere"), file("a-file", "")]) {
    const { code, err } = await run(...words, into);
    assert.equal(code, 2, err);
    assert.match(err, /hint: |expected a folder/);
  }
  rmSync(join(dir, "elements"), { recursive: true });
  symlinkSync(outside, join(dir, "elements"));
  const linked = await run(...words, dir);
  assert.equal(linked.code, 2);
  assert.match(linked.err, /link out of/);
  assert.deepEqual(readdirSync(outside), []);
  const above = await run(...words.slice(0, 3), "--map", map(`${smallMap}file: ../../x\n`), "--into", dir);
  assert.equal(above.code, 2);
});

test("a table that cannot be read whole is not overwritten", async () => {
  const dir = await workspace();
  const words = ["import", "netbox", file("keep.json", [...small, device(1)]), "--map", map(smallMap), "--into", dir];
  writeFileSync(join(dir, "suppliers.csv"), 'id,name,seat\na,"A,DE\n');
  const open = await run(...words);
  assert.deepEqual([open.code, /suppliers\.csv:2/.test(open.err)], [2, true]);
  writeFileSync(join(dir, "suppliers.csv"), "id,name,seat\na,A,DE\na,B,DE\n");
  assert.match((await run(...words)).err, /suppliers\.csv:3: `a` stands in the file twice/);
});

test("an id that stands in another file of the table is said, since a decision would set both aside", async () => {
  const dir = await workspace();
  writeFileSync(join(dir, "elements/elements.csv"), "id,maker\nother,x\ndevice-1,x\n");
  const result = await importJson(
    "netbox",
    file("elsewhere.json", [...small, device(1)]),
    "--map",
    map(smallMap),
    "--into",
    dir,
  );
  assert.deepEqual(
    result.problems.map(({ code, place }) => [code, place.file, place.line]),
    [["duplicate-id", "elements/elements.csv", 3]],
  );
});

test("the file's own headers are kept where freigabe.yaml maps them", async () => {
  const dir = await workspace();
  writeFileSync(join(dir, "suppliers.csv"), "Kurz,Firma,note\ndemo-maker,Demo Maker AG,ours\n");
  const config = join(dir, "freigabe.yaml");
  writeFileSync(config, `${readFileSync(config, "utf8")}columns:\n  suppliers: { id: Kurz, name: Firma }\n`);
  await importJson("netbox", file("headers.json", [...small, device(1)]), "--map", map(smallMap), "--into", dir);
  assert.equal(readFileSync(join(dir, "suppliers.csv"), "utf8"), "Kurz,Firma,note\ndemo-maker,Demo Maker AG,ours\n");
});

test("a spreadsheet goes in with its own headers and words; formulas stay text", async () => {
  const dir = await workspace();
  const sheet = file(
    "radios.csv",
    '\ufeffSerial;Vendor;Kind;State;Since\r\n=1+1;"DEMO; Maker";radio;in use;1.2.2023\r\nR2;;PDU;;\r\n',
  );
  const text = `columns: { id: Serial, maker: Vendor, functions: Kind, status: State, in_service_since: Since }
values: { status: { In Use: active }, functions: { Radio: [RU] } }
constants: { operator: DEMO-north }
setAside: { Kind: [PDU] }
dayFormat: DD.MM.YYYY
file: radios
`;
  const result = await importJson("csv", sheet, "--table", "elements", "--map", map(text), "--into", dir);
  assert.deepEqual([result.code, result.taken, result.setAside[0]?.records], [0, 1, 1]);
  assert.deepEqual(rows(dir, "elements/radios.csv"), ["=1+1,DEMO-north,,DEMO; Maker,,,,RU,active,2023-02-01,"]);
});

test("a bad row of a spreadsheet is named by its line and stops the import", async () => {
  const dir = await workspace();
  const sheet = file("bad.csv", 'Serial,Since\n1,2023-02-30\n2,"x\n');
  const open = await importJson(
    "csv",
    sheet,
    "--table",
    "elements",
    "--map",
    map("columns: { id: Serial }\n"),
    "--into",
    dir,
  );
  assert.deepEqual([open.code, open.problems[0]?.code, open.problems[0]?.place.line], [2, "record-count", 3]);
  const typed = file("typed.csv", "Serial,Since\n1,2023-02-30\n2,\n");
  const words = ["--map", map("columns: { id: Serial, in_service_since: Since }\n"), "--into", dir];
  const wrong = await importJson("csv", typed, "--table", "elements", ...words);
  assert.deepEqual([wrong.code, wrong.problems[0]?.place.line, wrong.examined, wrong.taken], [2, 2, 2, 1]);
  assert.match((await run("import", "csv", typed, "--table", "nonsense", ...words)).err, /no table `nonsense`/);
});
