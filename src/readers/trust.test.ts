import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { stringify } from "yaml";
import { encodingsOf } from "../../test/kit/encodings.ts";
import { fileOf, person } from "../../test/kit/evidence.ts";
import { readTrust } from "./trust.ts";

const { keyid, publicKey } = person("lab", "LAB").key;
const entry = { id: "DEMO-lab", party: "LAB", role: "lab", from: "2026-01-01", publicKey };
const other = { ...entry, id: "DEMO-body", role: "body", publicKey: person("body", "B").key.publicKey };
const read = (...values: readonly unknown[]) =>
  readTrust(values.map((value, index) => fileOf(`trust/${index}.yaml`, stringify(value))));

function fault(changes: Readonly<Record<string, unknown>>): string {
  const { keys, problems } = read({ ...entry, ...changes });
  assert.deepEqual(keys, []);
  assert.equal(problems.length, 1);
  return `${problems[0]?.place.pointer}: ${problems[0]?.message}`;
}

function pemOf(type: "rsa" | "ec" | "x25519", options: object): string {
  const pair =
    type === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 1024 })
      : type === "ec"
        ? generateKeyPairSync("ec", { namedCurve: "secp256k1", ...options })
        : generateKeyPairSync("x25519");
  return pair.publicKey.export({ type: "spki", format: "pem" }).toString();
}

test("one key or many stand in a file; they come sorted with their keyid", () => {
  const { keys, problems } = read({ keys: [entry] }, other);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    keys.map(({ id }) => id),
    ["DEMO-body", "DEMO-lab"],
  );
  assert.deepEqual(keys[1], { ...entry, keyid });
});

test("one key in two encodings is one: neither entry counts, and both files are named", () => {
  const keys = [
    generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey,
    generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey,
  ];
  for (const key of keys) {
    for (const text of encodingsOf(key).slice(1)) {
      const twice = read({ ...entry, publicKey: encodingsOf(key)[0] }, { ...entry, id: "DEMO-two", publicKey: text });
      assert.deepEqual(twice.keys, []);
      assert.deepEqual(
        twice.problems.map(({ place, message }) => [place.file, /`(trust[^`]*)`/.exec(message)?.[1]]),
        [
          ["trust/0.yaml", "trust/1.yaml"],
          ["trust/1.yaml", "trust/0.yaml"],
        ],
      );
    }
  }
});

test("a fault names its field, and only that entry falls out", () => {
  const { keys, problems } = read({ keys: [{ ...entry, role: "king" }, other] });
  assert.deepEqual([keys.length, problems[0]?.place], [1, { file: "trust/0.yaml", pointer: "/keys/0/role", line: 4 }]);
});

test("bad keys and bad days are refused", () => {
  assert.match(fault({ publicKey: "nonsense" }), /^\/publicKey: .*expected a public key as PEM/);
  assert.match(fault({ publicKey: publicKey.replace("MCow", "AAAA") }), /expected a public key as PEM/);
  assert.match(fault({ publicKey: publicKey.replaceAll("PUBLIC", "PRIVATE") }), /expected a public key as PEM/);
  assert.match(fault({ keyid: "0".repeat(64) }), /^\/keyid: .*expected the SHA-256 of the key/);
  assert.match(fault({ from: "2026-02-30" }), /^\/from: .*a day that exists/);
  assert.match(fault({ until: "2025-01-01" }), /^\/until: .*lies before/);
  assert.match(fault({ id: "../up" }), /^\/id: /);
  assert.match(fault({ colour: "green" }), /^\/colour: unknown field/);
});

test("weak and unknown algorithms are refused", () => {
  assert.match(fault({ publicKey: pemOf("rsa", {}) }), /RSA of 1024 bits/);
  assert.match(fault({ publicKey: pemOf("ec", {}) }), /elliptic curve `secp256k1`/);
  assert.match(fault({ publicKey: pemOf("x25519", {}) }), /key type `x25519`/);
});

test("of entries that share an id or a key none counts", () => {
  const sameId = read({ keys: [entry, { ...other, id: entry.id }] });
  assert.deepEqual([sameId.keys, sameId.problems.map(({ code }) => code)], [[], ["duplicate-id", "duplicate-id"]]);
  const sameKey = read(entry, { ...entry, id: "DEMO-two" }, other);
  assert.deepEqual(
    [sameKey.keys.map(({ id }) => id), sameKey.problems.length, sameKey.problems[0]?.place.line],
    [["DEMO-body"], 2, 1],
  );
});

test("a file that is not YAML is a problem", () => {
  const { keys, problems } = readTrust([fileOf("trust/a.yaml", "keys: [")]);
  assert.deepEqual([keys, problems[0]?.code], [[], "not-yaml"]);
});
