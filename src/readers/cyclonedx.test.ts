import assert from "node:assert/strict";
import { test } from "node:test";
import { fileOf } from "../../test/kit/evidence.ts";
import { readCycloneDx } from "./cyclonedx.ts";

const read = (bom: object) => readCycloneDx(fileOf("evidence/DEMO-bom.json", JSON.stringify(bom)));
const bom = (fields: object, specVersion = "1.6") => ({ bomFormat: "CycloneDX", specVersion, version: 1, ...fields });

/** The bill of a document that is read without a problem. */
async function billOf(fields: object, specVersion = "1.6") {
  const { document, problems } = await read(bom(fields, specVersion));
  assert.deepEqual(problems, []);
  assert.ok(document);
  return document;
}

/** `code pointer` of each problem of a document. */
async function problemsOf(document: object): Promise<readonly string[]> {
  const { problems } = await read(document);
  return problems.map(({ code, place }) => `${code} ${place.pointer ?? ""}`);
}

const chip = { type: "device", "bom-ref": "chip", name: "DEMO-chip", manufacturer: { name: "DEMO-fab" } };

test("a hardware bill: product, parts within parts, makers and sellers, identifiers", async () => {
  const digest = "ab".repeat(32);
  const board = {
    type: "device",
    "bom-ref": "board",
    name: "DEMO-board",
    version: "rev-2",
    supplier: { name: "DEMO-seller" },
    components: [chip],
    properties: [{ name: "cdx:device:function", value: "baseband" }],
  };
  const firmware = {
    type: "firmware",
    group: "DEMO",
    name: "fw",
    version: "1.2",
    publisher: "DEMO-soft",
    cpe: "cpe:2.3:o:demo:fw:1.2:*:*:*:*:*:*:*",
    purl: "pkg:generic/demo/fw@1.2",
    hashes: [
      { alg: "SHA-256", content: digest.toUpperCase() },
      { alg: "SHA-1", content: "ab".repeat(20) },
    ],
  };
  const metadata = {
    timestamp: "2026-01-31T23:30:00-02:00",
    component: { type: "device", "bom-ref": "radio", name: "DEMO-radio", manufacturer: { name: "DEMO-maker" } },
  };
  const bill = await billOf({ metadata, components: [board, firmware] });
  const bare = { version: null, range: null, cpes: [], purls: [], digests: [] };
  assert.deepEqual(bill.about, { ...bare, name: "DEMO-radio", vendor: "DEMO-maker" });
  assert.equal(bill.created, "2026-02-01");
  assert.deepEqual(bill.parts, [
    {
      ...bare,
      name: "DEMO-board",
      vendor: null,
      version: "rev-2",
      type: "device",
      manufacturer: null,
      supplier: "DEMO-seller",
    },
    { ...bare, name: "DEMO-chip", vendor: "DEMO-fab", type: "device", manufacturer: "DEMO-fab", supplier: null },
    {
      name: "DEMO/fw",
      vendor: "DEMO-soft",
      version: "1.2",
      range: null,
      cpes: [firmware.cpe],
      purls: [firmware.purl],
      digests: [digest],
      type: "firmware",
      manufacturer: null,
      supplier: null,
    },
  ]);
});

test("1.4 names the maker of the whole outside of it; parts inside of it count", async () => {
  const metadata = {
    manufacture: { name: "DEMO-maker" },
    component: { type: "device", name: "DEMO-radio", components: [{ type: "device", name: "DEMO-fan" }] },
  };
  for (const version of ["1.4", "1.5"]) {
    const bill = await billOf({ metadata }, version);
    assert.equal(bill.about?.vendor, "DEMO-maker");
    assert.deepEqual(
      bill.parts.map(({ name }) => name),
      ["DEMO-fan"],
    );
  }
});

