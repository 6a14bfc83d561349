/**
 * Real advisories and the catalogue of known exploited vulnerabilities, with a small inventory whose answers were written
 * down from reading the documents by hand (title, product tree and status of each), not by running this program.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Advisory } from "../src/model/document.ts";
import { readCsaf } from "../src/readers/csaf.ts";
import { readExploited } from "../src/readers/exploited.ts";
import { rangeHolds } from "../src/readers/version-range.ts";
import { dataFile, dataPaths, needs } from "./kit/data.ts";

const advisories = needs("csaf/advisories");
const examples = needs("csaf/examples-2.0");
const catalogue = needs("advisories/cisa-kev.json");

test("the 46 advisories are read without a problem", advisories, async () => {
  const paths = dataPaths("csaf/advisories/*.json");
  assert.equal(paths.length, 46);
  let claims = 0;
  for (const path of paths) {
    const { document, problems } = await readCsaf(dataFile(path));
    assert.deepEqual(problems, [], path);
    assert.equal(document?.publisher, "CISA");
    assert.ok(document.claims.length > 0, path);
    assert.ok(document.claims.every(({ product }) => product.vendor !== null && product.digests.length === 0));
    claims += document.claims.length;
  }
  assert.equal(claims, 585);
});

test("of the 27 examples of the standard, 19 are advisories and 8 are other things", examples, async () => {
  const paths = dataPaths("csaf/examples-2.0/**/*.json");
  assert.equal(paths.length, 27);
  const others: string[] = [];
  for (const path of paths) {
    const { document, problems } = await readCsaf(dataFile(path));
    if (document) assert.deepEqual(problems, [], path);
    else {
      assert.equal(problems[0]?.message, "expected CSAF 2.0 or 2.1, got no version");
      others.push(path.slice("csaf/examples-2.0/".length));
    }
  }
  assert.deepEqual(others, [
    "ROLIE/example-01-category.json",
    "ROLIE/example-01-feed-tlp-white.json",
    "ROLIE/example-01-service.json",
    "ROLIE/example-02-service.json",
    "aggregator/example-01-aggregator.json",
    "aggregator/example-02-aggregator.json",
    "aggregator/example-03-aggregator.json",
    "provider-metadata/example-01-provider-metadata.json",
  ]);
});

type Answer = "affected" | "fixed" | "not-affected" | "outside" | "unknown";
type Row = readonly [file: string, vulnerability: string, product: string, version: string, answer: Answer];

