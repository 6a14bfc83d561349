/** What an originator makes of a posture that was handed in: how old it is, which lists it means, whether it contradicts itself. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { decideClass } from "../src/disclosure/decide.ts";
import type { KnownPosture } from "../src/disclosure/facts.ts";
import { signStatement } from "../src/evidence/encode.ts";
import type { PosturePredicate } from "../src/model/statement.ts";
import { openSigner } from "../src/storage/keys.ts";
import { askedOf } from "../src/tasks/disclosure/desk.ts";
import { knownWorld, misfitsOf, postureOfWorld } from "./kit/posture.ts";
import { runIn } from "./kit/run.ts";
import {
  agencyIn,
  Clock,
  indicator,
  keysIn,
  marked,
  marking,
  ok,
  type Server,
  serverOn,
  stage,
  tlp,
  warnings,
} from "./kit/sharing.ts";

const { folder, end } = stage();
const clock = new Clock("2026-11-20T08:00:00Z", 1);
const mark = marking(900, { conditions: ["DEMO-BUILT-OR-MAINTAINED"] });
const secret = indicator(1, marked(tlp.clear, mark.id));
let server: Server;

/** A network that the condition lets through: the listed maker has no hand in it. */
const clean = {
  ...knownWorld,
  tables: {
    ...knownWorld.tables,
    elements: knownWorld.tables.elements!.filter(({ id }) => id !== "e5"),
    relations: knownWorld.tables.relations!.filter(({ from }) => from !== "e5"),
    links: [],
  },
  signed: knownWorld.signed.map((one) =>
    one.file === "registers/DEMO-south.json"
      ? {
          ...one,
          says: JSON.parse(JSON.stringify(one.says).replace('"relations":9', '"relations":6')) as typeof one.says,
        }
      : one,
  ),
};
const good: PosturePredicate = await postureOfWorld(clean);

before(async () => {
  agencyIn(folder);
  await keysIn(folder, "2019-03-01T00:00:00Z", ["agency/trust"]);
  server = await serverOn(folder, clock);
  await server.call("DEMO-AGENCY", "POST", `${warnings}/objects/`, { body: { objects: [mark, secret] } });
});
after(async () => {
  await server.close();
  end();
});

/** Hands in what a partner signs now, or at a moment that it names. */
async function hand(predicate: PosturePredicate, signedAt?: string) {
  clock.at += 60_000;
  const said = { ...predicate, signedAt: signedAt ?? new Date(clock.at).toISOString() };
  const subjects = [{ name: "DEMO-NATION", digest: { sha256: "a".repeat(64) } }];
  const body = signStatement({ kind: "posture", predicate: said, subjects }, [openSigner(join(folder, "keys/nation"))]);
  return server.call("DEMO-NATION", "POST", "/exchange/statements/", { body });
}

const mayHave = async () => {
  const asked = await askedOf(server.desk, { id: "DEMO-NATION", tlp: "amber+strict" });
  return decideClass({ conditions: ["DEMO-BUILT-OR-MAINTAINED"], owner: "DEMO-AGENCY" }, asked);
};
const opens = async (predicate: PosturePredicate) => {
  assert.equal((await hand(predicate)).status, 202);
  return (await mayHave()).outcome === "open";
};
const preview = () => ok(runIn(folder, ["disclose", "preview", "agency", secret.id], new Date(clock.at).toISOString()));
const texts = async () => (await mayHave()).obstacles.map(({ text }) => text).join("\n");

test("what all that follows starts from: a network without the listed maker is given what the condition keeps", async () => {
  assert.ok(await opens(good));
});

test("the age of a posture is that of its as-of day: one as of 2019, signed today, is old", async () => {
  assert.equal(await opens({ ...good, asOf: "2019-04-01" }), false);
  assert.match(await texts(), /2790 days old \(2019-04-01\), at most 30/);
  assert.equal(await opens({ ...good, knownAt: "2026-10-01" }), false);
  assert.match(await texts(), /50 days old \(2026-10-01\)/);
});

