import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { person, sample, sha256 } from "../../test/kit/evidence.ts";
import { companies, equipmentOf, firstUseOn, knowing, packNamed, settingOf } from "../../test/kit/facts.ts";
import { addDays } from "../model/day.ts";
import type { CertificateClaim } from "../model/statement.ts";
import { deriveCertificate } from "./certificate.ts";
import { endOf } from "./certificate-level.ts";
import type { Equipment } from "./subject.ts";

const body = person("body", "DEMO-BODY", { from: "2020-01-01" });
const other = person("body", "DEMO-OTHER-BODY", { from: "2020-01-01" });
const maker = person("maker", "DEMO-MAKER", { from: "2020-01-01" });
const operator = person("operator", "DEMO-north", { from: "2020-01-01" });
const signedAt = "2026-10-01T09:00:00Z";

const certified = (changes: Readonly<Record<string, unknown>> = {}, by = body) =>
  [sample("certificate", { documents: ["TS 33.512"], signedAt, ...changes }), by] as const;
const holdsNone = [
  sample("register", {
    register: "certificates",
    operator: "DEMO-north",
    asOf: "2026-10-01",
    nextDue: "2027-01-01",
    signedAt,
  }),
  operator,
] as const;
const update = (change: string, by = maker) => [sample("update-statement", { change, signedAt }), by] as const;

type Said = Parameters<typeof knowing>[0] & object;
function worth(said: Said, changes: Partial<Equipment> = {}, setting: Parameters<typeof settingOf>[0] = {}) {
  const fact = deriveCertificate(
    settingOf({ ...setting, knowledge: knowing([...said, holdsNone]) }),
    equipmentOf(changes),
  );
  return [fact.worst, fact.best, ...new Set(fact.why.map(({ code }) => code))];
}

test("a certificate climbs step by step: held, for this release, in term at first use, in term today", () => {
  assert.deepEqual(worth([]), [0, 0]);
  assert.deepEqual(worth([certified({ scheme: "BSZ" })]), [0, 0], "no scheme for this function");
  assert.deepEqual(worth([certified(), update("major")], { release: "21.3.2" }), [1, 1]);
  const late = { pack: packNamed("de-2026", { certifiedLate: "refused" }) };
  assert.deepEqual(worth([certified({ issued: "2026-03-03" })], {}, late), [2, 2]);
  const lapsed = { pack: packNamed("de-2026", { lapse: "refused" }) };
  assert.deepEqual(worth([certified({ until: "2026-11-19" })], {}, lapsed), [3, 3]);
  assert.deepEqual(worth([certified()]), [4, 4]);
});

test("what a parameter leaves open is a span, and says why", () => {
  assert.deepEqual(worth([certified({ until: "2026-11-19" })]), [3, 4, "expired"]);
  assert.deepEqual(worth([certified({ issued: "2026-03-03" })]), [2, 4, "missing"]);
  const both = certified({ issued: "2026-03-03", until: "2026-11-19" });
  assert.deepEqual(worth([both]), [2, 4, "missing", "expired"]);
  const forgiven = { pack: packNamed("de-2026", { certifiedLate: "admitted" }) };
  assert.deepEqual(worth([both], {}, forgiven), [3, 4, "expired"], "late may be forgiven, expired is another question");
});

test("for a deployment there is nothing to forgive: the certificate is in term on the day, or not", () => {
  const pack = packNamed("de-2026", { lapse: "admitted", certifiedLate: "admitted" });
  const deployed = (action: "deploy" | "update", until: string) =>
    worth([certified({ until })], { firstUse: firstUseOn("2026-11-20") }, { action, pack });
  assert.deepEqual(deployed("deploy", "2026-11-20"), [4, 4]);
  assert.deepEqual(deployed("deploy", "2026-11-19"), [2, 2]);
  assert.deepEqual(deployed("update", "2026-11-19"), [2, 2]);
});

test("a withdrawal ends the term for good; of two words of one day it is the last", () => {
  const withdrawn = (day: string) => certified({ status: "withdrawn", withdrawn: day });
  assert.deepEqual(worth([certified(), withdrawn("2026-09-01")]), [3, 3]);
  assert.deepEqual(worth([certified(), withdrawn("2026-03-01")]), [2, 3, "missing"], "before first use");
});

test("the release is the same by version, by digest, or by the body's word on the update; a maker's minor leaves it open", () => {
  const newer = { release: "21.3.2" };
  assert.deepEqual(worth([certified()], newer), [1, 4, "identity"]);
  assert.deepEqual(worth([certified(), update("minor")], newer), [1, 4, "identity"]);
  assert.deepEqual(worth([certified(), update("minor", body)], newer), [4, 4]);
  assert.deepEqual(worth([certified(), update("minor", other)], newer), [1, 4, "identity"], "another body's");
  assert.deepEqual(worth([certified(), update("minor", body), update("major")], newer), [1, 4, "identity"]);
  assert.deepEqual(worth([certified(), update("minor"), update("major", body)], newer), [1, 1]);
  const both = [update("minor", body), update("major", body)] as const;
  assert.deepEqual(worth([certified(), ...both], newer), [1, 1], "of two words of one day the stricter stands");
  assert.deepEqual(worth([certified()], { release: null }), [1, 4, "identity"]);
  assert.deepEqual(worth([certified()], { release: "other text", digest: sha256("manifest") }), [4, 4]);
  assert.deepEqual(worth([certified()], { digest: sha256("something else") }), [1, 1]);
});

