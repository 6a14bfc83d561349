/** Issue 14, G: what a ledger has seen in the network leaves it only under signatures. FREIGABE_RUNS sets how many moves. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { first } from "../scripts/worlds/first.ts";
import type { Assessment } from "../src/model/assessment.ts";
import { runIn } from "./kit/run.ts";
import { type Signed, temporaryWorld, type World, writeWorld } from "./kit/world.ts";

type Row = Readonly<Record<string, string | undefined>>;
const rows = first.tables.elements as readonly Row[];
const admitted = new Set(["DEMO-amf-1", "DEMO-router-1"]);
const others = rows.flatMap(({ id }) => (admitted.has(id!) ? [] : [id!]));
const now = "2026-11-20T12:00:00Z";

const withRows = (elements: readonly Row[], signed: readonly Signed[] = [], more: Partial<World> = {}): World => ({
  ...first,
  ...more,
  tables: { ...first.tables, elements, ...more.tables },
  signed: [...first.signed, ...signed],
});

/** A folder with a world that was recorded. */
async function recorded(world: World = first): Promise<string> {
  const root = temporaryWorld(world);
  await assessed(root, "--record");
  return root;
}

async function assessed(root: string, ...words: readonly string[]): Promise<Assessment & { readonly code: number }> {
  const { code, out, err } = await runIn(dirname(root), ["assess", root, "--output", "json", ...words], now);
  assert.ok(out.startsWith("{"), err);
  return { ...(JSON.parse(out) as Assessment), code };
}

const removal = (
  by: readonly string[],
  changes: Readonly<Record<string, unknown>> = {},
  on = "2026-11-20",
): Signed => ({
  file: "evidence/removal.json",
  ...{ by, on },
  says: {
    kind: "removal",
    predicate: {
      ...{ removalId: "DEMO-RM-1", operator: "DEMO-north", elements: others, reason: "dismantled", removed: on },
      proof: { title: "DEMO protocol", digest: { sha256: "0".repeat(64) } },
      ...changes,
    },
  },
});
const [own, approver, ministry] = ["DEMO-north-security", "DEMO-north-approver", "DEMO-ministry"];

test("G: who deletes or retires the nine that are not admitted has nine undecided, and no exit 0", async () => {
  const root = await recorded();
  const retired = rows.map((row) => (admitted.has(row.id!) ? row : { ...row, status: "retired" }));
  for (const elements of [rows.filter(({ id }) => admitted.has(id!)), retired]) {
    writeWorld(root, withRows(elements));
    for (const failOn of ["undecided", "refused"]) {
      const { code, left, setAside, verdicts, examined, findings } = await assessed(root, "--fail-on", failOn);
      // The record that cannot be read is set aside as long as it is there.
      assert.deepEqual([left.elements + setAside, left.verdicts + setAside, left.refused, examined], [9, 9, 3, 11]);
      assert.deepEqual(verdicts, { admitted: 2, refused: 0, undecided: 9 });
      assert.equal(code, 1);
      assert.match(findings.find(({ code: finding }) => finding === "left")!.detail, /`DEMO-smf-1`/);
    }
  }
  const again = await assessed(root, "--record");
  assert.equal(again.left.verdicts, 8, "recording what has left does not forget it");
  assert.equal((await assessed(root)).left.verdicts, 8);
  const { out } = await runIn(dirname(root), ["explain", root, "DEMO-smf-1"], now);
  assert.match(out, /\? DEMO-north: undecided \(left\)/);
});

test("G: two people sign that it is gone; one, a stranger's second, an earlier day or another operator do not do", async () => {
  const root = await recorded();
  const kept = rows.filter(({ id }) => admitted.has(id!));
  const leftWith = async (signed: Signed) => {
    writeWorld(root, withRows(kept, [signed]));
    return assessed(root, "--fail-on", "undecided");
  };
  assert.equal((await leftWith(removal([own!]))).left.verdicts, 9);
  assert.equal((await leftWith(removal([ministry!]))).left.verdicts, 9);
  assert.equal((await leftWith(removal([own!, "DEMO-nordwerk-key"]))).left.verdicts, 9);
  assert.equal((await leftWith(removal([own!, approver!], {}, "2026-11-19"))).left.verdicts, 9);
  assert.equal((await leftWith(removal([own!, approver!], { operator: "DEMO-south" }))).left.verdicts, 9);
  assert.equal((await leftWith(removal([own!, approver!], { elements: others.slice(1) }))).left.verdicts, 1);
  const gone = await leftWith(removal([own!, ministry!]));
  assert.deepEqual([gone.left.verdicts, gone.verdicts.admitted, gone.code], [0, 2, 0]);
  assert.equal(gone.completeness.vouched, false);
});

