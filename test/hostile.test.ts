/** Bad tables, files and configuration, through the whole program: set aside and counted, never admitted, never a crash. */
import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { first } from "../scripts/worlds/first.ts";
import { type Attacked, attack, firstWith, put, replace, runSafely, verdictsBut, withSpoilt } from "./kit/attack.ts";
import { register, type Signed, type World } from "./kit/world.ts";

const elements = "elements/elements.csv";
const before = await attack(() => undefined);
const more = (text: string) => (root: string) => appendFileSync(join(root, elements), text);
const row = (id: string) => `${id},DEMO-north,hamburg-1,DEMO-nordwerk,DEMO-core,21.3,AMF,active,2026-03-02,2026-03-02`;
const codes = ({ assessment }: Attacked) => new Set(assessment.problems.map(({ code }) => code));
const inputs = ({ assessment }: Attacked) => assessment.basis.input ?? 0;

/** `rows` records more were set aside than in the good world, and all other verdicts are as they were. */
function setAside(attacked: Attacked, rows: number, ...ids: readonly string[]): void {
  assert.equal(attacked.assessment.setAside, before.assessment.setAside + rows);
  assert.equal(inputs(attacked), inputs(before) + rows);
  assert.equal(attacked.assessment.examined, attacked.assessment.assessed + attacked.assessment.setAside);
  assert.deepEqual(verdictsBut(attacked, "", ...ids), verdictsBut(before, "", ...ids));
  for (const id of ids) assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), id);
}

test("rows that are too short, too long, badly quoted, of wrong type or nobody's: set aside one by one", async () => {
  const bad = [
    "DEMO-bad-1,DEMO-north",
    `${row("DEMO-bad-2")},more`,
    row("DEMO-bad-3").replace("active", "aktiv"),
    row("DEMO-bad-4").replace("2026-03-02", "2026-02-30"),
    row('"DEMO-bad-5"x'),
    row("").replace(",DEMO-north", ",DEMO-north"),
    row("DEMO-bad-7").replace("DEMO-north", ""),
    row("DEMO-bad-8").replace("21.3", "\0\0"),
  ];
  setAside(
    await attack(more(`${bad.join("\n")}\n`)),
    7,
    ...[1, 2, 3, 4, 5, 7, 8].map((number) => `DEMO-bad-${number}`),
  );
});

test("an id that stands twice: neither row is decided", async () => {
  const attacked = await attack(more(`${row("DEMO-amf-1")}\n`));
  setAside(attacked, 2, "DEMO-amf-1");
  assert.equal(attacked.verdicts.get("DEMO-amf-1"), "undecided/input");
});

test("one unterminated quote sets the whole file aside: its lines count, the other files are decided", async () => {
  const attacked = await attack((root) => {
    more(`"${row("DEMO-bad")}\n`)(root);
    put(
      "elements/other.csv",
      `${readFileSync(join(root, elements), "utf8").split("\n")[0]}\n${row("DEMO-other")}\n`,
    )(root);
  });
  assert.equal(attacked.verdicts.get("DEMO-other"), "admitted/evidence");
  assert.equal(attacked.assessment.assessed, 1);
  assert.ok(attacked.assessment.setAside >= before.assessment.examined + 1, `${attacked.assessment.setAside}`);
});

test("parts of each other in a circle are set aside, also around several corners and onto themselves", async () => {
  const relations = [
    { from: "DEMO-amf-1", kind: "part-of", to: "DEMO-amf-2" },
    { from: "DEMO-amf-2", kind: "part-of", to: "DEMO-upf-1" },
    { from: "DEMO-upf-1", kind: "part-of", to: "DEMO-amf-1" },
    { from: "DEMO-router-1", kind: "runs-on", to: "DEMO-router-1" },
  ];
  const attacked = await attack(() => undefined, firstWith({ tables: { ...first.tables, relations } }));
  setAside(attacked, 4, "DEMO-amf-1", "DEMO-amf-2", "DEMO-upf-1", "DEMO-router-1");
  assert.ok(codes(attacked).has("cycle"));
});

const orderOn = (maker: string, subsidiaries: boolean): readonly Signed[] => [
  ...first.signed.filter(({ file }) => !file.startsWith("registers/orders")),
  {
    file: "registers/orders-1.json",
    by: ["DEMO-ministry"],
    on: "2026-11-02",
    says: register({
      register: "orders",
      edition: 1,
      asOf: "2026-11-02",
      nextDue: "2027-01-31",
      entries: [
        {
          ...{
            orderId: "DEMO-order-9",
            law: "BSIG 41",
            status: "in-force",
            operators: "all" as const,
            makers: [maker],
          },
          ...{ subsidiaries, issued: "2026-09-01", effective: "2026-09-01" },
        },
      ] as never,
    }),
  },
];
const nordwerk = ["DEMO-amf-1", "DEMO-amf-2", "DEMO-smf-1", "DEMO-udm-1"];