test("another body that says otherwise of the same certificate makes it contested down to the lower claim", () => {
  const withdrawn = certified({ status: "withdrawn", withdrawn: "2026-09-01" }, other);
  assert.deepEqual(worth([certified(), withdrawn]), [3, 4, "contested"]);
  const foreign = certified({ holder: "DEMO-OTHER" }, other);
  assert.deepEqual(worth([certified(), foreign]), [1, 4, "contested"]);
});

test("a negative word of lower grade is heard: a withdrawal as transcript, or in the operator's own register, contests", () => {
  const document = { sha256: sha256("a list") };
  const approver = person("approver", "DEMO-north", { id: "approver", from: "2020-01-01" });
  const copied = (changes: Readonly<Record<string, unknown>>) => {
    const says = certified({
      ...changes,
      transcriptOf: { title: "a list", address: "https://example.org", seen: "2026-09-01", digest: document },
    })[0];
    return [{ ...says, subjects: [{ name: "a list", digest: document }] }, operator, approver] as const;
  };
  const withdrawn = { status: "withdrawn", withdrawn: "2026-09-01" };
  assert.deepEqual(worth([certified(), copied(withdrawn)]), [3, 4, "contested"]);
  assert.deepEqual(worth([certified(), copied({ release: "22" })]), [1, 4, "contested", "identity"]);
  assert.deepEqual(worth([certified(), copied({})]), [4, 4], "a copy that says the same");
  const issuer = packNamed("de-2026");
  const pack = { ...issuer, manifest: { ...issuer.manifest, lowestGrade: { certificate: "issuer" } } } as const;
  assert.deepEqual(
    worth([certified(), copied(withdrawn)], {}, { pack }),
    [3, 4, "contested"],
    "below the pack's grade",
  );
  assert.deepEqual(worth([copied({})], {}, { pack }), [0, 0], "and as support it does not count");

  const { certificateId, scheme, holder, product, release, issued, until } = certified()[0].predicate as never;
  const entry = { certificateId, scheme, holder, product, release, issued, until, documents: ["TS 33.512"] };
  const own = (changes: Readonly<Record<string, unknown>>, extra: Readonly<Record<string, unknown>> = {}) => {
    const says = sample("register", {
      ...{ register: "certificates", operator: "DEMO-north", asOf: "2026-10-01", nextDue: "2027-01-01", signedAt },
      ...{ count: 1, entries: [{ ...entry, ...changes }], ...extra },
    });
    return [says, operator] as const;
  };
  const listing = (register: ReturnType<typeof own>) => {
    const setting = settingOf({ knowledge: knowing([certified(), register]) });
    const { worst, best } = deriveCertificate(setting, equipmentOf());
    return [worst, best];
  };
  assert.deepEqual(listing(own(withdrawn)), [3, 4]);
  assert.deepEqual(listing(own({ status: "issued" })), [4, 4]);
  const list = sample("register", {
    ...{ register: "certificates", schemes: [scheme], asOf: "2026-10-01", nextDue: "2027-01-01", signedAt },
    transcriptOf: { title: "a list", address: "https://example.org", seen: "2026-09-01", digest: document },
  });
  const copiedList = [{ ...list, subjects: [{ name: "a list", digest: document }] }, operator, approver] as const;
  assert.deepEqual(worth([certified(), copiedList]), [1, 4, "contested"], "a copied list that leaves it out");
});

test("a certificate counts for the maker that holds it, or whom that maker became", () => {
  const succession = [{ predecessor: "DEMO-MAKER", successor: "DEMO-OTHER", day: "2026-06-01" }];
  const knowledge = knowing([certified(), holdsNone], companies({ succession }));
  const best = (id: string) => deriveCertificate(settingOf({ knowledge }), equipmentOf({ maker: { id } })).best;
  assert.equal(best("DEMO-OTHER"), 4);
  assert.equal(best("DEMO-MAKER"), 0, "who no longer stands where it stood");
});

test("without an admissible scheme, without a maker, or without a name of the function it stays open", () => {
  assert.deepEqual(worth([certified()], { function: "NSSF" }), [0, 4, "no-scheme"]);
  assert.deepEqual(worth([certified()], { function: "RAN-management" }), [0, 4, "no-scheme"]);
  assert.deepEqual(worth([certified()], { function: "core box" }), [0, 4, "missing"]);
  const why = { code: "identity", text: "nobody knows", who: "operator" } as const;
  assert.deepEqual(worth([certified()], { maker: { why } }), [0, 4, "identity"]);
});

test("property: a term is never longer than the scheme allows nor than it says, and a withdrawal only shortens it", () => {
  const scheme = packNamed("de-2026").manifest.schemes![0]!;
  const day = fc.nat(3000).map((days) => addDays("2022-01-01", days));
  const claim = fc.record({ issued: day, until: fc.option(day, { nil: undefined }), withdrawn: day });
  fc.assert(
    fc.property(claim, ({ issued, until, withdrawn }) => {
      const says: CertificateClaim = {
        ...{ certificateId: "c", scheme: scheme.id, status: "issued", holder: "h", product: "p", release: "r", issued },
        ...(until !== undefined && { until }),
      };
      const end = endOf(says, scheme);
      assert.ok(end <= addDays(issued, 366 * scheme.years) && (until === undefined || end <= until));
      const ended = endOf({ ...says, status: "withdrawn", withdrawn }, scheme);
      assert.ok(ended <= end && (ended < withdrawn || ended === end));
      assert.ok(endOf({ ...says, status: "withdrawn" }, scheme) < issued || end < issued);
    }),
    { seed: 20190311, numRuns: 500 },
  );
});
