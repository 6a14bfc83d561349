import assert from "node:assert/strict";
import { test } from "node:test";
import { advisory, bill, claim, exploitedList, libraryOf, named, part, vouching } from "../../test/kit/documents.ts";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing, settingOf } from "../../test/kit/facts.ts";
import type { KnownDocument } from "../model/document.ts";
import type { Companies, EquipmentKey } from "../model/inventory.ts";
import { documentFindings } from "./document-findings.ts";

const who: Companies = {
  ...companies({
    suppliers: ["DEMO-MAKER", "DEMO-OTHER", "DEMO-CHIPS"],
    products: { "DEMO-AMF": "DEMO-MAKER", "DEMO-UPF": "DEMO-OTHER" },
  }),
  operators: new Map(
    ["DEMO-north", "DEMO-south"].map((id) => [id, { id, name: id, increasedRisk: true, customers: null }]),
  ),
};
const ours = named("DEMO-AMF", "1");

function keyOf(
  product: string,
  release: string | null,
  elements = 1,
  changes: Partial<EquipmentKey> = {},
): EquipmentKey {
  const unknown = {
    inService: null,
    inServiceUnknown: 0,
    releaseSince: null,
    releaseUnknown: 0,
    releaseUnknownFrom: null,
  };
  const base = {
    key: 0,
    operator: "DEMO-north",
    maker: null,
    digest: null,
    functions: "AMF",
    mark: null,
    left: false,
    ...unknown,
  };
  return { ...base, product, release, elements, ...changes };
}

type Said = Parameters<typeof knowing>[0];
function findings(documents: readonly KnownDocument[], keys: readonly EquipmentKey[], said: Said = [], roles = {}) {
  const knowledge = { ...knowing(said, who), library: libraryOf(...documents) };
  const counts = { bills: 0, advisories: 0, exploitedLists: 0, vouched: 0 };
  const present = new Set(documents.map(({ digest }) => digest));
  const own = { library: knowledge.library, counts, present, problems: [] };
  return documentFindings(own, settingOf({ knowledge, roles }), keys);
}
const titles = (...given: Parameters<typeof findings>) =>
  findings(...given).map(({ code, title }) => `${code}: ${title}`);

test("no documents, no findings", () => {
  assert.deepEqual(findings([], [keyOf("DEMO-AMF", "1")]), []);
});

test("by product and release, worst first, with the elements of all operators", () => {
  const documents = [
    advisory("A", [claim("CVE-1", "affected", ours), claim("CVE-2", "under-investigation", named("DEMO-UPF", "7"))]),
    advisory("B", [claim("CVE-3", "affected", named("DEMO-AMF", null)), claim("CVE-4", "fixed", ours)]),
    exploitedList(["CVE-3"]),
  ];
  const keys = [
    keyOf("DEMO-AMF", "1", 5),
    keyOf("DEMO-AMF", "1", 2, { operator: "DEMO-south" }),
    keyOf("DEMO-AMF", null, 4),
    keyOf("DEMO-UPF", "7", 9),
    keyOf("DEMO-UPF", "8", 9),
  ];
  assert.deepEqual(titles(documents, keys), [
    "vulnerability: release `1` of `DEMO-AMF` (7 elements) may be affected by CVE-3 (advisory B, confidence product; on the known-exploited list) and 1 more",
    "vulnerability: `DEMO-AMF` of unknown release (4 elements) may be affected by CVE-3 (advisory B, confidence product; on the known-exploited list) and 1 more",
    "vulnerability: release `7` of `DEMO-UPF` (9 elements) is being looked at for CVE-2 (advisory A, confidence exact)",
  ]);
});

test("where a document speaks of the very release, what it says of the product otherwise is not held against it", () => {
  const product = named("DEMO-AMF", null, { range: "older ones" });
  const both = advisory("A", [claim("CVE-1", "affected", product), claim("CVE-1", "fixed", ours)]);
  assert.deepEqual(findings([both], [keyOf("DEMO-AMF", "1")]), []);
  assert.equal(findings([both], [keyOf("DEMO-AMF", "2")]).length, 1);
});

test("documents that contradict each other are both named, and who vouches for which", () => {
  const [open, fixed] = [
    advisory("A", [claim("CVE-1", "affected", ours)]),
    advisory("B", [claim("CVE-1", "fixed", ours)]),
  ];
  const [finding] = findings([open, fixed], [keyOf("DEMO-AMF", "1")], [vouching(fixed, [person("body", "DEMO-BODY")])]);
  const detail =
    "CVE-1: affected by `evidence/A.json` (unsigned), confidence exact; but fixed by `evidence/B.json` (vouched for)";
  assert.equal(finding?.detail, detail);
  assert.deepEqual(finding?.places, [{ file: "evidence/A.json" }, { file: "evidence/B.json" }]);
});

