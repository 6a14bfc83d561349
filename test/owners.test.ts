/** Owners as their table says them: circles, golden shares and percentages that cannot be, from the file to the verdict. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { belongsTo, ultimateOwner } from "../src/facts/owners.ts";
import type { Day } from "../src/model/day.ts";
import { openWorkspace } from "../src/tasks/workspace.ts";
import { inWorld, shellIn } from "./kit/cases.ts";
import type { World } from "./kit/world.ts";

const asOf = "2026-11-20";
const suppliers = ["DEMO-a", "DEMO-b", "DEMO-c"].map((id) => ({ id, name: id }));
const free = (owned: string, percent = 100) => ({ owner: "free-float", owned, percent });

/** What a table of owners says: its problems, whether `DEMO-a` belongs to `DEMO-b`, and who stands above it. */
async function said(owners: NonNullable<World["tables"]["owners"]>, day: Day = asOf) {
  const config = { name: "DEMO", days: { asOf, knownAt: asOf }, binding: [{ pack: "de-2026" }] };
  const operators = [{ id: "DEMO-north", name: "DEMO Nordnetz" }];
  const elements = [{ id: "DEMO-1", operator: "DEMO-north" }];
  const world: World = { config, tables: { suppliers, owners, operators, elements }, keys: [], signed: [] };
  return inWorld(world, async (root) => {
    const shell = shellIn(root);
    const store = await shell.openStore();
    try {
      const { knowledge, problems } = await openWorkspace(shell, store, {});
      const top = ultimateOwner(knowledge, "DEMO-a", day);
      return {
        problems: problems.map(({ code, place }) => `${code} ${place.file}:${place.line}`),
        belongs: belongsTo(knowledge, "DEMO-a", new Set(["DEMO-b"]), day),
        top: top === "unknown" ? top : top.owner,
      };
    } finally {
      await store.close();
    }
  });
}

test("companies that hold each other are no problem, and decided where less than half is on the circle", async () => {
  const circle = [
    { owner: "DEMO-b", owned: "DEMO-a", percent: 60 },
    { owner: "DEMO-a", owned: "DEMO-b", percent: 10 },
    ...[free("DEMO-a", 40), free("DEMO-b", 90)],
  ];
  assert.deepEqual(await said(circle), { problems: [], belongs: true, top: "DEMO-b" });
});

test("a golden share decides over the majority, on its days", async () => {
  const rows = [
    { owner: "DEMO-b", owned: "DEMO-a", percent: 100 },
    { owner: "A State", owned: "DEMO-a", percent: 0, kind: "control", from: "2026-01-01" },
    free("DEMO-b"),
  ];
  assert.deepEqual(await said(rows), { problems: [], belongs: "unknown", top: "A State" }, "whose is the state?");
  assert.deepEqual(await said(rows, "2025-12-31"), { problems: [], belongs: true, top: "DEMO-b" });
});

test("more than 100 percent in all makes nothing sure; a share that cannot be is told, and not known", async () => {
  const twice = [
    { owner: "DEMO-b", owned: "DEMO-a", percent: 60 },
    { owner: "DEMO-c", owned: "DEMO-a", percent: 60 },
    ...[free("DEMO-b"), free("DEMO-c")],
  ];
  assert.deepEqual(await said(twice), { problems: [], belongs: "unknown", top: "unknown" });
  const odd = [{ owner: "DEMO-b", owned: "DEMO-a", percent: 160 }, free("DEMO-b")];
  assert.deepEqual(await said(odd), { problems: ["wrong-type owners.csv:2"], belongs: "unknown", top: "unknown" });
  const negative = [free("DEMO-a", 100), { owner: "DEMO-b", owned: "DEMO-a", percent: -1 }];
  assert.deepEqual((await said(negative)).problems, ["wrong-type owners.csv:3"]);
});

test("free float cannot decide", async () => {
  const rows = [{ owner: "free-float", owned: "DEMO-a", percent: 100, kind: "control" }];
  const { problems, top } = await said(rows);
  assert.deepEqual([problems, top], [["wrong-shape owners.csv:2"], "unknown"]);
});