/** The inventory: what the document says of a product's version, as a person reads it. */
const inventory: readonly Row[] = [
  // Nokia AirScale system module: two exact versions, the second one not for CVE-2022-2484.
  ["advisories/icsa-22-307-02", "CVE-2022-2482", "ASIK AirScale 5G Common System Module", "474021A.101", "affected"],
  ["advisories/icsa-22-307-02", "CVE-2022-2484", "ASIK AirScale 5G Common System Module", "474021A.101", "affected"],
  ["advisories/icsa-22-307-02", "CVE-2022-2484", "ASIK AirScale 5G Common System Module", "474021A.102", "outside"],
  ["advisories/icsa-22-307-02", "CVE-2022-2482", "ASIK AirScale 5G Common System Module", "474021A.103", "outside"],
  // Airspan: below a version.
  ["advisories/icsa-22-034-02", "CVE-2022-21196", "MMP", "1.0.2", "affected"],
  ["advisories/icsa-22-034-02", "CVE-2022-21196", "MMP", "1.0.3", "outside"],
  ["advisories/icsa-22-034-02", "CVE-2022-0138", "PTP C-series", "2.8.6", "affected"],
  ["advisories/icsa-22-034-02", "CVE-2022-0138", "PTP C-series", "2.10.0", "outside"],
  // Baicells eNodeB: a word before the version; without that word nobody can tell.
  ["advisories/icsa-23-061-02", "CVE-2023-0776", "Nova 436Q", "QRTB_2.12.7", "affected"],
  ["advisories/icsa-23-061-02", "CVE-2023-0776", "Nova 436Q", "QRTB_2.11.9", "affected"],
  ["advisories/icsa-23-061-02", "CVE-2023-0776", "Nova 436Q", "QRTB_2.12.8", "outside"],
  ["advisories/icsa-23-061-02", "CVE-2023-0776", "Nova 436Q", "2.12.7", "unknown"],
  ["advisories/icsa-23-033-03", "CVE-2023-24508", "Nova 227", "RTS/RTD_3.6.6", "affected"],
  // Sierra Wireless: two lines of versions under one name, so that the wider range decides.
  ["advisories/icsa-23-341-06", "CVE-2023-40458", "AirLink ALEOS firmware", "4.9.8", "affected"],
  ["advisories/icsa-23-341-06", "CVE-2023-40458", "AirLink ALEOS firmware", "4.16.0", "affected"],
  ["advisories/icsa-23-341-06", "CVE-2023-40458", "AirLink ALEOS firmware", "4.17.0", "outside"],
  // Teltonika: spans with leading zeros, another one for each vulnerability.
  ["advisories/icsa-23-131-08", "CVE-2023-32349", "RUT model routers", "00.07.03.4", "affected"],
  ["advisories/icsa-23-131-08", "CVE-2023-32349", "RUT model routers", "00.07.04", "outside"],
  ["advisories/icsa-23-131-08", "CVE-2023-32349", "RUT model routers", "00.06.09", "outside"],
  ["advisories/icsa-23-131-08", "CVE-2023-32350", "RUT model routers", "00.07.03.4", "unknown"],
  ["advisories/icsa-23-131-08", "CVE-2023-2586", "Remote Management System (RMS)", "4.13.9", "affected"],
  ["advisories/icsa-23-131-08", "CVE-2023-2587", "Remote Management System (RMS)", "4.13.9", "outside"],
  // Cradlepoint: the hash at the end has no order.
  ["advisories/icsa-22-321-02", "CVE-2022-3086", "Cradlepoint IBR600 NetCloud OS (NCOS)", "6.4.9.aaaaaa", "affected"],
  ["advisories/icsa-22-321-02", "CVE-2022-3086", "Cradlepoint IBR600 NetCloud OS (NCOS)", "7.0.10", "outside"],
  ["advisories/icsa-22-321-02", "CVE-2022-3086", "Cradlepoint IBR600 NetCloud OS (NCOS)", "6.5.0.1aaaaaa", "unknown"],
  // Westermo and Hirschmann: one version; a word before a version; a range without an end.
  ["advisories/icsa-24-172-03", "CVE-2024-37183", "L210-F2G Lynx", "4.21.0", "affected"],
  ["advisories/icsa-24-172-03", "CVE-2024-37183", "L210-F2G Lynx", "4.21.1", "outside"],
  ["advisories/icsa-17-236-01", "CVE-2017-12703", "MRD-305-DIN", "1.7.5.0", "outside"],
  ["advisories/icsa-17-236-01", "CVE-2017-12703", "MRD-305-DIN", "1.7.6.0", "affected"],
  ["advisories/icsa-20-091-01", "CVE-2020-6994", "EAGLE20/30", "03.2.00", "affected"],
  // Siemens: all versions in two spellings, below a version, a list of versions.
  ["advisories/icsa-17-087-01", "CVE-2017-2686", "RUGGEDCOM ROX I", "V1.16.1", "affected"],
  ["advisories/icsa-18-165-01", "CVE-2018-4833", "SCALANCE X414", "V3.10", "affected"],
  ["advisories/icsa-17-332-01", "CVE-2017-14491", "RUGGEDCOM RM1224", "V4.3", "affected"],
  ["advisories/icsa-17-332-01", "CVE-2017-14491", "RUGGEDCOM RM1224", "V5.0", "outside"],
  ["advisories/icsa-17-332-01", "CVE-2017-14491", "SCALANCE W1750D", "V6.5.1.4", "affected"],
  ["advisories/icsa-18-165-01", "CVE-2018-4833", "RUGGEDCOM Win", "V5.0", "affected"],
  ["advisories/icsa-18-165-01", "CVE-2018-4833", "RUGGEDCOM Win", "V5.2", "outside"],
  // Cisco: the service pack is the version; the train above it names none.
  ["examples-2.0/cisco-sa-20180328-smi2", "CVE-2018-0171", "IOS", "12.2(55)SE3", "affected"],
  ["examples-2.0/cisco-sa-20180328-smi2", "CVE-2018-0171", "IOS", "12.2SE", "outside"],
  ["examples-2.0/cisco-sa-20180328-smi2", "CVE-2018-0171", "IOS", "15.9(3)M", "outside"],
  // The federal office's advisory: versions before the release candidate that mends them.
  ["examples-2.0/bsi-2022-0001", "CVE-2022-27193", "CVRF-CSAF-Converter", "1.0.0-rc1", "affected"],
  ["examples-2.0/bsi-2022-0001", "CVE-2022-27193", "CVRF-CSAF-Converter", "1.0.0-rc2", "fixed"],
  ["examples-2.0/bsi-2022-0001", "CVE-2022-27193", "CVRF-CSAF-Converter", "1.0.0", "outside"],
  // VEX.
  ["examples-2.0/csaf_vex/sec-vex-2022-0001", "CVE-2021-44228", "Secvisogram", "1.13.0", "not-affected"],
  ["examples-2.0/csaf_vex/sec-vex-2022-0001", "CVE-2021-44228", "Secvisogram", "1.15.0", "outside"],
  ["examples-2.0/csaf_vex/2022-evd-uc-07-001", "CVE-2021-44228", "ABC", "3.0", "affected"],
  ["examples-2.0/csaf_vex/2022-evd-uc-07-001", "CVE-2021-44228", "ABC", "2.5", "not-affected"],
  ["examples-2.0/csaf_vex/2022-evd-uc-07-001", "CVE-2021-44228", "JKL", "5.1", "fixed"],
  ["examples-2.0/csaf_vex/2022-evd-uc-07-001", "CVE-2021-44228", "JKL", "5.2", "outside"],
];

