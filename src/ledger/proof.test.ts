import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { dataFile, needs } from "../../test/kit/data.ts";
import { consistencyPath, Frontier, type HashReader, inclusionPath, leafHash, nodeHash, rootOf } from "./merkle.ts";
import { provesConsistency, provesInclusion } from "./proof.ts";

const folder = "attestations/merkle-rfc6962";
const decode = (text: unknown) => Buffer.from(String(text), "base64");

function cases(name: string): readonly Readonly<Record<string, unknown>>[] {
  const text = Buffer.from(dataFile(`${folder}/${name}`).bytes).toString("utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const pathOf = (proof: unknown) => (Array.isArray(proof) ? proof.map(decode) : []);

test("published inclusion proofs hold, and their distortions do not", needs(`${folder}/inclusion.jsonl`), () => {
  const all = cases("inclusion.jsonl");
  assert.equal(all.length, 98);
  for (const one of all) {
    const head = { size: Number(one.treeSize), root: decode(one.root) };
    const holds = provesInclusion(Number(one.leafIdx), decode(one.leafHash), pathOf(one.proof), head);
    assert.equal(holds, !one.wantErr, String(one.case));
  }
});

test("published consistency proofs hold, and their distortions do not", needs(`${folder}/consistency.jsonl`), () => {
  const all = cases("consistency.jsonl");
  assert.equal(all.length, 98);
  for (const one of all) {
    const [old, head] = [1, 2].map((n) => ({ size: Number(one[`size${n}`]), root: decode(one[`root${n}`]) }));
    assert.equal(provesConsistency(old!, head!, pathOf(one.proof)), !one.wantErr, String(one.case));
  }
});

/** RFC 6962 word for word: split at the largest power of two below the number of leaves. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 1) return leaves[0]!;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(mth(leaves.slice(0, split)), mth(leaves.slice(split)));
}

const leavesOf = (size: number) => Array.from({ length: size }, (_, at) => leafHash(Buffer.from(`entry ${at}`)));
const readerOf =
  (leaves: readonly Uint8Array[]): HashReader =>
  (level, index) =>
    mth(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));

test("every proof that is made holds, for every entry and every later tree, and for no other", () => {
  const sizes = fc.integer({ min: 1, max: 70 });
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat(), (size, a, b) => {
      const leaves = leavesOf(size);
      const head = { size, root: rootOf(size, readerOf(leaves)) };
      assert.deepEqual(Buffer.from(head.root), Buffer.from(mth(leaves)));
      const index = a % size;
      const path = inclusionPath(index, size, readerOf(leaves));
      assert.ok(provesInclusion(index, leaves[index]!, path, head));
      if (size > 1) assert.ok(!provesInclusion((index + 1) % size, leaves[index]!, path, head));
      const before = 1 + (b % size);
      const old = { size: before, root: mth(leaves.slice(0, before)) };
      const joined = consistencyPath(before, size, readerOf(leaves));
      assert.ok(provesConsistency(old, head, joined));
      const other = { size: before, root: leafHash(Buffer.from("another")) };
      assert.ok(!provesConsistency(other, head, joined));
    }),
    { seed: 6962, numRuns: 300 },
  );
});

test("a growing tree knows its root at every size", () => {
  const leaves = leavesOf(130);
  const tree = new Frontier();
  for (const [at, leaf] of leaves.entries()) {
    tree.add(leaf);
    assert.deepEqual(Buffer.from(tree.root()), Buffer.from(mth(leaves.slice(0, at + 1))));
  }
});
