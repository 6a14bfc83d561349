import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Hash, leafHash, nodeHash } from "../../ledger/merkle.ts";
import { provesInclusion } from "../../ledger/proof.ts";
import { readCsvLine } from "../../readers/csv-line.ts";
import { linesOf, proveLine, treeOver } from "./lines.ts";

const bytes = (text: string) => Buffer.from(text);
const texts = (pieces: readonly Uint8Array[], csv: boolean) =>
  [...linesOf(pieces, { csv })].map((line) => Buffer.from(line).toString());

function cutAt(text: string, places: readonly number[]): readonly Uint8Array[] {
  const all = bytes(text);
  const cuts = [0, ...places.map((place) => place % (all.length + 1)), all.length].sort((a, b) => a - b);
  return cuts.slice(1).map((end, at) => all.subarray(cuts[at], end));
}

/** RFC 6962 word for word. */
function mth(leaves: readonly Hash[]): Hash {
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(mth(leaves.slice(0, split)), mth(leaves.slice(split)));
}

test("lines come out whole however the bytes are cut; the header of CSV is none, and quotes keep a newline", () => {
  const csv = 'a,b\n1,"x\ny"\n2,"q""\n"\n3,z\n';
  const json = '{"a":"\\""}\n{"b":1}\n';
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 6 }), (places) => {
      assert.deepEqual(texts(cutAt(csv, places), true), ['1,"x\ny"', '2,"q""\n"', "3,z"]);
      assert.deepEqual(texts(cutAt(json, places), false), ['{"a":"\\""}', '{"b":1}']);
    }),
    { seed: 8, numRuns: 300 },
  );
  assert.deepEqual(texts([bytes("last without newline")], false), ["last without newline"]);
  assert.deepEqual(texts([bytes("header\n")], true), []);
});

test("the tree over lines is that of RFC 6962, and every line can be proved by itself", () => {
  for (const count of [1, 2, 3, 5, 8, 13, 64, 100]) {
    const lines = Array.from({ length: count }, (_, at) => `element-${at},admitted`);
    const pieces = [bytes(`element,outcome\n${lines.join("\n")}\n`)];
    const root = mth(lines.map((line) => leafHash(bytes(line))));
    assert.deepEqual(treeOver(pieces, { csv: true }), { lines: count, root: Buffer.from(root).toString("hex") });
    const proofs = proveLine(pieces, () => true, { csv: true });
    assert.equal(proofs.length, count);
    for (const { index, line, path } of proofs) {
      assert.ok(provesInclusion(index, leafHash(line), path, { size: count, root }));
      assert.ok(!provesInclusion(index, leafHash(bytes("forged")), path, { size: count, root }));
    }
  }
  assert.equal(treeOver([], { csv: false }).lines, 0);
});

test("fields of a line of CSV: quotes, commas and newlines in them, empty ones at the end", () => {
  assert.deepEqual(readCsvLine('a,"b,""c""\n",,"",d,'), ["a", 'b,"c"\n', "", "", "d", ""]);
  assert.deepEqual(readCsvLine('"a"'), ["a"]);
  assert.deepEqual(readCsvLine(""), [""]);
  const field = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const line = fields.map((one) => `"${one.replaceAll('"', '""')}"`).join();
      assert.deepEqual(readCsvLine(line), fields);
    }),
    { seed: 8, numRuns: 300 },
  );
});
