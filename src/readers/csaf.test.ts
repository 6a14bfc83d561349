import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf } from "../../test/kit/evidence.ts";
import { readCsaf } from "./csaf.ts";

const moment = "2026-01-31T23:30:00-02:00";
const head = {
  category: "csaf_base",
  csaf_version: "2.0",
  publisher: { category: "vendor", name: "DEMO-maker", namespace: "https://demo.example" },
  title: "DEMO advisory",
  tracking: {
    id: "DEMO-2026-1",
    status: "final",
    version: "1",
    initial_release_date: moment,
    current_release_date: moment,
    revision_history: [{ date: moment, number: "1", summary: "first" }],
  },
};
const read = (text: string) => readCsaf(fileOf("evidence/DEMO-csaf.json", text));
const advisory = (product_tree: object, product_status: object, more: object = {}) =>
  read(
    JSON.stringify({
      document: head,
      product_tree,
      vulnerabilities: [{ cve: "CVE-2026-0001", product_status, ...more }],
    }),
  );

/** Claims of an advisory that is read without a problem. */
async function claimsOf(product_tree: object, product_status: object) {
  const { document, problems } = await advisory(product_tree, product_status);
  assert.deepEqual(problems, []);
  return document?.claims ?? assert.fail("expected an advisory");
}

type Steps = readonly (readonly [category: string, name: string])[];
/** A branch for each step, the product at its end. */
function branch([step, ...below]: Steps, product: object): object {
  const [category, name] = step ?? assert.fail("expected a step");
  return { category, name, ...(below.length > 0 ? { branches: [branch(below, product)] } : { product }) };
}
const product = (id: string, more: object = {}) => ({ product_id: id, name: `full ${id}`, ...more });

test("an advisory, with its day in UTC", async () => {
  const { document } = await advisory({ full_product_names: [product("P")] }, { known_affected: ["P"] });
  const bare = { version: null, range: null, cpes: [], purls: [], digests: [] };
  assert.deepEqual(document, {
    kind: "advisory",
    file: "evidence/DEMO-csaf.json",
    digest: document?.digest,
    id: "DEMO-2026-1",
    title: "DEMO advisory",
    publisher: "DEMO-maker",
    released: "2026-02-01",
    status: "final",
    claims: [{ vulnerability: "CVE-2026-0001", product: { ...bare, name: "full P", vendor: null }, state: "affected" }],
  });
});

test("branches: maker, name, version or range, and what narrows a version", async () => {
  const rows: readonly (readonly [Steps, readonly (string | null)[]])[] = [
    [
      [
        ["vendor", "DEMO"],
        ["product_name", "Radio"],
        ["product_version", "1.0"],
      ],
      ["Radio", "DEMO", "1.0", null],
    ],
    [
      [
        ["vendor", "DEMO"],
        ["product_name", "Radio"],
        ["product_version_range", "< 2"],
      ],
      ["Radio", "DEMO", null, "< 2"],
    ],
    [
      [
        ["vendor", "DEMO"],
        ["product_family", "Radios"],
        ["product_version", "1"],
      ],
      ["Radios", "DEMO", "1", null],
    ],
    [
      [
        ["product_family", "Radios"],
        ["product_name", "Radio"],
      ],
      ["Radio", null, null, null],
    ],
    [
      [
        ["product_name", "Radio"],
        ["product_version", "vers:all/*"],
      ],
      ["Radio", null, null, "vers:all/*"],
    ],
    [
      [
        ["product_name", "Radio"],
        ["product_version", "V1, V2, and V3"],
      ],
      ["Radio", null, null, "V1, V2, and V3"],
    ],
    [
      [
        ["product_name", "OS"],
        ["product_version", "12.2SE"],
        ["service_pack", "12.2(55)SE"],
      ],
      ["OS", null, "12.2(55)SE", null],
    ],
    [
      [
        ["product_name", "OS"],
        ["product_version", "12"],
        ["service_pack", "SP 2"],
      ],
      ["OS", null, null, "12 / SP 2"],
    ],
    [
      [
        ["product_name", "OS"],
        ["product_version", "12"],
        ["architecture", "arm"],
      ],
      ["OS", null, null, "12 / arm"],
    ],
    [
      [
        ["architecture", "arm"],
        ["product_name", "OS"],
        ["product_version", "12"],
      ],
      ["OS", null, null, "arm / OS / 12"],
    ],
    [
      [
        ["vendor", "DEMO"],
        ["product_version", "os-0:12.arm"],
      ],
      ["full P", "DEMO", null, null],
    ],
  ];
  for (const [steps, expected] of rows) {
    const [claim] = await claimsOf({ branches: [branch(steps, product("P"))] }, { known_affected: ["P"] });
    const { name, vendor, version, range } = claim!.product;
    assert.deepEqual([name, vendor, version, range], expected);
  }
});

