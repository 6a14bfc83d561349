import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { formatCheckpoint } from "./checkpoint.ts";
import { leafHash } from "./merkle.ts";
import { noteKey, signNote } from "./note.ts";
import { decodeStaged, encodeStaged } from "./staging.ts";
import { formatTlogProof, looksLikeTlogProof, parseTlogProof } from "./tlog-proof.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = {
  ...noteKey("example.com/fancylog", publicKey)!,
  sign: (bytes: Uint8Array) => sign(null, bytes, privateKey),
};
const root = leafHash(Buffer.from("root"));
const checkpoint = Buffer.from(
  signNote(formatCheckpoint({ origin: "example.com/fancylog", size: 109_482, root }), [key]),
);
const path = [leafHash(Buffer.from("a")), leafHash(Buffer.from("b"))];

test("a proof is written as the specification shows it, and read again", () => {
  const text = formatTlogProof({ extra: Buffer.from("extra"), index: 73_894, path, checkpoint });
  const lines = text.split("\n");
  assert.deepEqual(lines.slice(0, 3), ["c2sp.org/tlog-proof@v1", "extra ZXh0cmE=", "index 73894"]);
  assert.deepEqual(lines.slice(5, 9), ["", "example.com/fancylog", "109482", Buffer.from(root).toString("base64")]);
  const read = parseTlogProof(Buffer.from(text))!;
  assert.equal(read.index, 73_894);
  assert.deepEqual(read.path.map(Buffer.from), path.map(Buffer.from));
  assert.deepEqual(Buffer.from(read.extra!), Buffer.from("extra"));
  assert.deepEqual(Buffer.from(read.checkpoint), checkpoint);
  assert.equal(read.head.size, 109_482);
  assert.ok(looksLikeTlogProof(Buffer.from(text)));
  const bare = parseTlogProof(Buffer.from(formatTlogProof({ index: 0, path: [], checkpoint })))!;
  assert.equal(bare.extra, undefined);
  assert.deepEqual(bare.path, []);
});

test("what is no proof is not read", () => {
  const good = formatTlogProof({ extra: Buffer.from("extra"), index: 5, path, checkpoint });
  for (const bad of [
    "",
    good.replace("@v1", "@v2"),
    good.replace("index 5", "index 05"),
    good.replace("index 5", "index -5"),
    good.replace("ZXh0cmE=", "ZXh0cmF="),
    good.replace(Buffer.from(path[0]!).toString("base64"), "AAAA"),
    good.slice(0, good.indexOf("\n\n")),
    good.replace("109482", "x"),
  ])
    assert.equal(parseTlogProof(Buffer.from(bad)), undefined, bad.slice(0, 80));
});

test("staged files come back as they were, and a blob that was cut short is none", () => {
  const files = [
    { path: "tile/0/000.p/1", bytes: Buffer.from("hash") },
    { path: "tile/entries/000.p/1", bytes: Buffer.alloc(0) },
  ];
  const blob = encodeStaged(files);
  assert.deepEqual(
    decodeStaged(blob)?.map(({ path: name, bytes }) => [name, Buffer.from(bytes)]),
    files.map(({ path: name, bytes }) => [name, bytes]),
  );
  for (const length of [1, 5, 10, blob.length - 1]) assert.equal(decodeStaged(blob.subarray(0, length)), undefined);
});
