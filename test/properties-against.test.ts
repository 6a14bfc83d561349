/** DESIGN 4, "Knowing less", (c): what others say against a claim, over random worlds. FREIGABE_RUNS sets how many. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../src/model/evidence.ts";
import {
  compared,
  evidenceIn,
  neverAdmitted,
  neverBetter,
  show,
  type Verdicts,
  withOneMore,
  wordsOn,
} from "./kit/compare.ts";
import { anyWorld } from "./kit/generate.ts";
import { copyists, kinds, today } from "./kit/generate-cast.ts";
import { signedBy } from "./kit/generate-statements.ts";
import { decideAll, nameOf, type One } from "./kit/one-by-one.ts";
import { register, type Signed, type World } from "./kit/world.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: 20190311 };

type Contradiction = (claim: Readonly<Record<string, unknown>>) => object;
/** Words against a certificate by another body of the same grade; each says otherwise of what a verdict can hang on. */
const contradictions: readonly Contradiction[] = [
  ({ issued }) => ({ status: "withdrawn", withdrawn: issued }),
  () => ({ status: "withdrawn" }),
  () => ({ release: "9.9" }),
  ({ product }) => ({ product: kinds.find((kind) => kind.product !== product)?.product }),
  ({ holder }) => ({ holder: kinds.find(({ maker }) => maker !== holder)?.maker }),
  ({ issued }) => ({ until: issued }),
];
/** Words on how it was certified: a contradiction for `de-2026`, and none on whether it was tested at all (`de-2019`). */
const ofScheme: readonly Contradiction[] = [
  ({ scheme }) => ({ scheme: scheme === "BSZ" ? "EUCC" : "BSZ" }),
  ({ documents }) => (documents === undefined ? { release: "9.9" } : { documents: ["TS 33.999"] }),
];

/** What rests on a certificate: admitted, and not without what is said of it. */
function restingOn(world: World, evidence: readonly Evidence[], before: Verdicts, id: unknown): readonly One[] {
  const without = evidence.filter(
    ({ file }) => !world.signed.some((one) => one.file === file && one.says.predicate.certificateId === id),
  );
  const after = decideAll(world, without);
  return compared(before, after).flatMap(([one, other]) =>
    one.judged.outcome === "admitted" && other.judged.outcome !== "admitted" ? [one] : [],
  );
}

test("(c) another signer who says otherwise never improves, and makes contested what rested on the certificate", () => {
  let contested = 0;
  fc.assert(
    fc.property(anyWorld(), fc.constantFrom(...contradictions, ...ofScheme), (world, contradict) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter(({ says, by }) => says.kind === "certificate" && by[0] === "DEMO-body")) {
        const { predicate } = one.says;
        if (wordsOn(predicate.certificateId, world.signed) !== 1) continue;
        const otherwise = { ...predicate, ...contradict(predicate) };
        const added = {
          ...signedBy({ kind: "certificate", predicate: otherwise }, ["DEMO-body-2"], "2026-09-02"),
          file: "evidence/other.json",
        };
        const after = decideAll(world, withOneMore(world, evidence, added));
        const resting = new Set(restingOn(world, evidence, before, predicate.certificateId).map(nameOf));
        for (const [a, b] of compared(before, after)) {
          // A second word on another product or release is a claim about that one: only what spoke of this counts.
          if (!resting.has(nameOf(a)) || (ofScheme.includes(contradict) && a.pack !== "de-2026")) continue;
          assert.notEqual(b.judged.outcome, "admitted", `${nameOf(a)}: ${show(b)}: ${JSON.stringify(otherwise)}`);
          assert.ok(b.judged.outcome === "refused" || b.judged.bases.includes("contested"), show(b));
          contested++;
        }
      }
    }),
    runs,
  );
  assert.ok(contested > runs.numRuns / 10, `${contested} verdicts rested on a certificate that was contradicted`);
});

