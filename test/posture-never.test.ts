/** A posture never says less than there may be: what is taken away, not read or not told makes none better. All is invented. */
import assert from "node:assert/strict";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { TableName } from "../src/model/columns.ts";
import type { PosturePredicate } from "../src/model/statement.ts";
import { knownWorld, misfitsOf, postureOfFolder, postureOfWorld } from "./kit/posture.ts";
import { temporaryWorld, type World } from "./kit/world.ts";

type Tables = World["tables"];
type Row = Readonly<Record<string, string | number | null | undefined>>;

const numRuns = Number(process.env.FREIGABE_RUNS ?? 12);
const changed = (tables: Tables, more: Partial<World> = {}): World => ({
  ...knownWorld,
  ...more,
  tables: { ...knownWorld.tables, ...tables },
});
const cellOf = ({ cells }: PosturePredicate, channel: string, domain: string) => {
  const cell = cells.find((one) => one.channel === channel && one.domain === domain)!;
  return [cell.best, cell.worst];
};
const spans = ({ cells }: PosturePredicate) => new Set(cells.map(({ best, worst }) => `${best} ${worst}`));
const everyOpen = new Set(["0 100"]);
const known = await postureOfWorld(knownWorld);

test("what all that follows starts from: every share but of parts is known, and what is signed fits its own checks", () => {
  assert.deepEqual(cellOf(known, "made", "access"), [0, 0]);
  assert.deepEqual(cellOf(known, "made", "any"), [15, 15]);
  assert.deepEqual(cellOf(known, "maintained", "access"), [0, 0]);
  assert.deepEqual(known.oversight, { best: 3, worst: 3 });
  assert.deepEqual([known.elements, known.examined, known.lines, known.registers], [6, 6, 1, { oldest: 19 }]);
  assert.deepEqual(misfitsOf(known), []);
});

describe("an inventory that is empty, absent or unread shows nothing", () => {
  const none = { links: [], uses: [], relations: [] };
  const worlds: Readonly<Record<string, () => Promise<PosturePredicate>>> = {
    empty: () => postureOfWorld(changed({ ...none, elements: [] })),
    absent: () => inFolder(changed(none), (dir) => rmSync(join(dir, "elements"), { recursive: true })),
    "a folder by another name": () =>
      inFolder(changed(none), (dir) => renameSync(join(dir, "elements"), join(dir, "element"))),
    "elements.csv.gz": () =>
      inFolder(knownWorld, (dir) =>
        renameSync(join(dir, "elements/elements.csv"), join(dir, "elements/elements.csv.gz")),
      ),
    "a further elements.csv.gz": () =>
      inFolder(knownWorld, (dir) => writeFileSync(join(dir, "elements/more.csv.gz"), "packed")),
    "all of it retired": () =>
      postureOfWorld(
        changed({ ...none, elements: knownWorld.tables.elements!.map((row) => ({ ...row, status: "retired" })) }),
      ),
  };
  for (const [name, make] of Object.entries(worlds)) {
    test(name, async () => {
      const made = await make();
      assert.deepEqual(spans(made), everyOpen);
      assert.equal(made.oversight.worst, 0);
      assert.deepEqual(
        new Set(
          made.work.flatMap(({ abroad, unmediated }) => [abroad, unmediated].map((one) => `${one.best} ${one.worst}`)),
        ),
        everyOpen,
      );
      assert.deepEqual(misfitsOf(made), []);
    });
  }
});