test("compositions: complete only if the root or every part is covered and nothing says otherwise", async () => {
  const metadata = { component: { type: "device", "bom-ref": "root", name: "DEMO-radio" } };
  const link = "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#root";
  const rows: readonly (readonly [compositions: readonly object[], expected: string])[] = [
    [[], "unknown"],
    [[{ aggregate: "complete", assemblies: ["root"] }], "complete"],
    [[{ aggregate: "complete", assemblies: [link] }], "complete"],
    [[{ aggregate: "complete", assemblies: ["chip"] }], "complete"],
    [[{ aggregate: "complete", assemblies: ["other"] }], "unknown"],
    [[{ aggregate: "complete", dependencies: ["root"] }], "unknown"],
    [[{ aggregate: "complete" }], "unknown"],
    [
      [
        { aggregate: "complete", assemblies: ["root"] },
        { aggregate: "unknown", assemblies: ["chip"] },
      ],
      "unknown",
    ],
    [[{ aggregate: "complete", assemblies: ["root"] }, { aggregate: "not_specified" }], "unknown"],
    [[{ aggregate: "complete", assemblies: ["root"] }, { aggregate: "incomplete_third_party_only" }], "incomplete"],
    [[{ aggregate: "incomplete", dependencies: ["chip"] }], "incomplete"],
  ];
  for (const [compositions, expected] of rows) {
    const bill = await billOf({ metadata, components: [chip], compositions });
    assert.equal(bill.completeness, expected, JSON.stringify(compositions));
  }
  const unnamed = { components: [{ type: "device", name: "DEMO-fan" }], compositions: [{ aggregate: "complete" }] };
  assert.equal((await billOf(unnamed)).completeness, "unknown");
});

test("VEX: states of the analysis, and the status of a version before them", async () => {
  const versions = [
    { version: "1.0" },
    { version: "1.1", status: "affected" },
    { version: "1.2", status: "unaffected" },
    { range: "vers:semver/<1.0.0", status: "unknown" },
  ];
  const expected: Readonly<Record<string, readonly string[]>> = {
    exploitable: ["affected", "affected", "not-affected", "under-investigation"],
    in_triage: ["under-investigation", "under-investigation", "not-affected", "under-investigation"],
    resolved: ["fixed", "affected", "not-affected", "under-investigation"],
    resolved_with_pedigree: ["fixed", "affected", "not-affected", "under-investigation"],
    not_affected: ["not-affected", "affected", "not-affected", "under-investigation"],
    false_positive: ["not-affected", "affected", "not-affected", "under-investigation"],
  };
  for (const [state, states] of Object.entries(expected)) {
    const vulnerabilities = [{ id: "CVE-2026-0001", analysis: { state }, affects: [{ ref: "chip", versions }] }];
    const { claims } = await billOf({ components: [chip], vulnerabilities });
    assert.deepEqual(
      claims.map((claim) => claim.state),
      states,
      state,
    );
    assert.deepEqual(
      claims.map(({ product }) => [product.name, product.vendor, product.version, product.range]),
      [
        ["DEMO-chip", "DEMO-fab", "1.0", null],
        ["DEMO-chip", "DEMO-fab", "1.1", null],
        ["DEMO-chip", "DEMO-fab", "1.2", null],
        ["DEMO-chip", "DEMO-fab", null, "vers:semver/<1.0.0"],
      ],
    );
  }
});

test("VEX: references into this document and into others; what has no analysis is no claim", async () => {
  const serial = "3e671687-395b-41f5-a30f-a58921a69b79";
  const other = "urn:cdx:00000000-0000-4000-8000-000000000000/1";
  const refs = ["chip", `urn:cdx:${serial}/1#chip`, `${other}#DEMO%20radio`, `${other}#pkg:generic/demo@1`];
  const analysis = { state: "exploitable" };
  const vulnerabilities = [
    { id: "CVE-2026-0001", analysis, affects: refs.map((ref) => ({ ref })) },
    { id: "CVE-2026-0002", affects: [{ ref: "chip" }] },
    { "bom-ref": "own", analysis, affects: [{ ref: "chip" }] },
  ];
  const { claims } = await billOf({ serialNumber: `urn:uuid:${serial}`, components: [chip], vulnerabilities });
  assert.deepEqual(
    claims.map(({ vulnerability, product }) => [vulnerability, product.name, product.purls]),
    [
      ["CVE-2026-0001", "DEMO-chip", []],
      ["CVE-2026-0001", "DEMO-chip", []],
      ["CVE-2026-0001", "DEMO radio", []],
      ["CVE-2026-0001", "pkg:generic/demo@1", ["pkg:generic/demo@1"]],
      ["own", "DEMO-chip", []],
    ],
  );
});

test("references that lead nowhere or to two parts, and an analysis of nothing, are problems", async () => {
  const analysis = { state: "exploitable" };
  const vulnerabilities = [
    { id: "CVE-2026-0001", analysis, affects: [{ ref: "chip" }] },
    { id: "CVE-2026-0002", analysis },
  ];
  const twice = { components: [chip, { ...chip, name: "DEMO-twin" }], vulnerabilities };
  const { document, problems } = await read(bom(twice));
  assert.deepEqual(
    problems.map(({ code, place }) => `${code} ${place.pointer}`),
    [
      "duplicate-id /components/1/bom-ref",
      "dangling-reference /vulnerabilities/0/affects/0/ref",
      "missing-value /vulnerabilities/1/affects",
    ],
  );
  assert.deepEqual(
    document?.claims.map(({ product }) => [product.name, product.vendor]),
    [["chip", null]],
  );
});

