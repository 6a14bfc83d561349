/**
 * DESIGN 4, "Knowing less", over random worlds: signed, read, checked and decided element by element. FREIGABE_RUNS sets
 * how many worlds.
 */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Evidence } from "../src/model/evidence.ts";
import { anyWorld, kinds, signedBy, today } from "./kit/generate.ts";
import { decideAll, evidenceOf, nameOf, type One, rank } from "./kit/one-by-one.ts";
import { register, type Signed, temporaryWorld, type World } from "./kit/world.ts";

const runs = { numRuns: Number(process.env.FREIGABE_RUNS ?? 40), seed: 20190311 };

/** Signs, writes, reads and checks a world; its files are gone when this returns. */
function evidenceIn(world: World): readonly Evidence[] {
  const root = temporaryWorld(world);
  try {
    return evidenceOf(root, world).evidence;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The same with one statement more. */
function withOneMore(world: World, evidence: readonly Evidence[], added: Signed): readonly Evidence[] {
  const more = evidenceIn({ ...world, signed: [added] });
  assert.equal(more.length, 1, `expected evidence: ${JSON.stringify(added)}`);
  return [...evidence, ...more].sort((a, b) => (a.file < b.file ? -1 : 1));
}

type Verdicts = ReturnType<typeof decideAll>;

/** Pairs of what held before and after for each pack, element and operator; there must be as many as before. */
function compared(before: Verdicts, after: Verdicts): readonly (readonly [before: One, after: One])[] {
  assert.equal(after.size, before.size);
  return [...before.values()].map((one) => {
    const other = after.get(nameOf(one));
    assert.ok(other, `${nameOf(one)} is gone`);
    return [one, other] as const;
  });
}

function neverBetter(before: Verdicts, after: Verdicts, because: unknown): void {
  for (const [one, other] of compared(before, after)) {
    const better = rank[other.judged.outcome] > rank[one.judged.outcome];
    assert.ok(!better, `${nameOf(one)}: ${show(one)}, then ${show(other)}: ${JSON.stringify(because)}`);
  }
}

function neverAdmitted(before: Verdicts, after: Verdicts, because: unknown): void {
  for (const [one, other] of compared(before, after)) {
    const turned = other.judged.outcome === "admitted" && one.judged.outcome !== "admitted";
    assert.ok(!turned, `${nameOf(one)}: ${show(one)}, then ${show(other)}: ${JSON.stringify(because)}`);
  }
}

function show({ judged, facts }: One): string {
  const brief = facts.map((all) =>
    Object.entries(all).map(([name, fact]) => [
      name,
      fact.kind === "graded" ? [fact.worst, fact.best] : fact.possible,
      ...fact.why.map(({ text }) => text),
    ]),
  );
  return `${judged.outcome}/${judged.bases.join("+")} ${JSON.stringify(brief)}`;
}

/** What a statement or an entry speaks of, and what of it: two that share this and differ contradict each other. */
function matterOf({ kind, predicate }: Signed["says"], subject?: Signed["subject"]): string | undefined {
  switch (kind) {
    case "certificate":
      return `certificate ${predicate.certificateId}`;
    case "update-statement":
      return `update ${predicate.certificateId}`;
    case "oversight":
      return `oversight ${predicate.maker}`;
    case "alias":
      return `alias ${predicate.text} ${predicate.product ?? ""}`;
    case "test-result":
      return `test ${subject?.name}`;
    default:
      return undefined;
  }
}

function entriesOf({ says }: Signed): readonly Readonly<Record<string, unknown>>[] {
  const { entries } = says.predicate;
  return Array.isArray(entries) ? entries : [];
}

/** Everything the world says of certificates, alone or as entries of registers. */
function wordsOn(certificateId: unknown, signed: readonly Signed[]): number {
  const alone = signed.filter(
    ({ says }) => says.kind === "certificate" && says.predicate.certificateId === certificateId,
  );
  const listed = signed.flatMap(entriesOf).filter((entry) => entry.certificateId === certificateId);
  return alone.length + listed.length;
}

/** In favour of something, contradicted by nobody: no register, order or withdrawal, no failed test, no major update. */
function isSupporting(one: Signed, signed: readonly Signed[]): boolean {
  const { kind, predicate } = one.says;
  const against =
    kind === "register" ||
    kind === "order" ||
    predicate.status === "withdrawn" ||
    predicate.result === "FAILED" ||
    predicate.change === "major";
  if (against) return false;
  if (kind === "certificate") return wordsOn(predicate.certificateId, signed) === 1;
  const matter = matterOf(one.says, one.subject);
  return (
    matter === undefined || signed.every((other) => other === one || matterOf(other.says, other.subject) !== matter)
  );
}

test("(a) taking away a supporting statement never improves a verdict", () => {
  let taken = 0;
  let worse = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter((signed) => isSupporting(signed, world.signed))) {
        const after = decideAll(
          world,
          evidence.filter(({ file }) => file !== one.file),
        );
        // An alias says who is meant, which helps an order too; a level of oversight may be too low, where none is unknown.
        if (one.says.kind === "alias" || one.says.kind === "oversight") neverAdmitted(before, after, one.says);
        else neverBetter(before, after, one.says);
        taken++;
        worse += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
      }
    }),
    runs,
  );
  assert.ok(taken > 3 * runs.numRuns && worse > runs.numRuns / 4, `${taken} taken away, ${worse} verdicts turned`);
});

