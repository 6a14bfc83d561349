import { createHash } from "node:crypto";
import { signStatement } from "../../../src/evidence/encode.ts";
import type { Statement } from "../../../src/model/statement.ts";
import { register, type Signed, signerOf } from "../../../test/kit/world.ts";

type Fields = Readonly<Record<string, unknown>>;

const nesasDocuments: Readonly<Record<string, string>> = {
  ...{ AMF: "TS 33.512", UPF: "TS 33.513", UDM: "TS 33.514", SMF: "TS 33.515", AUSF: "TS 33.516", SEPP: "TS 33.517" },
  ...{ NRF: "TS 33.518", NEF: "TS 33.519", SCP: "TS 33.522", PCF: "TS 33.528" },
};

/** What a certificate of the core scheme says; `functions` are those whose requirement documents it was tested against. */
export function nesas(
  number: string,
  [holder, product, release]: readonly [string, string, string],
  functions: string,
  [issued, until]: readonly [string, string],
): Fields {
  const documents = functions.split(" ").map((name) => nesasDocuments[name]!);
  const about = { holder: `DEMO-${holder}`, product: `DEMO-${product}`, release };
  const certificateId = `DEMO-NESAS-${number}`;
  return { certificateId, scheme: "NESAS-CCS-GI", status: "issued", ...about, documents, issued, until };
}

function bsz(number: string, product: string, release: string, issued: string, until: string): Fields {
  const holder = product.startsWith("N-") ? "DEMO-nordwerk" : "DEMO-taiga";
  const about = { holder, product: `DEMO-${product}`, release };
  return { certificateId: `DEMO-BSZ-${number}`, scheme: "BSZ", status: "issued", ...about, issued, until };
}

/** A certificate on file, signed by the body on the day of issue if nothing else is said. */
function signed(predicate: Fields, by: readonly string[] = ["DEMO-body"], on = String(predicate.issued)): Signed {
  const name = String(predicate.certificateId).replace("DEMO-", "");
  return { file: `evidence/certificate-${name}.json`, by, on, says: { kind: "certificate", predicate } };
}

/** Two people of an operator copied a certificate that another country's body published. */
function copied(predicate: Fields, operator: string, seen: string): Signed {
  const title = `certificate ${predicate.certificateId} (invented)`;
  const digest = { sha256: createHash("sha256").update(title).digest("hex") };
  const transcriptOf = { title, address: `https://certificates.example/${predicate.certificateId}`, seen, digest };
  return signed({ ...predicate, transcriptOf }, [`${operator}-security`, `${operator}-approver`], seen);
}

const core = ["halcyon", "H-CC", "24.2"] as const;
const inTerm = ["2025-11-10", "2027-11-09"] as const;

const heard = nesas("09", ["taiga", "T-SD", "23.0"], "UDM AUSF", ["2026-01-19", "2028-01-18"]);
/** A certificate that only the operator's own register lists: heard of, and no proof. */
export const onlyHeardOf: readonly Fields[] = [heard];

const spoiled = nesas("05", ["halcyon", "H-SD", "24.2"], "UDM AUSF", ["2026-03-16", "2028-03-15"]);

const bszCertificates = [
  bsz("01", "N-NR6", "6.1", "2026-01-19", "2028-01-18"),
  bsz("02", "N-NR6", "6.2", "2026-06-15", "2028-06-14"),
  bsz("03", "N-NR5", "5.0", "2026-01-12", "2028-01-11"),
  bsz("04", "T-SR9", "S9.1", "2024-11-11", "2026-11-10"),
  bsz("05", "N-NS1", "1.4", "2026-01-19", "2028-01-18"),
];

/** The body's register of one scheme, the first edition it signed this way: everything it issued, one withdrawn since. */
const bodyRegister: Signed = {
  ...{ file: "registers/certificates-BSZ-4.json", by: ["DEMO-body"], on: "2026-11-02" },
  says: register({
    ...{ register: "certificates", schemes: ["BSZ"], edition: 4, first: true },
    ...{ asOf: "2026-11-02", nextDue: "2027-01-31" },
    entries: bszCertificates.map((entry) =>
      entry.certificateId === "DEMO-BSZ-03" ? { ...entry, status: "withdrawn", withdrawn: "2026-08-17" } : entry,
    ) as never,
  }),
};