/** The state of the claims that mean a version; `unknown`: none does for sure, but one cannot be told. */
function answerOf({ claims }: Advisory, [, id, name, version]: Row): string {
  const asked = claims.filter(({ vulnerability, product }) => vulnerability === id && product.name === name);
  assert.notEqual(asked.length, 0, `${id} ${name}`);
  const holds = asked.map(({ state, product }) => ({
    state,
    holds: product.range === null ? product.version === version : rangeHolds(product.range, version),
  }));
  const states = new Set(holds.flatMap((one) => (one.holds === true ? [one.state] : [])));
  if (states.size > 0) return [...states].join(" and ");
  return holds.some((one) => one.holds === "unknown") ? "unknown" : "outside";
}

test("known answers for a small inventory", { ...advisories, ...examples }, async () => {
  for (const [file, rows] of Map.groupBy(inventory, ([name]) => name)) {
    const { document } = await readCsaf(dataFile(`csaf/${file}.json`));
    assert.ok(document, file);
    for (const row of rows) assert.equal(answerOf(document, row), row[4], row.join(" "));
  }
});

/** Ranges of the real documents to which the answer is always that nobody can tell, by reason. */
const unclear: Readonly<Record<string, readonly string[]>> = {
  "a month is no version": ["<  january 2020"],
  "words that could narrow it": ["< 2.1.0 (Windows and Linux)", "V4.7: < V4.7 HF27"],
  "several words, or a model, before the version": [
    "< IR302 3.5.56",
    "< InRouter6XX-S-V2.3.0.r5542",
    "< SIMATIC WinAC RTX 2010 SP3",
  ],
  "a model where the version should stand": [
    "DH-HCVR4XXX, and",
    "DH-IPC-HDBW13A0SN,",
    "DH-IPC-HDBW23A0RN-ZS,",
    "DH-IPC-HDW1XXX,",
    "DH-IPC-HDW2XXX,",
    "DH-IPC-HDW4XXX,",
    "DH-IPC-HFW1XXX,",
    "DH-IPC-HFW2XXX,",
    "DH-IPC-HFW4XXX,",
    "DH-NVR1XXX,",
    "DH-SD6CXX,",
    "DHI-HCVR51A04HE-S3,",
    "DHI-HCVR51A08HE-S3, and",
  ],
};

test("of 148 ranges of the real documents, all but those listed are understood", {
  ...advisories,
  ...examples,
}, async () => {
  const ranges = new Set<string>();
  for (const path of dataPaths("csaf/{advisories,examples-2.0}/**/*.json")) {
    const { document } = await readCsaf(dataFile(path));
    for (const { product } of document?.claims ?? []) if (product.range !== null) ranges.add(product.range);
  }
  const words = ["", "V", "ROS V", "HiOS ", "QRTB_", "RTS/RTD_"];
  const versions = words.flatMap((word) => ["0.0.0.1", "00.0.1", "00.00.01", "99999"].map((version) => word + version));
  const understood = (range: string) => versions.some((version) => rangeHolds(range, version) !== "unknown");
  assert.equal(ranges.size, 148);
  assert.deepEqual([...ranges].filter((range) => !understood(range)).sort(), Object.values(unclear).flat().sort());
});

test("the catalogue of known exploited vulnerabilities", catalogue, async () => {
  const { document, problems } = await readExploited(dataFile("advisories/cisa-kev.json"));
  assert.deepEqual(problems, []);
  assert.deepEqual([document?.version, document?.released], ["2025.08.25", "2025-08-25"]);
  assert.equal(document?.vulnerabilities.length, 1404);
  const entry = (id: string) => document?.vulnerabilities.find((one) => one.id === id);
  assert.deepEqual(entry("CVE-2018-0171"), { id: "CVE-2018-0171", added: "2021-11-03", due: "2022-05-03" });
  assert.deepEqual(entry("CVE-2021-44228"), { id: "CVE-2021-44228", added: "2021-12-10", due: "2021-12-24" });
  assert.equal(entry("CVE-2022-2482"), undefined);
});

test("which advisories speak of a vulnerability that is exploited", {
  ...advisories,
  ...examples,
  ...catalogue,
}, async () => {
  const { document: list } = await readExploited(dataFile("advisories/cisa-kev.json"));
  const exploited = new Set(list?.vulnerabilities.map(({ id }) => id));
  const found = new Map<string, number>();
  for (const path of dataPaths("csaf/{advisories,examples-2.0}/**/*.json")) {
    const { document } = await readCsaf(dataFile(path));
    for (const id of new Set(document?.claims.map(({ vulnerability }) => vulnerability))) {
      if (exploited.has(id)) found.set(id, (found.get(id) ?? 0) + 1);
    }
  }
  assert.deepEqual([...found].sort(), [
    ["CVE-2018-0171", 1],
    ["CVE-2020-11899", 2],
    ["CVE-2021-44228", 11],
    ["CVE-2021-45046", 1],
  ]);
});