/** What makes documents editions of one register. */
function registerOf({ says, by }: Signed): string | undefined {
  const { register, operator = "", schemes = [] } = says.predicate;
  return says.kind === "register" ? JSON.stringify([register, operator, schemes, by]) : undefined;
}

/**
 * A register says something against by what it lists (an order, a withdrawal) and, if it is a body's, by what it does
 * not: a certificate that it ought to list. Without the ledger nobody can tell that such a word is gone.
 */
function speaksAgainst(editions: readonly Signed[]): boolean {
  return editions.some((edition) => {
    const { register, operator } = edition.says.predicate;
    if (register === "certificates" && operator === undefined) return true;
    return entriesOf(edition).some(({ orderId, status }) => orderId !== undefined || status === "withdrawn");
  });
}

test("(b) taking away all editions of a register never makes one admitted", () => {
  let opened = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const names = new Set(world.signed.flatMap((signed) => registerOf(signed) ?? []));
      for (const name of names) {
        const editions = world.signed.filter((signed) => registerOf(signed) === name);
        if (speaksAgainst(editions)) continue;
        const files = new Set(editions.map(({ file }) => file));
        const after = decideAll(
          world,
          evidence.filter(({ file }) => !files.has(file)),
        );
        neverAdmitted(before, after, name);
        opened += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
      }
    }),
    runs,
  );
  assert.ok(opened > runs.numRuns / 2, `${opened} verdicts turned`);
});

test("(b) without any register of orders nothing critical is admitted, whatever they said", () => {
  let turned = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      const isOrders = ({ statement }: Evidence) =>
        statement.kind === "register" && statement.predicate.register === "orders";
      const after = decideAll(
        world,
        evidence.filter((one) => !isOrders(one)),
      );
      neverAdmitted(before, after, "all registers of orders");
      for (const { pack, judged, facts } of after.values()) {
        const critical = facts.some(
          ({ critical }) => critical?.kind === "selecting" && critical.possible.includes(true),
        );
        if (pack === "de-2026" && critical) assert.notEqual(judged.outcome, "admitted");
      }
      turned += compared(before, after).filter(([a, b]) => a.judged.outcome !== b.judged.outcome).length;
    }),
    runs,
  );
  assert.ok(turned > runs.numRuns / 2, `${turned} verdicts turned`);
});

test("gaps: taking a middle edition away never makes one admitted, and closes nothing any more", () => {
  let opened = 0;
  fc.assert(
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const middle of world.signed.filter(({ says }) => says.predicate.edition === 2)) {
        const siblings = world.signed.filter((signed) => registerOf(signed) === registerOf(middle));
        if (siblings.length !== 3) continue;
        const after = decideAll(
          world,
          evidence.filter(({ file }) => file !== middle.file),
        );
        neverAdmitted(before, after, middle.says);
        for (const { facts } of after.values()) {
          const sources = facts.flatMap((all) => Object.values(all).flatMap((fact) => fact.sources));
          const closing = sources.filter(
            (source) =>
              source.kind === "statement" &&
              source.text.startsWith("register of") &&
              siblings.some(({ file }) => file === source.file),
          );
          assert.deepEqual(closing, []);
        }
        opened++;
      }
    }),
    runs,
  );
  assert.ok(opened > runs.numRuns / 10, `${opened} middle editions`);
});

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
    fc.property(anyWorld(), (world) => {
      const evidence = evidenceIn(world);
      const before = decideAll(world, evidence);
      for (const one of world.signed.filter(({ says, by }) => says.kind === "certificate" && by[0] === "DEMO-body")) {
        const { predicate } = one.says;
        if (wordsOn(predicate.certificateId, world.signed) !== 1 || predicate.status !== "issued") continue;
        const ended = { ...predicate, status: "withdrawn", withdrawn: predicate.issued };
        const added = {
          ...signedBy({ kind: "certificate", predicate: ended }, ["DEMO-body"], today),
          file: "evidence/a-later.json",
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
        { kind: "test-result", predicate: { result: "FAILED", configuration: [] } },
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