test("identifiers of a product", async () => {
  const sha256 = "AB".repeat(32);
  const helper = {
    cpe: "cpe:2.3:o:demo:radio:1.0:*:*:*:*:*:*:*",
    purl: "pkg:generic/demo/radio@1.0",
    hashes: [
      {
        filename: "radio.bin",
        file_hashes: [
          { algorithm: "sha256", value: sha256 },
          { algorithm: "sha512", value: "ab".repeat(64) },
        ],
      },
    ],
  };
  const tree = { full_product_names: [product("P", { product_identification_helper: helper })] };
  const [claim] = await claimsOf(tree, { fixed: ["P"] });
  const { cpes, purls, digests } = claim!.product;
  assert.deepEqual([cpes, purls, digests], [[helper.cpe], [helper.purl], [sha256.toLowerCase()]]);
});

test("every group has its state; a product in two groups of one state counts once; `recommended` is none", async () => {
  const ids = ["A", "B", "C", "D", "E", "F"];
  const claims = await claimsOf(
    { full_product_names: ids.map((id) => product(id)) },
    {
      first_affected: ["A"],
      known_affected: ["A", "B"],
      last_affected: ["B"],
      first_fixed: ["C"],
      fixed: ["C", "D"],
      known_not_affected: ["E"],
      under_investigation: ["F"],
      recommended: ["C"],
    },
  );
  assert.deepEqual(
    claims.map(({ product: { name }, state }) => `${name} ${state}`),
    [
      "full A affected",
      "full B affected",
      "full C fixed",
      "full D fixed",
      "full E not-affected",
      "full F under-investigation",
    ],
  );
});

test("a product on another one has the version of the inner one, and its identifiers unless it is not affected there", async () => {
  const purl = "pkg:generic/demo/software@2.0";
  const software: Steps = [
    ["vendor", "DEMO"],
    ["product_name", "Software"],
    ["product_version", "2.0"],
  ];
  const relationship = (id: string, part: string) => ({
    category: "installed_on",
    product_reference: part,
    relates_to_product_reference: "HW",
    full_product_name: product(id),
  });
  const tree = {
    branches: [branch(software, product("SW", { product_identification_helper: { purl } }))],
    full_product_names: [product("HW")],
    relationships: [relationship("Y", "X"), relationship("X", "SW")],
  };
  const named = { name: "full X", vendor: "DEMO", version: "2.0", range: null, cpes: [], digests: [] };
  const [on] = await claimsOf(tree, { known_affected: ["X"] });
  assert.deepEqual(on?.product, { ...named, purls: [purl] });
  const [around] = await claimsOf(tree, { known_affected: ["Y"] });
  assert.deepEqual(around?.product, { ...named, name: "full Y", purls: [purl] });
  const [not] = await claimsOf(tree, { known_not_affected: ["X"] });
  assert.deepEqual(not?.product, { ...named, version: null, purls: [] });
  const [fixed] = await claimsOf(tree, { fixed: ["X"] });
  assert.deepEqual(fixed?.product, { ...named, version: null, purls: [purl] }, "fixed there: elsewhere it is open");
});

test("a vulnerability without CVE id has the document's own", async () => {
  const tree = { full_product_names: [product("P")] };
  const own = { cve: undefined, ids: [{ system_name: "DEMO", text: "DEMO-7" }] };
  assert.equal((await advisory(tree, { fixed: ["P"] }, own)).document?.claims[0]?.vulnerability, "DEMO-7");
  const none = { cve: undefined, title: "leak" };
  assert.equal((await advisory(tree, { fixed: ["P"] }, none)).document?.claims[0]?.vulnerability, "DEMO-2026-1#1");
});

/** `code pointer` of each problem, and that nothing was read. */
async function refused(text: string) {
  const { document, problems } = await read(text);
  assert.equal(document, undefined);
  return problems.map(({ code, place }) => `${code} ${place.pointer ?? ""}`);
}

