/** However a name is written, an order or a withdrawal lets nothing through that it held before. Over random worlds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compared, evidenceIn, neverAdmitted, withOneMore, wordsOn } from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { kinds } from "./kit/generate-cast.ts";
import { signedBy } from "./kit/generate-statements.ts";
import { decideAll } from "./kit/one-by-one.ts";
import type { Signed } from "./kit/world.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: 20261201 };

/** What people do to a name on its way into a statement. */
const misspelt = fc.constantFrom<(name: string) => string>(
  (name) => name.toLowerCase(),
  (name) => name.toUpperCase(),
  (name) => `\u00a0${name} `,
  (name) => name.replaceAll("-", " "),
  (name) => name.replaceAll("-", "\u2011"),
  (name) => name.replaceAll("-", ""),
  (name) => `${name} GmbH & Co. KG`,
  (name) => name.normalize("NFD"),
  () => "5G core network",
  () => "somebody else entirely",
);

type Predicate = Readonly<Record<string, unknown>>;

/** The predicate with one name in it written another way: in a list or alone. */
function rewritten(predicate: Predicate, field: string, write: (name: string) => string): Predicate {
  const value = predicate[field];
  return { ...predicate, [field]: Array.isArray(value) ? value.map(write) : write(String(value)) };
}

const order = fc
  .record({
    kind: fc.constantFrom(...kinds),
    operators: fc.constantFrom("all", ["DEMO-north"], ["DEMO-north", "DEMO-south"]),
    narrow: fc.constantFrom("product", "function", "none"),
    maker: fc.boolean(),
  })
  .map(
    ({ kind, operators, narrow, maker }): Predicate => ({
      ...{ orderId: "DEMO-O-9", law: "BSIG 41", status: "in-force", issued: "2026-08-01", effective: "2026-09-01" },
      operators: operators === "all" ? operators : [...operators],
      makers: maker ? [kind.maker] : "all",
      ...(narrow === "product" && { products: [kind.product] }),
      ...(narrow === "function" && { functions: [kind.functions] }),
    }),
  );

test("an order, one of its names written any other way or left out, admits nothing that it did not", () => {
  let held = 0;
  const field = fc.constantFrom("operators", "makers", "products", "functions");
  fc.assert(
    fc.property(anyWorld(), order, field, fc.option(misspelt), (world, predicate, name, write) => {
      if (!Array.isArray(predicate[name])) return;
      const evidence = evidenceIn(world);
      const signed = (says: Predicate): Signed => ({
        ...signedBy({ kind: "order", predicate: says }, ["DEMO-ministry"], "2026-09-01"),
        file: "evidence/order.json",
      });
      const other = write ? rewritten(predicate, name, write) : { ...predicate, [name]: [] };
      const before = decideAll(world, withOneMore(world, evidence, signed(predicate)));
      const after = decideAll(world, withOneMore(world, evidence, signed(other)));
      neverAdmitted(before, after, other);
      const without = decideAll(world, evidence);
      held += compared(without, before).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
    }),
    runs,
  );
  assert.ok(held > runs.numRuns / 10, `the order turned ${held} verdicts`);
});

test("a withdrawal, one of its names written any other way, admits nothing that it did not", () => {
  let held = 0;
  const field = fc.constantFrom("certificateId", "holder", "product", "scheme");
  const signer = fc.constantFrom("DEMO-body", "DEMO-body-2");
  fc.assert(
    fc.property(anyWorld(), field, misspelt, signer, (world, name, write, by) => {
      const evidence = evidenceIn(world);
      const without = decideAll(world, evidence);
      for (const { says } of world.signed) {
        const { kind, predicate } = says;
        if (kind !== "certificate" || predicate.status !== "issued") continue;
        // A second word on that number is another certificate as soon as the number is not the same.
        if (wordsOn(predicate.certificateId, world.signed) !== 1) continue;
        const withdrawal = { ...predicate, status: "withdrawn", withdrawn: predicate.issued };
        const signed = (said: Predicate): Signed => {
          const { transcriptOf: _, ...own } = said;
          return { ...signedBy({ kind, predicate: own }, [by], "2026-11-01"), file: "evidence/withdrawal.json" };
        };
        const other = rewritten(withdrawal, name, write);
        const before = decideAll(world, withOneMore(world, evidence, signed(withdrawal)));
        const after = decideAll(world, withOneMore(world, evidence, signed(other)));
        neverAdmitted(before, after, other);
        held += compared(without, before).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
      }
    }),
    runs,
  );
  assert.ok(held > runs.numRuns / 10, `withdrawals turned ${held} verdicts`);
});