test("(c) a later withdrawal by the same signer supersedes: nothing is contested by it, nothing rests on it", () => {
  let withdrawn = 0;
  fc.assert(
    fc.property(anyWorld(), fc.constantFrom("a", "z"), (world, place) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter(({ says, by }) => says.kind === "certificate" && by[0] === "DEMO-body")) {
        const { predicate } = one.says;
        if (wordsOn(predicate.certificateId, world.signed) !== 1 || predicate.status !== "issued") continue;
        const ended = { ...predicate, status: "withdrawn", withdrawn: predicate.issued };
        const added = {
          ...signedBy({ kind: "certificate", predicate: ended }, ["DEMO-body"], today),
          file: `evidence/${place}-later.json`,
        };
        const after = decideAll(world, withOneMore(world, evidence, added));
        neverBetter(before, after, ended);
        const resting = new Set(restingOn(world, evidence, before, predicate.certificateId).map(nameOf));
        for (const [a, b] of compared(before, after)) {
          const texts = b.verdicts.flatMap(({ why }) => why.map(({ text }) => text));
          assert.ok(
            !texts.some((text) => text.includes("says otherwise") && text.includes(`\`${predicate.certificateId}\``)),
            show(b),
          );
          if (!resting.has(nameOf(a))) continue;
          assert.notEqual(b.judged.outcome, "admitted", show(b));
          withdrawn++;
        }
      }
    }),
    runs,
  );
  assert.ok(withdrawn > runs.numRuns / 10, `${withdrawn} verdicts rested on a certificate that was withdrawn`);
});

/** Valid words against somebody's equipment, by somebody trusted for it. */
const against = fc.constantFrom(...kinds).chain((kind) => {
  const { product, maker, functions } = kind;
  const order = {
    orderId: "DEMO-O-9",
    law: "BSIG 41",
    status: "in-force",
    issued: "2026-08-01",
    effective: "2026-09-01",
  };
  const update = {
    certificateId: `DEMO-C-${functions}-1`,
    product,
    fromRelease: "1.0",
    toRelease: "1.1",
    change: "major",
  };
  const tested = { name: `${product}@1.0`, digest: { sha256: "b".repeat(64) } };
  return fc.constantFrom<Omit<Signed, "file">>(
    signedBy(
      { kind: "order", predicate: { ...order, operators: "all", makers: [maker] } },
      ["DEMO-ministry"],
      "2026-09-01",
    ),
    signedBy(
      { kind: "order", predicate: { ...order, operators: "all", makers: "all", functions: [functions] } },
      ["DEMO-ministry"],
      "2026-09-01",
    ),
    signedBy({ kind: "update-statement", predicate: update }, ["DEMO-lab-2"], "2026-09-01"),
    {
      ...signedBy(
        { kind: "test-result", predicate: { result: "FAILED", configuration: [], failedTests: ["suite"] } },
        ["DEMO-lab-2"],
        "2026-09-01",
      ),
      subject: tested,
    },
    signedBy({ kind: "oversight", predicate: { maker, product, level: 0 } }, ["DEMO-ministry"], "2026-09-01"),
  );
});

test("(c) an order, a failed test, a major update or a lower level of oversight never improves a verdict", () => {
  let turned = 0;
  fc.assert(
    fc.property(anyWorld(), against, (world, said) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const added = { ...said, file: "evidence/against.json" };
      const after = decideAll(world, withOneMore(world, evidence, added));
      if (said.says.kind === "oversight") neverAdmitted(before, after, said.says);
      else neverBetter(before, after, said.says);
      turned += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
    }),
    runs,
  );
  assert.ok(turned > runs.numRuns / 4, `${turned} verdicts turned`);
});