test("what its schema or a mandatory test refuses is a problem with the number of the test, and no advisory", async () => {
  const wrong = (change: object) => refused(JSON.stringify({ document: { ...head, ...change } }));
  assert.deepEqual(await refused("[]"), ["wrong-shape /document/csaf_version"]);
  assert.deepEqual(await wrong({ csaf_version: "2.2" }), ["wrong-shape /document/csaf_version"]);
  assert.deepEqual(await wrong({ title: undefined }), ["wrong-shape /document"]);
  assert.deepEqual(await wrong({ category: "csafsecurityadvisory" }), ["wrong-shape /document/category"]);
  assert.deepEqual(await refused('{"document":'), ["not-json "]);
  const { document, problems } = await advisory({ full_product_names: [product("P")] }, { fixed: ["Q"] });
  assert.equal(document, undefined);
  assert.match(problems[0]!.message, /^CSAF 2\.0, test 6\.1\.1: /);
  assert.equal(problems[0]!.place.pointer, "/vulnerabilities/0/product_status/fixed/0");
});

test("ids with the names of object properties are ids like others", async () => {
  const withIds = (id: string, times: number) => {
    const names = Array.from({ length: times }, () => `{"name":"a","product_id":"${id}"}`);
    const status = `[{"cve":"CVE-2026-0001","product_status":{"fixed":["${id}"]}}]`;
    const tree = `{"full_product_names":[${names}]}`;
    return `{"document":${JSON.stringify(head)},"product_tree":${tree},"vulnerabilities":${status}}`;
  };
  assert.equal((await read(withIds("constructor", 1))).document?.claims.length, 1);
  for (const id of ["constructor", "__proto__"]) {
    assert.match((await read(withIds(id, 2))).problems[0]!.message, /test 6\.1\.2/);
  }
});

test("hostile documents are answered within bounds", async () => {
  const started = process.cpuUsage();
  const relate = (id: string, a: string, b: string) => ({
    category: "installed_on",
    product_reference: a,
    relates_to_product_reference: b,
    full_product_name: product(id),
  });
  const tree = (relationships: readonly object[]) =>
    JSON.stringify({ document: head, product_tree: { full_product_names: [product("R0")], relationships } });
  const chain = (length: number) => Array.from({ length }, (_, at) => relate(`R${at + 1}`, `R${at}`, `R${at}`));
  const wide = Array.from({ length: 7 }, (_, level) =>
    Array.from({ length: 800 }, () => relate(`R${level + 1}`, `R${level}`, `R${level}`)),
  ).flat();
  const names = (length: number) => Array.from({ length }, (_, at) => product(`P${at}`));
  const text = JSON.stringify({ document: head, product_tree: { full_product_names: names(20_000) } });
  const refs = Array.from({ length: 3_000 }, (_, at) => `P${at}`);
  const many = Array.from({ length: 100 }, () => ({ cve: "CVE-2026-0001", product_status: { fixed: refs } }));
  const lookups = JSON.stringify({
    document: head,
    product_tree: { full_product_names: names(9_000) },
    vulnerabilities: many,
  });
  const deep = `{"document":{"csaf_version":"2.0"},"product_tree":{"branches":${'[{"branches":'.repeat(5_000)}`;
  const codes = async (one: string) => (await refused(one)).slice(0, 1);
  assert.deepEqual(await codes(tree([relate("R1", "R2", "R0"), relate("R2", "R1", "R0")])), [
    "cycle /product_tree/relationships",
  ]);
  assert.deepEqual(await codes(tree(chain(60))), ["cycle /product_tree/relationships"]);
  assert.deepEqual(await codes(tree(wide)), ["too-large /product_tree/relationships"]);
  assert.deepEqual(await codes(text), ["too-large "]);
  assert.deepEqual(await codes(lookups), ["too-large "]);
  assert.deepEqual(await codes(deep), ["too-deep "]);
  assert.ok((await read(tree(chain(6)))).document);
  assert.ok(process.cpuUsage(started).user < 10_000_000);
});

test("14 E: CSAF 2.1 is read, by its own schema and tests", async () => {
  const distribution = { tlp: { label: "CLEAR" } };
  const $schema = "https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json";
  const purls = ["pkg:generic/demo/core@1.0"];
  const tree = { full_product_names: [product("P", { product_identification_helper: { purls } })] };
  const text = (document: object) =>
    JSON.stringify({
      $schema,
      document,
      product_tree: tree,
      vulnerabilities: [{ cve: "CVE-2026-0001", product_status: { known_affected: ["P"] } }],
    });
  const { document, problems } = await read(text({ ...head, csaf_version: "2.1", distribution }));
  assert.deepEqual(problems, []);
  assert.deepEqual(document?.claims[0]?.product.purls, purls);
  const [problem] = (await read(text({ ...head, csaf_version: "2.1" }))).problems;
  assert.match(problem!.message, /^CSAF 2\.1, the schema: /);
});
