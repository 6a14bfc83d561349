import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { libraryOf, named } from "../../test/kit/documents.ts";
import { person, sample } from "../../test/kit/evidence.ts";
import { companies, knowing } from "../../test/kit/facts.ts";
import type { Named } from "../model/document.ts";
import type { Companies } from "../model/inventory.ts";
import { confidences, type Deployed, releaseMatcher } from "./release-match.ts";

const day = "2026-11-20";
const { grammar } = libraryOf();
const product = { id: "DEMO-AMF", supplier: "DEMO-MAKER", name: "Access Manager" };
const cpe = "cpe:2.3:a:demo:access_manager:*:*:*:*:*:*:*:*";
const purl = "pkg:generic/demo/access-manager";
const who: Companies = { ...companies(), products: new Map([["DEMO-AMF", { ...product, cpe, purl }]]) };
const approver = person("approver", "DEMO-north");

const aliases = [
  [sample("alias", { text: "AccessMgr", aliasOf: "product", id: "DEMO-AMF" }), approver],
  [sample("alias", { text: "Demo Networks", aliasOf: "supplier", id: "DEMO-MAKER" }), approver],
  [sample("alias", { text: "V21-3", aliasOf: "release", id: "21.3", product: "DEMO-AMF" }), approver],
  [
    sample("alias", { text: "old", aliasOf: "release", id: "21.3", product: "DEMO-AMF", until: "2026-06-30" }),
    approver,
  ],
] as const;
const { mention, confidence } = releaseMatcher(knowing(aliases, who), grammar, day);

const running: Deployed = { product: "DEMO-AMF", release: "21.3", digest: null };
const sure = (document: Named, deployed: Partial<Deployed> = {}) =>
  confidence(mention(document), { ...running, ...deployed });

test("a product is meant by its id, its CPE name or package URL, or a signed alias; never by likeness", () => {
  const meant = (document: Named) => mention(document).products;
  assert.deepEqual(meant(named("DEMO-AMF", null)), ["DEMO-AMF"]);
  assert.deepEqual(meant(named("AccessMgr", null)), ["DEMO-AMF"]);
  assert.deepEqual(meant(named("x", null, { cpes: ["cpe:/a:demo:access_manager:21.3"] })), ["DEMO-AMF"]);
  assert.deepEqual(meant(named("x", null, { purls: ["pkg:generic/demo/access-manager@21.3?arch=x"] })), ["DEMO-AMF"]);
  for (const name of ["demo-amf", "Access Manager", "DEMO-AMF 21.3", "DEMO-MAKER", "Demo Networks"])
    assert.deepEqual(meant(named(name, "21.3", { vendor: "Demo Networks" })), [], name);
  assert.deepEqual(meant(named("x", null, { cpes: ["cpe:/o:demo:access_manager"], purls: ["no purl", "pkg:%"] })), []);
});

test("an id that another maker uses for its own product is not ours", () => {
  assert.deepEqual(mention(named("DEMO-AMF", null, { vendor: "DEMO-OTHER" })).products, []);
  assert.deepEqual(mention(named("DEMO-AMF", null, { vendor: "DEMO-MAKER" })).products, ["DEMO-AMF"]);
  assert.deepEqual(mention(named("DEMO-AMF", null, { vendor: "somebody" })).products, ["DEMO-AMF"]);
});

test("digest before exact version before range before product", () => {
  assert.equal(sure(named("DEMO-AMF", "21.3")), "exact");
  assert.equal(sure(named("DEMO-AMF", "21.4")), "none");
  assert.equal(sure(named("DEMO-AMF", null, { range: "<22" })), "range");
  assert.equal(sure(named("DEMO-AMF", null, { range: "<21" })), "none");
  assert.equal(sure(named("DEMO-AMF", null, { range: "older ones" })), "product");
  assert.equal(sure(named("DEMO-AMF", null)), "product");
  assert.equal(sure(named("x", null, { cpes: ["cpe:/a:demo:access_manager:21.3"] })), "exact");
  assert.equal(sure(named("DEMO-SMF", "21.3")), "none");
  assert.equal(sure(named("DEMO-AMF", "21.3"), { release: null }), "product");
  assert.equal(sure(named("DEMO-AMF", "21.3"), { product: null }), "none");
});

test("an equal digest is enough, and two that differ leave it at the product", () => {
  const digest = "ab".repeat(32);
  const document = named("x", null, { digests: [digest] });
  assert.equal(sure(document, { product: null, release: null, digest: digest.toUpperCase() }), "exact");
  assert.equal(sure(document, { digest: "cd".repeat(32) }), "none");
  assert.equal(sure({ ...document, name: "DEMO-AMF", version: "21.3" }, { digest: "cd".repeat(32) }), "product");
  assert.equal(sure({ ...document, name: "DEMO-AMF", version: "21.3" }), "exact");
});

