import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCpe } from "./cpe.ts";

test("reads formatted strings and URIs, escapes included", () => {
  assert.deepEqual(parseCpe("cpe:2.3:o:demo_maker:router_os:21.3:*:*:*:*:*:*:*"), {
    part: "o",
    vendor: "demo_maker",
    product: "router_os",
    version: "21.3",
    narrowed: false,
  });
  assert.equal(parseCpe("cpe:2.3:o:demo:os:21.3:sp1:*:*:*:*:*:*")?.narrowed, true);
  assert.deepEqual(parseCpe("CPE:2.3:h:demo:box\\:nine\\.1:-:*:*:*:*:*:*:*"), {
    part: "h",
    vendor: "demo",
    product: "box:nine.1",
    version: null,
    narrowed: false,
  });
  assert.equal(parseCpe("cpe:/a:demo:core%2fplane:3.0")?.product, "core/plane");
});

test("a name without version may be cut short", () => {
  assert.deepEqual(parseCpe("cpe:2.3:o:demo:os"), {
    part: "o",
    vendor: "demo",
    product: "os",
    version: null,
    narrowed: false,
  });
});

test("what is no CPE, or names nothing, is none", () => {
  for (const text of [
    "",
    "router",
    "cpe:2.3:x:a:b",
    "cpe:2.3:o:*:b",
    "cpe:2.3:o:a:-",
    "cpe:/o:a",
    `cpe:2.3:o:a:${"b".repeat(2_000)}`,
  ]) {
    assert.equal(parseCpe(text), undefined, text);
  }
});
