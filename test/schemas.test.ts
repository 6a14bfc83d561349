import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { publishedSchemas } from "../scripts/schemas.ts";

const folder = join(import.meta.dirname, "..", "schemas");

test("the published schemas are the ones the program checks with (else: node scripts/schemas.ts)", () => {
  const published = publishedSchemas();
  const names = globSync("**/*.schema.json", { cwd: folder });
  assert.deepEqual(names.sort(), [...published.keys()].sort());
  for (const [path, text] of published) assert.equal(readFileSync(join(folder, path), "utf8"), text, path);
});