test("G: `active` with a day that has not come is no record; `planned` with one is listed; both leave if they were seen", async () => {
  const future = (status: string) =>
    rows.map((row) => (row.id === "DEMO-smf-1" ? { ...row, status, in_service_since: "2062-01-01" } : row));
  const root = temporaryWorld(withRows(future("active")));
  const active = await assessed(root);
  assert.deepEqual([active.setAside, active.notInUse, active.basis.input], [2, 0, 2]);
  writeWorld(root, withRows(future("planned")));
  const planned = await assessed(root);
  assert.deepEqual([planned.setAside, planned.notInUse, planned.planned], [1, 1, 1]);
  assert.match(planned.findings.find(({ code }) => code === "planned")!.detail, /`DEMO-smf-1` \(2062-01-01\)/);
  const seen = await recorded();
  writeWorld(seen, withRows(future("planned")));
  const { left, verdicts } = await assessed(seen);
  assert.deepEqual([left.verdicts, left.refused, verdicts.undecided], [1, 1, 5]);
});

test("G: `in order` is said only where a register vouches that the tables hold everything", async () => {
  const kept = rows.filter(({ id }) => admitted.has(id!));
  const root = temporaryWorld(withRows(kept));
  const report = async () => {
    await runIn(root, ["assess", root, "--output", "html=r.html"], now);
    return readFileSync(join(root, "r.html"), "utf8");
  };
  const open = await report();
  assert.doesNotMatch(open, /In order:|In Ordnung:/);
  assert.match(open, /Completeness not vouched for/);
  const text = await runIn(root, ["assess", root], now);
  assert.match(text.out, /completeness not vouched for: DEMO-north: no register of the inventory is on file/);

  const id = ["--id", "DEMO-north-2", "--party", "DEMO-north", "--role", "operator", "--from", "2026-01-01"];
  await runIn(root, ["certify", "key", "--out", "operator", ...id, "--trust", "trust"], now);
  const draft = await runIn(root, ["export", "inventory", root, "--out", "inventory.yaml"], now);
  assert.equal(draft.code, 0, draft.err);
  const words = ["--from", "inventory.yaml", "--complete", "--key", "operator", "--out", "registers/inventory.json"];
  const signed = await runIn(root, ["certify", "register", ...words, "--no-record"], now);
  assert.equal(signed.code, 0, signed.err);
  assert.deepEqual((await assessed(root)).completeness, { vouched: true, open: [] });
  assert.match(await report(), /In order: all/);

  // Without a ledger too: a row less, or another in its place, is not what was signed.
  writeWorld(root, withRows(kept.slice(1)));
  const fewer = await assessed(root);
  assert.match(fewer.completeness.open[0]!.why, /counts 2 elements, the tables have 1/);
  writeWorld(root, withRows([kept[0]!, { ...kept[1]!, id: "DEMO-router-2" }]));
  assert.match((await assessed(root)).completeness.open[0]!.why, /as many elements, with other ids/);
  writeWorld(root, withRows(kept));
  const late = await assessed(root, "--known-at", "2027-03-01");
  assert.match(late.completeness.open[0]!.why, /was good until 2027-02-20/);
});

/** What somebody may do to a row to be rid of it. */
const moves: Readonly<Record<string, (row: Row) => readonly Row[]>> = {
  drop: () => [],
  retire: (row) => [{ ...row, status: "retired" }],
  postpone: (row) => [{ ...row, status: "planned", in_service_since: "2062-01-01" }],
  "another operator": (row) => [{ ...row, operator: "DEMO-south" }],
  "another site": (row) => [{ ...row, site: "kiel-8" }],
  "another function": (row) => [{ ...row, functions: "antenna" }],
  "another domain": (row) => [{ ...row, functions: "transport-switch" }],
  "no function": (row) => [{ ...row, functions: "" }],
  rename: (row) => [{ ...row, id: `${row.id}-b` }],
  "no operator": (row) => [{ ...row, operator: "" }],
  break: (row) => [{ ...row, status: "gone" }],
};

const rank = { admitted: 2, undecided: 1, refused: 0 } as const;
const limits = {
  config: {
    ...first.config,
    binding: [{ pack: "de-2026" }, { pack: "diversity", parameters: { shareWeighs: "limit", makersWeigh: "limit" } }],
  },
};

