import assert from "node:assert/strict";
import { test } from "node:test";
import { person, sample } from "../../test/kit/evidence.ts";
import { knowing, packNamed } from "../../test/kit/facts.ts";
import { standingOf } from "./exceptions.ts";

const people = [person("authority", "A"), person("authority", "B")] as const;
const signedAt = "2026-03-01T12:00:00Z";
const rule = packNamed("de-2026").rules.find(({ waivable }) => waivable === "authority")!.id;
const exception = (changes: Readonly<Record<string, unknown>>) =>
  [
    sample("exception", { pack: "de-2026", rules: [rule], until: "2027-03-01", signedAt, ...changes }),
    ...people,
  ] as const;
const states = (...said: readonly ReturnType<typeof exception>[]) =>
  standingOf(knowing(said).exceptions, [{ pack: packNamed("de-2026"), use: "binding" }], "2026-11-20").map(
    ({ state }) => state,
  );

test("of two exceptions signed at one moment under one id neither has effect; a copy of one is that one", () => {
  assert.deepEqual(states(exception({})), ["in-force"]);
  const narrower = { scope: { functions: ["AMF"] } };
  assert.deepEqual(states(exception({}), exception(narrower)), ["not-waivable", "not-waivable"]);
  assert.deepEqual(states(exception({}), exception({ ...narrower, signedAt: "2026-03-01T12:00:01Z" })), [
    "superseded",
    "in-force",
  ]);
});