test("preview says how old the as-of day, known-at and the registers are, and today, not on the day of signing", async () => {
  await hand({ ...good, asOf: "2026-11-10", knownAt: "2026-11-18" });
  const shown = await preview();
  assert.match(shown, /as of 2026-11-10 \(10 days old\), known at 2026-11-18 \(2 days old\), registers\s+21 days old/);
  const none = { ...good };
  delete (none as { registers?: unknown }).registers;
  await hand(none);
  assert.match(await preview(), /no register; self/);
});

test("a list that is empty, another than the originator's, or not there leaves shares open, and preview shows it", async () => {
  const list = (suppliers: readonly string[], role = "listed-maker") => ({
    ...good,
    lists: [{ role, suppliers: [...suppliers] }],
  });
  assert.equal(await opens(list([])), false);
  assert.match(await preview(), /says that nobody has the role `listed-maker`/);
  assert.equal(await opens(list(["DEMO-lotus", "DEMO-nobody"])), false);
  assert.match(await preview(), /another list for the role `listed-maker`: [0-9a-f]{12}, expected 52e648ddb25f/);
  assert.equal(await opens({ ...list(["DEMO-lotus"], "another"), cells: [] }), false);
  assert.match(await preview(), /has no list for the role `listed-maker`/);
  assert.ok(await opens(list(["DEMO-lotus", "DEMO-lotus"])), "order and repeats do not matter");
});

