/** The published conformance tests of CSAF 2.0 (section 6), against our reader and against the library below it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as informative from "@secvisogram/csaf-validator-lib/informativeTests.js";
import * as mandatory from "@secvisogram/csaf-validator-lib/mandatoryTests.js";
import * as optional from "@secvisogram/csaf-validator-lib/optionalTests.js";
import { readCsaf } from "../src/readers/csaf.ts";
import { testId } from "../src/readers/csaf-tests.ts";
import { dataFile, dataPaths, needs } from "./kit/data.ts";

interface Case {
  readonly id: string;
  readonly group: "mandatory" | "optional" | "informative";
  readonly failures?: readonly { readonly name: string; readonly valid: boolean }[];
  readonly valid?: readonly { readonly name: string; readonly valid: boolean }[];
}

const folder = "csaf/validator-tests-2.0";
const present = needs(folder);
const jsonOf = (path: string) => JSON.parse(new TextDecoder().decode(dataFile(path).bytes));
const cases = (): readonly Case[] => jsonOf(`${folder}/testcases.json`).tests;
/** `6.1.26 04`: test and number of the document, as the file names have them. */
const shortName = (id: string, name: string) => `${id} ${/-([0-9]+)\.json$/.exec(name)?.[1]}`;

/** The reader against `valid` of each document, that is schema and mandatory tests. */
const readerDiffers: Readonly<Record<string, string>> = {
  "6.2.8 02": "the file has two md5 hashes of one file, which test 6.1.25 forbids, and is still called valid",
  "6.2.9 02": "the file has two sha1 hashes of one file, which test 6.1.25 forbids, and is still called valid",
};

/** The library's own test against the outcome that the test's list wants. */
const libraryDiffers: Readonly<Record<string, string>> = {
  "6.1.26 04": "compares with the names of profiles only, not with their values; our reader closes it",
};

/** Tests of the library that no test of ours may run. Their documents still go through the reader above. */
const notRun: Readonly<Record<string, string>> = {
  "6.3.6": "asks the network whether an address answers",
  "6.3.7": "asks the network whether an address answers",
  "6.3.8": "starts the program hunspell, which need not be there",
};

test("74 tests, 145 documents that fail one and 94 that do not; no document is left out", present, () => {
  const all = cases();
  assert.equal(all.length, 74);
  assert.equal(all.flatMap(({ failures = [] }) => failures).length, 145);
  assert.equal(all.flatMap(({ valid = [] }) => valid).length, 94);
  const named = new Set(
    all.flatMap(({ failures = [], valid = [] }) => [...failures, ...valid].map(({ name }) => name)),
  );
  const files = dataPaths(`${folder}/{mandatory,optional,informative}/*.json`).map((path) =>
    path.slice(folder.length + 1),
  );
  assert.deepEqual(
    files.filter((file) => !named.has(file)),
    [],
  );
});

test(
  "the reader accepts what schema and mandatory tests accept, and names the test that refuses",
  present,
  async () => {
    const differs: string[] = [];
    for (const { id, failures = [], valid = [] } of cases()) {
      for (const { name, valid: wanted } of [...failures, ...valid]) {
        const { document, problems } = await readCsaf(dataFile(`${folder}/${name}`));
        if ((document !== undefined) !== wanted) differs.push(shortName(id, name));
        // Test 6.1.8 is the schema of the CVSS scores, which the whole schema holds already.
        const title = id === "6.1.8" ? "the schema" : `test ${id}`;
        if (!wanted)
          assert.ok(
            problems.some(({ message }) => message.startsWith(`CSAF 2.0, ${title}: `)),
            name,
          );
        assert.ok(
          problems.every(({ code }) => code === "wrong-shape" || code === "cycle"),
          name,
        );
      }
    }
    assert.deepEqual(differs, Object.keys(readerDiffers));
  },
);

test(
  "the library finds what each other of the 74 tests wants, optional and informative ones too",
  present,
  async () => {
    const tests = new Map(
      [mandatory, optional, informative].flatMap((group) =>
        Object.entries(group).map(([name, one]) => [testId(name), one] as const),
      ),
    );
    const differs: string[] = [];
    const without: string[] = [];
    for (const { id, failures = [], valid = [] } of cases()) {
      const run = tests.get(id);
      assert.ok(run, `the library has no test ${id}`);
      if (id in notRun) {
        without.push(id);
        continue;
      }
      for (const [documents, wanted] of [[failures, true] as const, [valid, false] as const]) {
        for (const { name } of documents) {
          const { isValid, errors = [], warnings = [], infos = [] } = await run(jsonOf(`${folder}/${name}`));
          const finds = isValid === false || errors.length + warnings.length + infos.length > 0;
          if (finds !== wanted) differs.push(shortName(id, name));
        }
      }
    }
    assert.deepEqual(differs, Object.keys(libraryDiffers));
    assert.deepEqual(without, Object.keys(notRun));
  },
);
