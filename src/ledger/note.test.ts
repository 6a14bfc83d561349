import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import {
  formatVerifierKey,
  type NoteSigner,
  noteKey,
  parseNote,
  parseVerifierKey,
  signNote,
  verifyNote,
} from "./note.ts";

// The example of C2SP signed-note.
const vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const note =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

function signer(name: string): NoteSigner {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  return { ...noteKey(name, publicKey)!, sign: (bytes) => sign(null, bytes, privateKey) };
}

test("the specification's example verifies, and comes out as it went in", () => {
  const key = parseVerifierKey(vkey)!;
  assert.equal(formatVerifierKey(key), vkey);
  const read = parseNote(Buffer.from(note))!;
  assert.equal(read.text, "This is an example message.\n");
  assert.deepEqual(verifyNote(read, [key]), [key]);
});

test("every flipped bit of a note is seen: it cannot be read, does not verify, or is by nobody known", () => {
  const key = parseVerifierKey(vkey)!;
  const bytes = Buffer.from(note);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    const read = parseNote(flipped);
    const holding = read && verifyNote(read, [key]);
    assert.ok(!holding || holding.length === 0, `bit ${bit}`);
  }
});

test("every flipped bit of a verifier key is seen", () => {
  const bytes = Buffer.from(vkey);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    assert.equal(parseVerifierKey(flipped.toString("latin1")), undefined, `bit ${bit}`);
  }
});

test("unknown signatures are passed over, a false one of a known key spoils the note", () => {
  const [one, two, stranger] = [signer("log.example/a"), signer("witness.example"), signer("log.example/a")];
  const read = parseNote(Buffer.from(signNote("text\n", [one!, two!, stranger!])))!;
  assert.deepEqual(verifyNote(read, [one!]), [one]);
  assert.deepEqual(verifyNote(read, [signer("log.example/a")]), []);
  const forged = { ...read, text: "other text\n" };
  assert.equal(verifyNote(forged, [one!]), undefined);
});

test("a text may hold empty lines; what is no note is not read", () => {
  const key = signer("log.example");
  const text = "first\n\nsecond\n";
  assert.equal(parseNote(Buffer.from(signNote(text, [key])))!.text, text);
  for (const bad of [
    "",
    "\n",
    "text\n",
    "text\n\n",
    "text\n\nno signature\n",
    "text\n\n— name AAA\n",
    "a\tb\n\n— name AAAAAAAA\n",
  ])
    assert.equal(parseNote(Buffer.from(bad)), undefined, JSON.stringify(bad));
  assert.equal(parseNote(Buffer.concat([Buffer.from([0xff]), Buffer.from(signNote(text, [key]))])), undefined);
  assert.throws(() => signNote("no newline", [key]));
  const { publicKey } = generateKeyPairSync("ed25519");
  for (const name of ["", "with space", "with+plus", "with\u00a0space"])
    assert.equal(noteKey(name, publicKey), undefined);
});

// The example of C2SP tlog-checkpoint, with a signature of our own below it.
test("a checkpoint is origin, size and root; anything else is none", () => {
  const key = signer("example.com/behind-the-sofa");
  const root = Buffer.from("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", "base64");
  const text = formatCheckpoint({ origin: "example.com/behind-the-sofa", size: 20852163, root });
  assert.equal(text, "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
  const read = (body: string) => parseCheckpoint(Buffer.from(signNote(body, [key])))?.checkpoint;
  assert.deepEqual(read(text), { origin: "example.com/behind-the-sofa", size: 20852163, root: new Uint8Array(root) });
  assert.equal(read(`${text}extension\n`)?.size, 20852163);
  for (const bad of [
    text.replace("20852163", "020852163"),
    text.replace("20852163", "-1"),
    text.replace("20852163", "99999999999999999"),
    text.replace("CsUY", "CsU"),
    text.replace("xq2I=", "xq2J="),
    `${text}\n`,
    "origin\n1\n",
  ])
    assert.equal(read(bad), undefined, bad);
});