/** Whatever the owners' table says: who might belong to the barred maker is not admitted where it is critical. */
async function notAdmitted(tables: World["tables"], signed: readonly Signed[]): Promise<Attacked> {
  const attacked = await attack(() => undefined, firstWith({ tables: { ...first.tables, ...tables }, signed }));
  for (const id of nordwerk)
    assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), `${id} ${attacked.verdicts.get(id)}`);
  return attacked;
}

test("owners in a circle of majorities are no fault of the table, and who lies on it is not cleared", async () => {
  const owners = [
    { owner: "DEMO-nordwerk", owned: "DEMO-fieldcare", percent: 100 },
    { owner: "DEMO-fieldcare", owned: "DEMO-nordwerk", percent: 100 },
    { owner: "free-float", owned: "DEMO-taiga", percent: 100 },
  ];
  const attacked = await notAdmitted({ owners }, orderOn("DEMO-lotus", true));
  assert.ok(!codes(attacked).has("cycle"));
});

test("succession in a circle: hangs nowhere, and an order against one of the two does not miss the other", async () => {
  const succession = [
    { predecessor: "DEMO-nordwerk", successor: "DEMO-fieldcare", day: "2025-01-01" },
    { predecessor: "DEMO-fieldcare", successor: "DEMO-nordwerk", day: "2025-06-01" },
  ];
  const attacked = await notAdmitted({ succession }, orderOn("DEMO-fieldcare", false));
  assert.ok(codes(attacked).has("cycle"));
});

test("votes that are no shares: beyond all bounds, negative, more than there are", async () => {
  for (const percent of ["1e308", "-100", "1000000000000000000000", "NaN", "Infinity"]) {
    const owners = [{ owner: "DEMO-lotus", owned: "DEMO-nordwerk", percent: 45 }];
    const attacked = await attack(
      (root) => appendFileSync(join(root, "owners.csv"), `free-float,DEMO-nordwerk,${percent}\n`),
      firstWith({ tables: { ...first.tables, owners }, signed: orderOn("DEMO-lotus", true) }),
    );
    for (const id of nordwerk)
      assert.ok(!attacked.verdicts.get(id)?.startsWith("admitted"), `${percent}: ${id} ${attacked.verdicts.get(id)}`);
  }
});

test("references into nothing are told; a product or maker that nobody knows is not admitted on evidence", async () => {
  const relations = [{ from: "DEMO-nowhere", kind: "part-of", to: "DEMO-amf-1" }];
  const uses = [{ operator: "DEMO-north", element: "DEMO-nowhere" }];
  const products = (first.tables.products ?? []).map((product) =>
    product.id === "DEMO-core" ? { ...product, supplier: "DEMO-nobody" } : product,
  );
  const attacked = await attack(() => undefined, firstWith({ tables: { ...first.tables, relations, uses, products } }));
  assert.ok(codes(attacked).has("dangling-reference"));
  assert.ok(!attacked.verdicts.get("DEMO-amf-1")?.startsWith("admitted"));
  assert.deepEqual(
    verdictsBut(attacked, "", "DEMO-amf-1", "DEMO-amf-2", "DEMO-smf-1"),
    verdictsBut(before, "", "DEMO-amf-1", "DEMO-amf-2", "DEMO-smf-1"),
  );
});

test("an element of a maker or an operator that stands in no table is decided, and never on evidence", async () => {
  const stranger = row("DEMO-stranger").replace("DEMO-nordwerk", "Nord Werk").replace("DEMO-core", "core");
  const orphan = row("DEMO-orphan").replace("DEMO-north", "DEMO-who");
  const attacked = await attack(more(`${stranger}\n${orphan}\n`));
  assert.ok(attacked.verdicts.get("DEMO-stranger")?.startsWith("undecided"));
  assert.notEqual(attacked.verdicts.get("DEMO-orphan"), "admitted/evidence");
});