async function inFolder(world: World, change: (dir: string) => void): Promise<PosturePredicate> {
  const dir = temporaryWorld(world);
  try {
    change(dir);
    return await postureOfFolder(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

test("a domain without elements is 0 to 100 percent", async () => {
  const elements = knownWorld.tables.elements!.filter(({ functions }) => functions !== "AMF" && functions !== "UPF");
  const made = await postureOfWorld(changed({ elements }));
  for (const channel of ["made", "built", "maintained", "managed"])
    assert.deepEqual(cellOf(made, channel, "core"), [0, 100]);
  assert.deepEqual(cellOf(made, "made", "access"), [0, 0]);
});

test("a record that could not be read, or a maker nobody knows, lowers oversight to none", async () => {
  const [first, ...rest] = knownWorld.tables.elements!;
  for (const row of [
    { ...first, status: "broken" },
    { ...first, maker: "whoever", product: "" },
  ]) {
    const made = await postureOfWorld(changed({ elements: [row as Row, ...rest] }));
    assert.equal(made.oversight.worst, 0);
    assert.ok(cellOf(made, "made", "any")[1]! > 15);
  }
});

test("who makes a line and no element counts, in shares and in oversight; and so does a line of which nobody knows the maker", async () => {
  const line = { id: "l9", operator: "DEMO-north", from: "mast", to: "hub", kind: "trunk", maker: "DEMO-lotus" };
  const links = [...knownWorld.tables.links!, line];
  const made = await postureOfWorld(changed({ links }));
  assert.deepEqual(cellOf(made, "made", "transport"), [67, 67]);
  assert.equal(made.oversight.worst, 0, "nobody has looked into what this maker makes");
  for (const channel of ["built", "maintained", "managed"])
    assert.ok(cellOf(made, channel, "transport")[1]! > cellOf(known, channel, "transport")[0]!, channel);
  const unknown = await postureOfWorld(changed({ links: [{ ...line, maker: "" }] }));
  assert.deepEqual(
    cellOf(unknown, "made", "transport"),
    [50, 100],
    "no element that carries traffic stands at its ends",
  );
  const lost = await inFolder(knownWorld, (dir) =>
    renameSync(join(dir, "links/links.csv"), join(dir, "links/links.csv.gz")),
  );
  assert.deepEqual(
    [cellOf(lost, "made", "transport"), cellOf(lost, "made", "core")],
    [
      [0, 100],
      [0, 0],
    ],
  );
});

test("a relation that was taken away is missed: the operator's register says how many there are", async () => {
  const relations = knownWorld.tables.relations!;
  const abroad = relations.findIndex(({ place }) => place === "XL");
  const made = await postureOfWorld(changed({ relations: relations.filter((_, at) => at !== abroad) }));
  assert.deepEqual(better(known, made), []);
  assert.equal(made.registers, undefined);
  const silent = knownWorld.signed.map((one) => ({
    ...one,
    says: JSON.parse(JSON.stringify(one.says).replaceAll(/,"relations":\d+/g, "")) as typeof one.says,
  }));
  const unsaid = await postureOfWorld({ ...knownWorld, signed: silent });
  assert.deepEqual(cellOf(unsaid, "maintained", "access"), [0, 100]);
});

/** What one posture says that is better for its partner than what the other says. */
function better(before: PosturePredicate, after: PosturePredicate): readonly string[] {
  const cells = after.cells.filter((cell) => {
    const same = before.cells.find(
      (one) => one.channel === cell.channel && one.domain === cell.domain && one.role === cell.role,
    );
    return !same || cell.worst < same.worst;
  });
  const work = after.work.filter((one) => {
    const same = before.work.find(({ domain }) => domain === one.domain)!;
    return one.abroad.worst < same.abroad.worst || one.unmediated.worst < same.unmediated.worst;
  });
  const examined = ({ elements, examined: read, unreadFiles = 0 }: PosturePredicate) =>
    elements === 0 || unreadFiles > 0 ? 0 : read / elements;
  const age = ({ registers }: PosturePredicate) => registers?.oldest ?? Number.POSITIVE_INFINITY;
  return [
    ...cells.map(({ channel, domain, worst }) => `${channel} ${domain} ${worst}`),
    ...work.map(({ domain }) => `work ${domain}`),
    ...(examined(after) > examined(before) ? ["examined"] : []),
    ...(after.oversight.worst > before.oversight.worst ? ["oversight"] : []),
    ...(age(after) < age(before) ? ["registers"] : []),
  ];
}

/** Something that is no longer known. Rows of things (elements, lines) become unreadable: that they left is a claim of its own. */
type Loss =
  | {
      readonly what: "cell" | "row" | "broken";
      readonly table: TableName;
      readonly row: number;
      readonly column: number;
    }
  | { readonly what: "table"; readonly table: TableName }
  | { readonly what: "statement"; readonly at: number }
  | { readonly what: "key"; readonly at: number };

const things = new Set<TableName>(["elements", "links"]);
/** Columns for which nothing means something that is known (docs/formats.md). */
const meant = new Set(["status", "kind"]);
const names = Object.keys(knownWorld.tables) as readonly TableName[];
const anyTable = fc.constantFrom(...names, "elements" as const, "relations" as const);
const anyLoss: fc.Arbitrary<Loss> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      what: fc.constantFrom("cell", "row", "broken"),
      table: anyTable,
      row: fc.nat(),
      column: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("table" as const),
      table: fc.constantFrom(...names.filter((name) => name !== "links")),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constantFrom("statement" as const, "key" as const), at: fc.nat() }) },
) as fc.Arbitrary<Loss>;

function without(world: World, loss: Loss): World {
  if (loss.what === "statement")
    return { ...world, signed: world.signed.filter((_, at) => at !== loss.at % world.signed.length) };
  if (loss.what === "key") return { ...world, keys: world.keys.filter((_, at) => at !== loss.at % world.keys.length) };
  const { table } = loss;
  const rows: readonly Row[] = world.tables[table] ?? [];
  const put = (changedRows: readonly Row[]): World => ({ ...world, tables: { ...world.tables, [table]: changedRows } });
  if (loss.what === "table") return put([]);
  if (rows.length === 0) return world;
  const at = loss.row % rows.length;
  const row = rows[at]!;
  if (loss.what === "row" && !things.has(table)) return put(rows.filter((_, other) => other !== at));
  const columns = Object.keys(row).filter((column) => !meant.has(column));
  const column = columns[loss.column % columns.length]!;
  const broken = "kind" in row ? { kind: "broken" } : "status" in row ? { status: "broken" } : { [column]: "" };
  return put(
    rows.map((one, other) => (other === at ? { ...one, ...(loss.what === "cell" ? { [column]: "" } : broken) } : one)),
  );
}

test("property: whatever is taken away or no longer known, no posture gets better, and each fits the checks of received ones", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyLoss, { minLength: 1, maxLength: 3 }), async (losses) => {
      const made = await postureOfWorld(losses.reduce(without, knownWorld));
      assert.deepEqual(better(known, made), []);
      assert.deepEqual(misfitsOf(made), []);
    }),
    { seed: 20190501, numRuns },
  );
});