test("a signed alias of the version counts on its days, for its product", () => {
  assert.equal(sure(named("DEMO-AMF", "V21-3")), "exact");
  assert.equal(sure(named("DEMO-AMF", "21.3"), { release: "V21-3" }), "exact");
  assert.equal(sure(named("DEMO-AMF", null, { range: "<22" }), { release: "V21-3" }), "product");
  assert.equal(sure(named("DEMO-AMF", "old")), "product", "nobody knows what that is");
  assert.equal(sure(named("DEMO-AMF", "21.4")), "none");
});

test("to say less never makes a match surer", () => {
  const text = fc.constantFrom("DEMO-AMF", "AccessMgr", "other", "21.3", "V21-3", "22");
  const maybe = fc.option(text);
  const any = fc.record({
    ...{ name: text, vendor: fc.constant(null), version: maybe },
    range: fc.option(fc.constantFrom("<22", "<21", "older ones")),
    cpes: fc.subarray([cpe, "cpe:/a:demo:access_manager:21.3"]),
    purls: fc.subarray([purl]),
    digests: fc.constant([]),
  });
  const place = (document: Named, deployed: Deployed) => confidences.indexOf(confidence(mention(document), deployed));
  fc.assert(
    fc.property(any, maybe, (document, release) => {
      const known = place(document, { ...running, release });
      assert.ok(place(document, { ...running, release: null }) >= Math.min(known, confidences.indexOf("product")));
      assert.equal(place({ ...document, name: "other", cpes: [], purls: [] }, { ...running, release }), 3);
    }),
    { seed: 20261120, numRuns: 300 },
  );
});

test("14 E: lists, families, ranges and other spellings of a version may mean the release, and are never passed over", () => {
  const texts = [
    "21.x",
    "21.*",
    "21.3 | 21.4",
    "21.3 and below",
    "V21.3",
    "21.3 ",
    "21.3.0",
    "21.03",
    "21.3-rc1",
    "21.3 SP1",
  ];
  for (const text of [...texts, "all versions", "8.0.x", "19.1 | 20", "latest", "21.3-21.5", "21.3+", "21"]) {
    assert.equal(sure(named("DEMO-AMF", text)), "product", text);
  }
  for (const release of ["V21.3", " 21.3", "21.3.0", "21.3.2", "21.3-hf1"]) {
    assert.equal(sure(named("DEMO-AMF", "21.3"), { release }), "product", release);
  }
  for (const [text, release, answer] of [
    ["474021A.101", "474021A.103", "none"],
    ["12.2(55)SE", "12.2(33)SE", "none"],
    ["474021A.101", "474021B.101", "product"],
    ["474021A.1", "474021A.01", "product"],
    ["21.3/21.4", "21.3/21.5", "product"],
    ["21.3-21.5", "21.3-21.6", "product"],
    ["21.3 | 21.4", "21.4 | 21.5", "product"],
  ] as const) {
    assert.equal(sure(named("DEMO-AMF", text), { release }), answer, `${text} ${release}`);
  }
  for (const text of ["21.4", "V20.3", "22", "21.2 SP3"]) assert.equal(sure(named("DEMO-AMF", text)), "none", text);
});

test("14 E: wildcards of a CPE, and its attributes after the version, leave it at the product", () => {
  const of = (text: string) => sure(named("other", null, { cpes: [text] }));
  const name = cpe.replace("cpe:2.3:a:", "").split(":").slice(0, 2).join(":");
  assert.equal(of(`cpe:2.3:a:${name}:21.3:*:*:*:*:*:*:*`), "exact");
  for (const rest of ["21.*", "21.?", "21.3:sp1", "21.3:*:lite", "21.3:*:*:*:*:linux", "*"]) {
    assert.equal(of(`cpe:2.3:a:${name}:${rest}`), "product", rest);
  }
  const [vendor, product] = name.split(":") as [string, string];
  assert.equal(of(`cpe:2.3:a:${vendor}:${product.slice(0, 3)}*:21.3`), "product");
  assert.equal(of(`cpe:2.3:a:${vendor}:${product.slice(0, 3)}*:20.1`), "none");
  assert.equal(of(`cpe:/a:${name}:21%02`), "product");
  assert.equal(of(`cpe:2.3:a:${name}:20.1:sp1`), "none");
});

test("14 E: whatever text stands for a version, it is the release only if it is the same text", () => {
  const unit = fc.constantFrom(..."0123456789...vVx*| -+~_,<>=abrcSP".split(""));
  fc.assert(
    fc.property(fc.string({ unit, minLength: 1, maxLength: 12 }), (text) => {
      const found = sure(named("DEMO-AMF", text));
      assert.equal(found === "exact", text === "21.3");
      const [first] = /[0-9]+/.exec(text) ?? [];
      if (found === "none") assert.ok(first !== undefined && !/[x*|,<>=+~]/.test(text), text);
    }),
    { numRuns: 2_000 },
  );
});