test("a folder or a link out where a table is expected", async () => {
  const outside = join(tmpdir(), `freigabe-elements-${process.pid}.csv`);
  writeFileSync(
    outside,
    `id,operator,maker,product,release,functions\nDEMO-outside,DEMO-north,DEMO-nordwerk,DEMO-core,21.3,AMF\n`,
  );
  try {
    const linked = await attack((root) => symlinkSync(outside, join(root, "elements/linked.csv")));
    assert.equal(linked.verdicts.has("DEMO-outside"), false);
    assert.ok(codes(linked).has("outside-workspace"));
  } finally {
    rmSync(outside);
  }
  for (const name of ["suppliers.csv", "products.csv", "operators.csv"]) {
    const folder = await attack((root) => {
      rmSync(join(root, name));
      mkdirSync(join(root, name));
    });
    assert.equal(folder.assessment.examined, before.assessment.examined, name);
    assert.notEqual(folder.verdicts.get("DEMO-amf-1"), "admitted/evidence", name);
  }
});

test("no inventory, one without rows, and an empty file: nothing examined, said so, nothing admitted", async () => {
  const nothing = [
    (root: string) => rmSync(join(root, "elements"), { recursive: true }),
    (root: string) =>
      writeFileSync(join(root, elements), `${readFileSync(join(root, elements), "utf8").split("\n")[0]}\n`),
    (root: string) => truncateSync(join(root, elements)),
  ];
  for (const spoil of nothing) {
    const { assessment, out } = await attack(spoil);
    assert.equal(assessment.assessed, 0);
    assert.deepEqual({ ...assessment.verdicts, undecided: 0 }, { admitted: 0, refused: 0, undecided: 0 });
    assert.match(out, /\b0 elements|no elements/i);
  }
});

test("codes that steer a terminal do not reach it, from ids, names, evidence or the command line", async () => {
  const evil = "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e";
  const tables = {
    ...first.tables,
    suppliers: [...(first.tables.suppliers ?? []), { id: `DEMO-${evil}`, name: evil }],
    elements: [
      { id: `DEMO-${evil}`, operator: `op-${evil}`, maker: evil, product: evil, release: evil, functions: evil },
      ...(first.tables.elements ?? []).map((element) => ({ ...element, release: `${element.release}${evil}` })),
    ],
  };
  const signed = first.signed.map(
    (one): Signed =>
      one.says.kind === "certificate"
        ? { ...one, says: { ...one.says, predicate: { ...one.says.predicate, release: evil } } }
        : one,
  );
  const world = firstWith({ tables, signed, config: { ...first.config, title: `title ${evil}` } });
  await attack(put(`evidence/${evil.replaceAll("/", "")}.json`, evil), world);
  await withSpoilt(
    () => undefined,
    async (root) => {
      for (const words of [
        ["explain", ".", `DEMO-${evil}`],
        ["explain", ".", evil],
        ["explain", ".", "DEMO-amf-1"],
        ["assess", ".", "--as-of", evil],
        ["assess", ".", "--output", evil],
        ["assess", `./${evil}`],
        ["gate", ".", "--order", evil],
        ["assess", ".", `--${evil}`],
        [evil],
      ]) {
        await runSafely(root, words);
      }
    },
    world,
  );
});

/** `freigabe.yaml` with something wrong in it: no verdicts at all, exit 2, and the place in one line. */
const configs: Readonly<Record<string, readonly [from: string, to: string, told: RegExp]>> = {
  "an unknown key": ["name:", "nmae: x\nname:", /freigabe\.yaml:1: unknown field `nmae`/],
  "a key twice": ["name:", "name: x\nname:", /freigabe\.yaml:2: .*name/],
  "a day that does not exist": ["asOf: 2026-11-20", "asOf: 2026-11-31", /expected a day for .*2026-11-31/],
  "a day that is none": ["asOf: 2026-11-20", "asOf: tomorrow", /freigabe\.yaml:\d+: .*tomorrow/],
  "an unknown pack": ["pack: de-2026", "pack: de-2062", /no pack `de-2062`/],
  "a pack outside": ["pack: de-2026", "pack: ../../de-2026", /`packs\/\.\.\/\.\.\/de-2026` is not a path below/],
  "an unknown parameter": ["pack: de-2026", "pack: de-2026\n    parameters: { lapsed: refused }", /lapsed/],
  "a value that the parameter does not take": [
    "pack: de-2026",
    "pack: de-2026\n    parameters: { lapse: maybe }",
    /lapse.*maybe|maybe.*lapse/,
  ],
  "a value of another type": ["pack: de-2026", "pack: de-2026\n    parameters: { lapse: 7 }", /lapse/],
  "no binding pack": ["binding:", "bindings:", /missing field `binding`/],
  "YAML that is none": ["name:", "name: [", /freigabe\.yaml:\d+/],
  "aliases that explode": ["name:", `a: &a [x]\n${bombs()}name:`, /freigabe\.yaml/],
};