test("releases beyond thirty are counted", () => {
  const all = Array.from({ length: 33 }, (_, at) => String(at));
  const document = advisory(
    "A",
    all.map((release) => claim("CVE-1", "affected", named("DEMO-AMF", release))),
  );
  const found = titles(
    [document],
    all.map((release, at) => keyOf("DEMO-AMF", release, 100 - at)),
  );
  assert.equal(found.length, 31);
  assert.equal(found.at(-1), "vulnerability: further releases with open vulnerabilities, not listed: 3 (207 elements)");
});

test("a name that one operator's people confirmed counts for that operator's elements alone", () => {
  const alias = sample("alias", { text: "AccessMgr", aliasOf: "product", id: "DEMO-AMF" });
  const document = advisory("A", [claim("CVE-1", "affected", named("AccessMgr", "1"))]);
  const keys = [keyOf("DEMO-AMF", "1", 5), keyOf("DEMO-AMF", "1", 2, { operator: "DEMO-south" })];
  assert.match(titles([document], keys, [[alias, person("operator", "DEMO-south")]])[0] ?? "", /\(2 elements\)/);
  assert.match(
    titles([document], keys, [[alias, person("body", "DEMO-X", { role: "approver" })]])[0] ?? "",
    /\(7 elements\)/,
  );
});

test("parts: who has a role, what several makers have in common, which bills are not complete", () => {
  const chip = part("chip", "DEMO-CHIPS");
  const library = part("zip", null, { purls: ["pkg:generic/zip@1.0"] });
  const documents = [
    bill("A", ours, [chip, library], { completeness: "unknown" }),
    bill("B", named("DEMO-UPF", "7"), [
      part("other chip", "DEMO-CHIPS"),
      { ...library, purls: ["pkg:generic/zip@1.1"] },
    ]),
  ];
  const keys = [keyOf("DEMO-AMF", "1", 5), keyOf("DEMO-UPF", "7", 3), keyOf("DEMO-UPF", "8", 90)];
  const roles = { "uk-designated": [{ supplier: "DEMO-CHIPS", source: "invented" }] };
  assert.deepEqual(titles(documents, keys, [], roles), [
    "parts-by-role: 1 part by makers with the role `uk-designated` in 5 elements: `DEMO-CHIPS`",
    "parts-by-role: 1 part by makers with the role `uk-designated` in 3 elements: `DEMO-CHIPS`",
    "common-part: part `zip` stands in products of 2 makers: `DEMO-MAKER` (5 elements), `DEMO-OTHER` (3 elements)",
    "common-part-maker: parts by `DEMO-CHIPS` stand in products of 2 makers: `DEMO-MAKER` (5 elements), `DEMO-OTHER` (3 elements)",
    "bill-incomplete: bills of materials that do not say that they list all parts: 1",
  ]);
});

test("two bills of one release count its elements once", () => {
  const documents = [
    bill("A", ours, [part("chip", "DEMO-CHIPS")]),
    bill("A2", ours, [part("chip", "DEMO-CHIPS")]),
    bill("B", named("DEMO-UPF", "7"), [part("chip", "DEMO-CHIPS")]),
  ];
  const found = findings(documents, [keyOf("DEMO-AMF", "1", 5), keyOf("DEMO-UPF", "7", 3)]);
  assert.deepEqual(
    found.map(({ code, title }) => `${code}: ${title}`),
    [
      "common-part-maker: parts by `DEMO-CHIPS` stand in products of 2 makers: `DEMO-MAKER` (5 elements), `DEMO-OTHER` (3 elements)",
    ],
  );
  assert.match(found[0]?.detail ?? "", /the same parts: part `chip`$/);
});

test("documents that mean nothing here are counted, by digest they may mean something", () => {
  const digest = "ab".repeat(32);
  const strange = bill("A", named("other", "1", { digests: [digest] }), []);
  assert.match(titles([strange], [keyOf("DEMO-AMF", "1")])[0] ?? "", /^document-unmatched: .*: 1$/);
  assert.deepEqual(titles([strange], [keyOf("DEMO-AMF", "1", 1, { digest })]), []);
  assert.match(titles([advisory("B", [])], [])[0] ?? "", /^document-unmatched/);
  assert.deepEqual(titles([exploitedList([])], []), []);
});