test("what is not CycloneDX 1.4 to 1.7, or not as its schema wants it, is a problem and no bill", async () => {
  assert.deepEqual(await problemsOf([]), ["wrong-shape /bomFormat"]);
  assert.deepEqual(await problemsOf({ specVersion: "1.6" }), ["wrong-shape /bomFormat"]);
  for (const version of ["1.2", "1.3", "1.8", "2.0"]) {
    assert.deepEqual(await problemsOf(bom({}, version)), ["wrong-shape /specVersion"], version);
  }
  assert.deepEqual(await problemsOf({ bomFormat: "CycloneDX", specVersion: 1.6 }), ["wrong-shape /specVersion"]);
  assert.deepEqual(await problemsOf(bom({ components: [{ type: "device" }] })), ["wrong-shape /components/0"]);
  const { document, problems } = await readCycloneDx(fileOf("a.json", '{"bomFormat":"CycloneDX",'));
  assert.equal(document, undefined);
  assert.equal(problems[0]?.code, "not-json");
});

test("a long list is checked in pieces, and every entry of it", async () => {
  const components = Array.from({ length: 3_000 }, (_, index) => ({ type: "library", name: `DEMO-${index}` }));
  const started = process.cpuUsage();
  assert.equal((await billOf({ components })).parts.length, 3_000);
  assert.ok(process.cpuUsage(started).user < 4_000_000);
  const broken = components.with(1_702, { type: "no such type", name: "DEMO-x" });
  assert.deepEqual(await problemsOf(bom({ components: broken })), ["wrong-shape /components/1702/type"]);
  const twice = components.with(2_999, { name: "DEMO-0", type: "library" });
  assert.deepEqual(await problemsOf(bom({ components: twice })), ["wrong-shape /components/2999"]);
});

test("hostile documents are answered within bounds", async () => {
  const started = process.cpuUsage();
  const list = (length: number, entry: string) => `[${`${entry},`.repeat(length - 1)}${entry}]`;
  const open = '{"bomFormat":"CycloneDX","specVersion":"1.6"';
  const part = '{"type":"library","name":"a"}';
  const nested = (depth: number) =>
    `${'{"type":"library","name":"a","components":['.repeat(depth)}${"]}".repeat(depth)}`;
  const texts: Readonly<Record<string, readonly [text: string, code: string]>> = {
    "a million components": [`${open},"components":${list(1_000_000, part)}}`, "too-large"],
    "a hundred thousand and one": [`${open},"components":${list(100_001, part)}}`, "too-large"],
    "long lists inside": [`${open},"dependencies":[{"ref":"a","dependsOn":${list(60_000, '"x"')}}]}`, "too-large"],
    "nested too deep": [`${open},"components":[${nested(10_000)}]}`, "too-deep"],
    "a long text": [`${open},"serialNumber":"${"a".repeat(3_000_000)}"}`, "too-large"],
    "long mail addresses": [
      `${open},"metadata":{"authors":${list(5_000, `{"email":"a@${"b.".repeat(100)}com"}`)}}}`,
      "too-large",
    ],
    "a prototype": [`${open},"__proto__":{"components":[${part}]}}`, "wrong-shape"],
    "a prototype inside": [`${open},"components":[{"type":"library","name":"a","__proto__":{}}]}`, "wrong-shape"],
  };
  for (const [name, [text, code]] of Object.entries(texts)) {
    const { document, problems } = await readCycloneDx(fileOf("a.json", text));
    assert.deepEqual([document, problems[0]?.code], [undefined, code], name);
  }
  assert.equal(
    (await readCycloneDx(fileOf("a.json", `${open},"components":[${nested(20)}]}`))).document?.parts.length,
    20,
  );
  assert.ok(process.cpuUsage(started).user < 15_000_000);
});

test("14 E: CycloneDX 1.7 is read, with ranges of versions", async () => {
  const chip = { type: "device", name: "DEMO chip", isExternal: true, versionRange: "vers:semver/>=1.0.0|<2.0.0" };
  const { document, problems } = await readCycloneDx(
    fileOf("a.json", JSON.stringify(bom({ components: [chip] }, "1.7"))),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual([document?.parts[0]?.version, document?.parts[0]?.range], [null, chip.versionRange]);
});
