/** A pack that could admit by accident, or cannot be read: no verdicts at all, exit 2, and the place in the message. */
import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { first } from "../scripts/worlds/first.ts";
import { attack, firstWith, runSafely, withSpoilt } from "./kit/attack.ts";

const manifest = `name: own
version: "1"
title: "A pack of the workspace's own"
actions: [operate]
`;
const permit = `@id("base")
permit (principal, action, resource);
`;
const annotations = `@kind("duty") @title("t") @cites("c") @certainty("own-policy") @remedy("r") @waivable("operator")`;
const rule = (body: string, id = "OWN-1") =>
  `@id("${id}") ${annotations}\nforbid (principal, action, resource)\n${body};\n`;
const tested = rule("unless { context.tested }");

type Files = Readonly<Record<string, string>>;
const pack = (rules: string, more: Files = {}): Files => ({ "pack.yaml": manifest, "rules.cedar": rules, ...more });
const world = firstWith({ config: { ...first.config, binding: [{ pack: "own" }], compare: [] } });

function given(files: Files): (root: string) => void {
  return (root) => {
    mkdirSync(join(root, "packs/own"), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "packs/own", name), text);
  };
}

test("the good pack decides, so that what follows is the attack's doing", async () => {
  const { assessment } = await attack(given(pack(permit + tested)), world);
  assert.equal(assessment.packs[0]?.name, "own");
  assert.ok(assessment.verdicts.refused + assessment.verdicts.undecided > 0);
});

/** What is wrong, and what the message must name. */
const bad: Readonly<Record<string, readonly [files: Files, told: RegExp]>> = {
  "does not parse": [pack(`${permit}forbid (principal, action, resource`), /rules\.cedar:[34]/],
  "is text of another kind": [pack("\0\u0001\u001b[2J"), /rules\.cedar/],
  "reads a fact that nobody knows": [pack(permit + rule("unless { context.testde }")), /rules\.cedar:[3-5]:.*testde/],
  "compares a fact with a value of another type": [
    pack(permit + rule('unless { context.tested == "yes" }')),
    /rules\.cedar:[3-5]:/,
  ],
  "gets worse as a fact gets better": [
    pack(permit + rule("unless { !context.tested }")),
    /rules\.cedar:3:.*OWN-1.*tested/,
  ],
  "permits twice": [pack(permit + permit.replace("base", "second") + tested), /rules\.cedar:3:.*permit/],
  "permits under a condition": [
    pack(permit.replace(";", " when { context.tested };") + tested),
    /rules\.cedar:1:.*permit/,
  ],
  "permits nothing": [pack(tested), /permit/],
  counts: [pack(permit + rule("unless { context.oversight + 1 > 3 }")), /rules\.cedar:[3-5]:/],
  "overflows, which Cedar skips": [
    pack(permit + rule("unless { context.oversight + 9223372036854775807 > 3 }")),
    /rules\.cedar:[3-5]:/,
  ],
  "multiplies by zero": [pack(permit + rule("unless { context.oversight * 0 == 0 }")), /rules\.cedar:[3-5]:/],
  "matches texts": [pack(permit + rule('unless { "a" like "*" }')), /rules\.cedar:[3-5]:/],
  "asks whether there is a fact": [
    pack(permit + rule("unless { context has tested && context.tested }")),
    /rules\.cedar:[3-5]:/,
  ],
  "compares two facts": [
    pack(permit + rule("unless { context.oversight > context.maintenance }")),
    /rules\.cedar:[3-5]:/,
  ],
  "has two rules of one id": [pack(permit + tested + tested), /rules\.cedar:6:.*OWN-1/],
  "lacks annotations": [pack(permit + tested.replace('@cites("c") ', "")), /rules\.cedar:3:.*cites/],
  "certifies what nobody knows": [pack(permit + tested.replace("own-policy", "K")), /rules\.cedar:3:.*certainty/],
  "holds from a day that does not exist": [
    pack(permit + tested.replace("@kind", '@from("2026-02-30") @kind')),
    /rules\.cedar:3:.*2026-02-30/,
  ],
  "nests a hundred thousand deep": [
    pack(permit + rule(`unless { ${"(".repeat(100_000)}context.tested${")".repeat(100_000)} }`)),
    /rules\.cedar/,
  ],
  "has a manifest that is no YAML": [pack(permit + tested, { "pack.yaml": `${manifest}x: [` }), /pack\.yaml:\d/],
  "has a manifest with an unknown field": [
    pack(permit + tested, { "pack.yaml": `${manifest}pramaeters: {}\n` }),
    /pack\.yaml:5:.*pramaeters/,
  ],
  "has a manifest with a key twice": [
    pack(permit + tested, { "pack.yaml": `${manifest}name: other\n` }),
    /pack\.yaml:5:.*name/,
  ],
  "speaks of actions that do not exist": [
    pack(permit + tested, { "pack.yaml": manifest.replace("operate", "abolish") }),
    /pack\.yaml:4:.*abolish/,
  ],
  "has no rules": [pack("", {}), /permit|rules/],
};

for (const [name, [files, told]] of Object.entries(bad)) {
  test(`a pack that ${name}`, async () => {
    await withSpoilt(
      given(files),
      async (root) => {
        for (const words of [
          ["assess", ".", "--output", "json", "--output", "csv=verdicts.csv"],
          ["explain", ".", "DEMO-amf-1"],
          ["gate", ".", "--order", "order.csv"],
        ]) {
          const { code, out, err } = await runSafely(root, words);
          assert.deepEqual([code, out], [2, ""], err);
          assert.match(err, told);
        }
      },
      world,
    );
  });
}

test("a pack that is a link out of the workspace, or whose rules are, is not read", async () => {
  const shipped = join(import.meta.dirname, "../packs/de-2019");
  const spoilers = [
    (root: string) => {
      mkdirSync(join(root, "packs"));
      symlinkSync(shipped, join(root, "packs/own"));
    },
    (root: string) => {
      given(pack(permit + tested))(root);
      rmSync(join(root, "packs/own/rules.cedar"));
      symlinkSync(join(shipped, "rules.cedar"), join(root, "packs/own/rules.cedar"));
    },
  ];
  for (const spoil of spoilers) {
    await withSpoilt(
      spoil,
      async (root) => {
        const { code, out } = await runSafely(root, ["assess", ".", "--output", "json"]);
        assert.deepEqual([code, out], [2, ""]);
      },
      world,
    );
  }
});

test("a pack that only compares is no better: one that does not load stops everything", async () => {
  const comparing = firstWith({ config: { ...first.config, compare: [{ pack: "own" }] } });
  await withSpoilt(
    given(pack(permit + permit)),
    async (root) => {
      const { code, out } = await runSafely(root, ["assess", ".", "--output", "json"]);
      assert.deepEqual([code, out], [2, ""]);
    },
    comparing,
  );
});

test("a pack that forbids nothing it could, or everything: dead rules are harmless, and nobody is green for want of a duty", async () => {
  const never = rule("when { context.tested && !context.tested } unless { context.tested }");
  const { assessment } = await attack(given(pack(permit + never)), world);
  assert.equal(assessment.basis.evidence, undefined);
  const always = await attack(given(pack(permit + rule("unless { false }"))), world);
  assert.equal(always.assessment.verdicts.admitted, 0);
});