test("an order that the operator's own register lists bars what it reaches, though its grade is the lowest", () => {
  let listed = 0;
  fc.assert(
    fc.property(anyWorld(), fc.constantFrom(...kinds), (world, { product, maker }) => {
      const evidence = evidenceIn(world);
      const entry = {
        orderId: "DEMO-O-8",
        law: "BSIG 41",
        status: "in-force",
        operators: ["DEMO-north"],
        makers: [maker],
        products: [product],
        issued: "2026-02-01",
        effective: "2026-02-02",
      };
      const fields = { edition: 9, asOf: "2026-11-02", nextDue: "2027-01-31", entries: [entry] };
      const says = register({ register: "orders", operator: "DEMO-north", ...fields } as never);
      const added = { ...signedBy(says, ["DEMO-north-key"], "2026-11-03"), file: "registers/own.json" };
      const reached = (world.tables.elements ?? []).filter((row) => row.product === product && row.maker === maker);
      const ids = new Set(reached.map(({ id }) => id));
      for (const one of decideAll(world, withOneMore(world, evidence, added)).values()) {
        const { pack, element, operator, judged, facts } = one;
        if (pack !== "de-2026" || operator !== "DEMO-north" || !ids.has(element)) continue;
        if (!facts.some(({ critical }) => critical?.kind === "selecting" && critical.possible.join() === "true"))
          continue;
        assert.equal(judged.outcome, "refused");
        listed++;
      }
    }),
    runs,
  );
  assert.ok(listed > runs.numRuns / 4, `${listed} barred`);
});

/** The same words at the lowest grade at which anybody may sign them: a copy by two people, or an entry of an own register. */
function lowerGraded(predicate: Readonly<Record<string, unknown>>): readonly Omit<Signed, "file">[] {
  const copied = signedBy({ kind: "certificate", predicate }, copyists, "2026-09-02");
  const fields = { edition: 9, asOf: "2026-11-02", nextDue: "2027-01-31", entries: [predicate] };
  const says = register({ register: "certificates", operator: "DEMO-north", ...fields } as never);
  return [copied, signedBy(says, ["DEMO-north-key"], "2026-11-03")];
}

test("lowering the grade of a negative word never improves on what was undecided or refused by it", () => {
  let contested = 0;
  fc.assert(
    fc.property(anyWorld(), fc.constantFrom(...contradictions), (world, contradict) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter(({ says, by }) => says.kind === "certificate" && by[0] === "DEMO-body")) {
        const { predicate } = one.says;
        if (wordsOn(predicate.certificateId, world.signed) !== 1) continue;
        const otherwise = { ...predicate, ...contradict(predicate) };
        const resting = new Set(restingOn(world, evidence, before, predicate.certificateId).map(nameOf));
        for (const lower of lowerGraded(otherwise)) {
          const after = decideAll(world, withOneMore(world, evidence, { ...lower, file: "evidence/lower.json" }));
          for (const [a, b] of compared(before, after)) {
            if (!resting.has(nameOf(a))) continue;
            assert.notEqual(b.judged.outcome, "admitted", `${nameOf(a)}: ${show(b)}: ${JSON.stringify(lower)}`);
            contested++;
          }
        }
      }
    }),
    { ...runs, numRuns: Math.ceil(runs.numRuns / 2) },
  );
  assert.ok(contested > runs.numRuns / 10, `${contested} verdicts rested on a certificate that was contradicted`);
});

test("one more failed test, by whomever and of whatever grade, never improves a verdict", () => {
  let turned = 0;
  const failure = fc.record({
    kind: fc.constantFrom(...kinds),
    failedTests: fc.constantFrom(undefined, ["suite"], ["other suite"]),
    by: fc.constantFrom(["DEMO-lab"], ["DEMO-lab-2"], copyists),
    digest: fc.constantFrom("b", "c"),
  });
  fc.assert(
    fc.property(anyWorld(), failure, (world, { kind, by, digest, failedTests }) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const predicate = { result: "FAILED", configuration: [], failedTests };
      const said = signedBy({ kind: "test-result", predicate }, by, "2026-09-01");
      const { transcriptOf } = said.says.predicate as { transcriptOf?: { digest: { sha256: string } } };
      const subject = { name: `${kind.product}@1.0`, digest: transcriptOf?.digest ?? { sha256: digest.repeat(64) } };
      const after = decideAll(world, withOneMore(world, evidence, { ...said, subject, file: "evidence/failed.json" }));
      neverBetter(before, after, said.says);
      turned += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
    }),
    runs,
  );
  assert.ok(turned > 0, `${turned} verdicts turned`);
});