test("where the originator does not say who has a role no posture shows anything, and that is a problem", async () => {
  const file = join(folder, "agency/sharing.yaml");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/^lists:\n.*\n/m, ""));
  try {
    const { problems } = server.desk.reload();
    assert.match(
      problems.map(({ message }) => message).join("\n"),
      /`lists` in `sharing.yaml` does not say who has it/,
    );
    assert.equal(await opens(good), false);
    assert.match(await texts(), /does not say under `lists`/);
    writeFileSync(file, text.replace("[DEMO-lotus]", "[]"));
    assert.throws(() => server.desk.reload(), /sharing.yaml:\d+`: expected at least 1 entries/);
  } finally {
    writeFileSync(file, text);
    server.desk.reload();
  }
  assert.ok(await opens(good));
});

const first = good.cells[0]!;
const contradictions: Readonly<Record<string, [Partial<PosturePredicate>, RegExp]>> = {
  "a cell given twice": [{ cells: [...good.cells, { ...first, best: 0, worst: 1 }] }, /cells.*given twice/],
  "work given twice": [{ work: [...good.work, good.work[0]!] }, /given twice/],
  "a list given twice": [{ lists: [...good.lists, { role: "listed-maker", suppliers: ["DEMO-nord"] }] }, /given twice/],
  "no list for the role of its cells": [{ lists: [] }, /has no list/],
  "all undecided, and yet none": [{ cells: [{ ...first, undecided: first.base, worst: 0 }] }, /0 to 100, got 0 to 0/],
  "some undecided, and yet none": [{ cells: [{ ...first, undecided: 1, worst: 0 }] }, /1 of \d+ undecided.*got 0/],
  "a share of nothing": [{ cells: [{ ...first, domain: "core", base: 0, undecided: 0 }], work: [] }, /0 to 100/],
  "a whole smaller than the network": [
    { cells: [{ ...first, base: first.base - 1 }] },
    /expected `base` \d+, as elsewhere/,
  ],
  "a part larger than the whole is said to be": [
    {
      cells: [
        first,
        {
          ...good.cells.find(({ domain, channel }) => domain === "core" && channel === "made")!,
          best: 100,
          worst: 100,
        },
      ],
    },
    /more than the whole network/,
  ],
  "unread records, and no share open for them": [
    {
      elements: good.elements + 1,
      cells: [{ ...first, base: first.base + 1 }],
      work: [],
      oversight: { best: 3, worst: 0 },
    },
    /were not read/,
  ],
  "unread records, and oversight over them": [{ elements: good.elements + 1, cells: [], work: [] }, /any maker/],
  "an unread file, and shares of what it holds": [{ unreadFiles: 1, oversight: { best: 3, worst: 0 } }, /0 to 100/],
  "no element, and oversight over them": [{ elements: 0, examined: 0, lines: 0, cells: [], work: [] }, /any maker/],
};
for (const [name, [change, expected]] of Object.entries(contradictions)) {
  test(`a posture that contradicts itself counts for nothing, and it is said where: ${name}`, async () => {
    assert.ok(await opens(good));
    const answer = await hand({ ...good, cells: good.cells, ...change });
    assert.equal(answer.status, 422, answer.body);
    assert.match(answer.body, expected);
  });
}

test("two postures of one time that say different things count for nothing, and both are named", async () => {
  const at = new Date(clock.at + 120_000).toISOString();
  assert.equal((await hand(good, at)).status, 202);
  clock.at += 120_000;
  const other = good.cells.map((cell) => (cell === first ? { ...cell, best: 0, worst: 1 } : cell));
  assert.equal((await hand({ ...good, cells: other }, at.replace("Z", "0Z"))).status, 202);
  const text = await texts();
  assert.match(
    text,
    /two postures signed at .* say different things, and neither counts: [0-9a-f]{12} and [0-9a-f]{12}/,
  );
  assert.match((await preview()).replaceAll(/\s+/g, " "), /neither counts: [0-9a-f]{12} and [0-9a-f]{12}/);
  assert.match(
    await ok(runIn(folder, ["disclose", "replay", "agency"], new Date(clock.at).toISOString())),
    / 0 differ, 0 lack/,
  );
  assert.ok(await opens(good), "a later one counts again");
  const again = new Date(clock.at + 120_000).toISOString();
  await hand(good, again);
  clock.at += 120_000;
  await hand({ ...good, cells: good.cells.map((cell) => ({ ...cell })) }, again);
  assert.equal((await mayHave()).outcome, "open", "the same said twice is no contradiction");
});

test("property: a posture of which less is left, or that is older, opens nothing more", async () => {
  const asked = await askedOf(server.desk, { id: "DEMO-NATION", tlp: "amber+strict" });
  const wanted = { conditions: ["DEMO-BUILT-OR-MAINTAINED"], owner: "DEMO-AGENCY" };
  const base = asked.posture!;
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(
      fc.record({
        cells: fc.array(fc.nat({ max: good.cells.length - 1 }), { maxLength: 25 }),
        worst: fc.option(fc.record({ at: fc.nat({ max: good.cells.length - 1 }), by: fc.nat({ max: 100 }) })),
        lists: fc.boolean(),
        age: fc.nat({ max: 60 }),
      }),
      ({ cells, worst, lists, age }) => {
        const left = base.predicate.cells.flatMap((cell, at) => {
          if (cells.includes(at)) return [];
          return [worst?.at === at ? { ...cell, worst: Math.max(cell.worst, worst.by) } : cell];
        });
        const day = new Date(clock.at - age * 86_400_000).toISOString().slice(0, 10);
        const predicate = { ...base.predicate, cells: left, lists: lists ? [] : base.predicate.lists, asOf: day };
        const posture: KnownPosture = { ...base, predicate };
        const { outcome } = decideClass(wanted, { ...asked, posture });
        outcomes.add(outcome);
        const holds = (name: string) =>
          left.some(({ domain, channel, worst: most }) => domain === "any" && channel === name && most === 0);
        assert.equal(outcome === "open", !lists && age <= 30 && holds("built") && holds("maintained"));
      },
    ),
    { seed: 20190501, numRuns: 500 },
  );
  assert.deepEqual([...outcomes].sort(), ["closed", "open"]);
});

test("what these tests change was sound before", () => {
  assert.deepEqual(misfitsOf(good), []);
});