/** Certificates in force, expired, copied, withdrawn, and one of a body whose recognition had ended. */
export const certificates: readonly Signed[] = [
  signed(nesas("01", core, "AMF SMF NRF NEF SCP PCF", inTerm)),
  signed(nesas("02", ["halcyon", "H-UP", "24.2"], "UPF", inTerm)),
  copied(
    nesas("03", ["borea", "B-CC", "7.1"], "AMF SMF NRF SCP", ["2025-12-08", "2027-12-07"]),
    "DEMO-isar",
    "2026-01-12",
  ),
  signed(nesas("04", ["borea", "B-UP2", "5.2"], "UPF", ["2026-04-27", "2028-04-26"])),
  signed(nesas("06", ["borea", "B-PC", "1.0"], "PCF", ["2026-02-02", "2028-02-01"]), ["DEMO-body-ended"]),
  copied(
    nesas("07", ["taiga", "T-CC", "23.1"], "AMF SMF NRF", ["2025-12-15", "2027-12-14"]),
    "DEMO-elbe",
    "2026-01-13",
  ),
  signed(nesas("08", ["taiga", "T-UP", "23.1"], "UPF", ["2024-11-04", "2026-11-03"])),
  ...bszCertificates.map((predicate) => signed(predicate)),
  bodyRegister,
];

/** An envelope whose payload was changed after it was signed: it says 24.2, and 24.1 was signed. */
export function spoiledCertificate(): readonly [file: string, text: string] {
  const predicate = { ...spoiled, release: "24.1", signedAt: "2026-03-16T09:00:00Z" };
  const subjects = [{ name: "DEMO-H-SD@24.1", digest: { sha256: createHash("sha256").update("24.1").digest("hex") } }];
  const statement: Statement = JSON.parse(JSON.stringify({ kind: "certificate", predicate, subjects }));
  const envelope: { payload: string } = JSON.parse(signStatement(statement, [signerOf("DEMO-body")]));
  const payload = Buffer.from(envelope.payload, "base64").toString("utf8").replaceAll("24.1", "24.2");
  const changed = { ...envelope, payload: Buffer.from(payload, "utf8").toString("base64") };
  return ["evidence/certificate-NESAS-05.json", `${JSON.stringify(changed, null, 2)}\n`];
}

function test(product: string, release: string, result: "PASSED" | "FAILED", on: string, by = "DEMO-lab"): Signed {
  const name = `${product}@${release}`;
  const digest = { sha256: createHash("sha256").update(`manifest of DEMO-${name}`).digest("hex") };
  const tests = ["test plan of the lab (invented)"];
  const named = result === "PASSED" ? { passedTests: tests } : { failedTests: tests };
  const predicate = { result, configuration: [{ name: "the lab's plan of tests (invented)" }], ...named };
  const file = `evidence/test-${product}-${release}.json`;
  return {
    file,
    by: [by],
    on,
    says: { kind: "test-result", predicate },
    subject: { name: `DEMO-${name}`, digest },
  };
}

/** Results of labs: releases of base stations, one failure after a certificate, one of a lab whose accreditation had ended. */
export const testResults: readonly Signed[] = [
  test("L-BB", "V5.1", "PASSED", "2025-04-14"),
  test("B-BB", "24.4", "PASSED", "2025-02-10"),
  test("B-BB", "25.3", "PASSED", "2025-10-13"),
  test("T-BB", "T25", "PASSED", "2025-09-01", "DEMO-lab-ended"),
  test("N-NR6", "6.2", "FAILED", "2026-09-21"),
];

function oversight(maker: string, level: number, basis: string, by: string): Signed {
  const predicate = { maker: `DEMO-${maker}`, level, basis };
  return {
    file: `evidence/oversight-${maker}.json`,
    by: [by],
    on: "2026-02-10",
    says: { kind: "oversight", predicate },
  };
}

/** How deep others may look into a maker's products. */
export const oversights: readonly Signed[] = [
  ...["borea", "taiga", "halcyon", "nordwerk"].map((maker) =>
    oversight(maker, 3, "product tests by the lab", "DEMO-lab"),
  ),
  oversight("lotus", 2, "audit of the maker's process", "DEMO-body"),
  oversight("jade", 1, "a declaration only", "DEMO-regulator"),
];