function bombs(): string {
  return Array.from(
    { length: 30 },
    (_, at) => `b${at}: &b${at} [${Array(9).fill(at === 0 ? "*a" : `*b${at - 1}`)}]\n`,
  ).join("");
}

for (const [name, [from, to, told]] of Object.entries(configs)) {
  test(`freigabe.yaml with ${name}: exit 2 and no verdicts`, async () => {
    await withSpoilt(replace("freigabe.yaml", from, to), async (root) => {
      const { code, out, err } = await runSafely(root, ["assess", ".", "--output", "json"]);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, told);
    });
  });
}

test("freigabe.yaml that is missing, a folder, a link out, or too large: exit 2 in one line", async () => {
  const spoilers = [
    (root: string) => rmSync(join(root, "freigabe.yaml")),
    (root: string) => {
      rmSync(join(root, "freigabe.yaml"));
      mkdirSync(join(root, "freigabe.yaml"));
    },
    (root: string) => {
      rmSync(join(root, "freigabe.yaml"));
      symlinkSync("/etc/hostname", join(root, "freigabe.yaml"));
    },
    put("freigabe.yaml", "#".repeat(2_000_000)),
    put("freigabe.yaml", new Uint8Array(100)),
  ];
  for (const spoil of spoilers) {
    await withSpoilt(spoil, async (root) => {
      const { code, out, err } = await runSafely(root, ["assess", ".", "--output", "json"]);
      assert.deepEqual([code, out], [2, ""], err);
    });
  }
});

test("an order that is missing, a folder, not a table, or has bad lines: never exit 0", async () => {
  await withSpoilt(
    (root) => {
      mkdirSync(join(root, "folder"));
      writeFileSync(join(root, "junk.csv"), new Uint8Array(1000).fill(0xff));
      writeFileSync(join(root, "quote.csv"), 'line,operator,maker,product,release,functions\n"a,b\n');
      const good = readFileSync(join(root, "order.csv"), "utf8").split("\n").slice(0, 2);
      writeFileSync(join(root, "bad-line.csv"), `${good.join("\n")}\nx,DEMO-north\n`);
      writeFileSync(join(root, "minus.csv"), `${good.join("\n").replace(",2,", ",-2,")}\n`);
      writeFileSync(join(root, "many.csv"), `${good.join("\n").replace(",2,", ",1e300,")}\n`);
      writeFileSync(join(root, "empty.csv"), "");
    },
    async (root) => {
      const codeOf = async (order: string) => (await runSafely(root, ["gate", ".", "--order", order])).code;
      assert.deepEqual([await codeOf("nowhere.csv"), await codeOf("folder"), await codeOf("../../etc")], [2, 2, 2]);
      for (const order of ["junk.csv", "quote.csv", "bad-line.csv", "minus.csv", "many.csv", "empty.csv"]) {
        assert.equal(await codeOf(order), 3, order);
      }
    },
  );
});

test("output files: a second run replaces them whole", async () => {
  await withSpoilt(
    () => undefined,
    async (root) => {
      const outputs = ["--output", "json=out.json", "--output", "csv=out.csv"];
      await runSafely(root, ["assess", ".", ...outputs]);
      const read = () => ["out.json", "out.csv"].map((name) => readFileSync(join(root, name), "utf8"));
      const once = read();
      writeFileSync(join(root, "out.json"), "x".repeat(1_000_000));
      writeFileSync(join(root, "out.csv"), "x".repeat(1_000_000));
      assert.equal((await runSafely(root, ["assess", ".", ...outputs])).code, 0);
      assert.deepEqual(read(), once);
    },
  );
});

test("output files where none can be: exit 2 in words, and nothing is left behind", async () => {
  await withSpoilt(
    (root) => mkdirSync(join(root, "taken")),
    async (root) => {
      const present = readdirSync(root);
      for (const bad of ["json=taken", "csv=taken", "csv=nowhere/out.csv", "json=freigabe.yaml/x"]) {
        assert.equal((await runSafely(root, ["assess", ".", "--output", bad])).code, 2, bad);
        assert.deepEqual(readdirSync(root), present, bad);
      }
    },
  );
});

const asRoot = process.getuid?.() === 0 && "SKIPPED: the superuser can read every file";
test("a table that must not be read is told, its elements are not admitted", { skip: asRoot }, async () => {
  const attacked = await attack((root) => chmodSync(join(root, elements), 0));
  assert.equal(attacked.assessment.assessed, 0);
  assert.ok(attacked.assessment.problems.some(({ place }) => place.file === elements));
});