test("G: whatever rows are moved after a recorded run, no exit code, verdict count, limit, share or posture improves", async (t) => {
  const world = withRows(rows, [], knownPacks());
  const root = await recorded(world);
  const before = await assessed(root, "--fail-on", "undecided");
  const posture = await postureOf(root);
  const change = fc.record({
    id: fc.constantFrom(...rows.map(({ id }) => id!)),
    how: fc.constantFrom(...Object.keys(moves)),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 11 }), fc.boolean(), async (changes, record) => {
      const by = new Map(changes.map(({ id, how }) => [id, how]));
      const elements = rows.flatMap((row) => moves[by.get(row.id!) ?? ""]?.(row) ?? [row]);
      writeWorld(root, withRows(elements, [], knownPacks()));
      const after = await assessed(root, "--fail-on", "undecided", ...(record ? ["--record"] : []));
      assert.ok(after.code !== 0 && (before.code !== 1 || after.code === 1), `exit ${before.code}, then ${after.code}`);
      assert.ok(after.verdicts.refused + after.left.refused >= before.verdicts.refused);
      assert.ok(
        after.verdicts.refused + after.verdicts.undecided >= before.verdicts.refused + before.verdicts.undecided,
      );
      neverBetterLimits(before, after);
      neverSmallerShares(before, after, new Set(rows.flatMap((row) => (by.has(row.id!) ? [row.maker!] : []))));
      neverBetterPosture(posture, await postureOf(root));
    }),
    { numRuns: Number(process.env.FREIGABE_RUNS ?? 6), seed: 2062 },
  );
  t.diagnostic(`${before.network.length} limits`);

  function knownPacks(): Partial<World> {
    return {
      ...limits,
      tables: { operators: [...(first.tables.operators ?? []), { id: "DEMO-south", name: "DEMO south" }] },
    };
  }
});

function neverBetterLimits(before: Assessment, after: Assessment): void {
  const nameOf = ({ pack, scope, operator, segment }: Assessment["network"][number]) =>
    [pack, scope, operator, segment].join(" ");
  const found = new Map(after.network.map((one) => [nameOf(one), one]));
  for (const was of before.network) {
    const is = found.get(nameOf(was));
    assert.ok(is, `no word of ${nameOf(was)} any more`);
    const better = rank[is.outcome] > rank[was.outcome];
    assert.ok(
      !better || (is.outcome === "undecided" && is.left > 0),
      `${nameOf(was)}: ${was.outcome}, then ${is.outcome}`,
    );
  }
}

/** The share of who made what was moved reaches as high as before: what may still be there may still be theirs. */
function neverSmallerShares(before: Assessment, after: Assessment, makers: ReadonlySet<string>): void {
  type Shares = Assessment["dependence"]["rows"][number];
  const nameOf = ({ by, channel, scope, name, part, base }: Shares) => [by, channel, scope, name, part, base].join(" ");
  const found = new Map(after.dependence.rows.map((row) => [nameOf(row), row]));
  for (const was of before.dependence.rows) {
    if (was.by !== "supplier" || was.channel !== "made" || was.base !== "element" || was.partKind !== "segment")
      continue;
    if (was.scope === "region") continue;
    const is = found.get(nameOf(was));
    for (const { name, share } of was.holders) {
      if (!makers.has(name)) continue;
      // Of an operator of whom nothing is left in use there is no row; the nation's has it.
      const most = is ? (is.holders.find((held) => held.name === name)?.share.most ?? is.largest.most) : 100;
      assert.ok(most >= share.least - 1e-6, `${nameOf(was)}, ${name}: ${share.least}, then at most ${most}`);
    }
  }
}

interface Posture {
  readonly cells: readonly {
    readonly domain: string;
    readonly channel: string;
    readonly role: string;
    readonly worst: number;
  }[];
}

async function postureOf(root: string): Promise<Posture> {
  const { out, err } = await runIn(
    dirname(root),
    ["posture", root, "--partner", "DEMO-NATION", "--output", "json"],
    now,
  );
  assert.ok(out.startsWith("{"), err);
  return (JSON.parse(out) as { predicate: Posture }).predicate ?? JSON.parse(out);
}

function neverBetterPosture(before: Posture, after: Posture): void {
  before.cells.forEach((was, at) => {
    const is = after.cells[at]!;
    assert.deepEqual([is.domain, is.channel, is.role], [was.domain, was.channel, was.role]);
    assert.ok(is.worst >= was.worst, `${was.domain}, ${was.channel}: ${was.worst}, then ${is.worst}`);
  });
}
