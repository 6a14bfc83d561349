/** The published CycloneDX 1.4 to 1.6 sets and examples, as files of the data folder. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCycloneDx } from "../src/readers/cyclonedx.ts";
import { rangeHolds } from "../src/readers/version-range.ts";
import { dataFile, dataPaths, needs } from "./kit/data.ts";

const sets = needs("sbom/cyclonedx-tests");
const examples = needs("sbom/examples");
const example = (name: string) => readCycloneDx(dataFile(`sbom/examples/${name}.json`));

test("every file of the official sets comes out as its name says", sets, async () => {
  const expected = { "1.4": [29, 22], "1.5": [36, 22], "1.6": [45, 25] };
  for (const [version, [valid, invalid]] of Object.entries(expected)) {
    const paths = dataPaths(`sbom/cyclonedx-tests/${version}/*.json`);
    let [read, refused] = [0, 0];
    for (const path of paths) {
      const { document, problems } = await readCycloneDx(dataFile(path));
      assert.equal(document !== undefined, path.includes("/valid-"), path);
      if (document) {
        assert.equal(document.specVersion, version);
        assert.deepEqual(problems, [], path);
        read++;
      } else {
        assert.deepEqual(new Set(problems.map(({ code }) => code)), new Set(["wrong-shape"]), path);
        refused++;
      }
    }
    assert.deepEqual([paths.length, read, refused], [valid! + invalid!, valid, invalid], version);
  }
});

test("the examples: 41 of 1.4 and 1.6 are read, the others are another version", examples, async () => {
  const paths = dataPaths("sbom/examples/*.json");
  assert.equal(paths.length, 45);
  const others: string[] = [];
  let [parts, claims] = [0, 0];
  for (const path of paths) {
    const { document, problems } = await readCycloneDx(dataFile(path));
    parts += document?.parts.length ?? 0;
    claims += document?.claims.length ?? 0;
    if (!document) others.push(`${path.split("/").at(-1)} ${problems[0]?.message}`);
  }
  const got = (version: string) => `expected CycloneDX 1.4, 1.5, 1.6, 1.7, got \`${version}\``;
  assert.deepEqual(others, [
    `sbom-cern-lhc-vdm-editor.json ${got("1.2")}`,
    `sbom-proton-bridge-1.6.3.json ${got("1.2")}`,
    `sbom-proton-bridge-1.8.0.json ${got("1.2")}`,
    `vex-bom.json ${got("1.3")}`,
  ]);
  assert.deepEqual([parts, claims], [72, 196]);
});

test("one example says of a vulnerability nothing that it affects: a problem, not a claim", examples, async () => {
  const { document, problems } = await example("vex-use-cases-case-7-vex");
  assert.deepEqual(document?.claims, []);
  assert.deepEqual(
    problems.map(({ code, place }) => `${code} ${place.pointer}`),
    ["missing-value /vulnerabilities/0/affects"],
  );
});

test(
  "the hardware example has six parts with their sellers, and no word on whether that is all",
  examples,
  async () => {
    const { document } = await example("hbom-pcie-sata-adapter");
    assert.equal(document?.about?.name, "uk.ac.cam.cl/pcie-sata-adaptor-board");
    assert.deepEqual(
      document?.parts.slice(0, 3).map(({ type, name, supplier, manufacturer }) => [type, name, supplier, manufacturer]),
      [
        ["device", "PCIE-098-02-F-D-EMS2", "Samtec", null],
        ["device", "47155-4001", "Molex", null],
        ["device", "5622-4100-ML", "3M", null],
      ],
    );
    assert.equal(document?.completeness, "unknown");
  },
);

/** Written down from reading the documents: which versions of a product each of them calls affected. */
const answers: readonly (readonly [
  file: string,
  id: string,
  product: string,
  version: string,
  states: readonly string[],
])[] = [
  ["vex-cisa-use-cases-case-6-vex", "CVE-2021-44228", "ABC", "2.4", ["affected"]],
  ["vex-cisa-use-cases-case-6-vex", "CVE-2021-44228", "ABC", "3.0", ["affected"]],
  ["vex-cisa-use-cases-case-6-vex", "CVE-2021-44228", "ABC", "2.5", ["not-affected"]],
  ["vex-cisa-use-cases-case-6-vex", "CVE-2021-44228", "ABC", "1.7", ["not-affected"]],
  ["vex-cisa-use-cases-case-6-vex", "CVE-2021-44228", "ABC", "5.0", []],
  ["vex-cisa-use-cases-case-7-vex", "CVE-2021-44228", "product-JKL", "4.7", ["affected"]],
  ["vex-cisa-use-cases-case-7-vex", "CVE-2021-44228", "product-JKL", "5.1", ["fixed"]],
  ["vex-cisa-use-cases-case-7-vex", "CVE-2021-44228", "product-JKL", "4.4", ["not-affected"]],
  ["vex-use-cases-case-8-vex", "CVE-2020-25649", "Acme Product", "2.3.0", ["not-affected"]],
  ["vex-use-cases-case-8-vex", "CVE-2020-25649", "Acme Product", "5.9.0", ["not-affected"]],
  ["vex-use-cases-case-8-vex", "CVE-2020-25649", "Acme Product", "3.5.0", []],
  ["vex-use-cases-case-2-vex", "CVE-2020-25649", "Acme Product", "2.4.0", ["affected"]],
  ["vex-use-cases-case-3-vex", "CVE-2020-25649", "Acme Product", "2.4.0", ["under-investigation"]],
];

test("VEX examples: known answers, read from the documents by hand", examples, async () => {
  for (const [file, id, product, version, states] of answers) {
    const { document } = await example(file);
    const meant = document?.claims.filter(
      ({ vulnerability, product: { name, version: exact, range } }) =>
        vulnerability === id &&
        name === product &&
        (exact === version || (range !== null && rangeHolds(range, version) === true)),
    );
    assert.deepEqual([...new Set(meant?.map(({ state }) => state))], states, `${file} ${product} ${version}`);
  }
});
