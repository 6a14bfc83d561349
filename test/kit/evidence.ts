/** Invented keys and statements for tests. */
import { createHash } from "node:crypto";
import { encodeEnvelope, signStatement } from "../../src/evidence/encode.ts";
import { preAuthEncoding } from "../../src/evidence/signature.ts";
import type { Algorithm } from "../../src/model/algorithm.ts";
import type { EvidenceDocument } from "../../src/model/envelope.ts";
import type { TrustedKey } from "../../src/model/evidence.ts";
import type { ReadFile } from "../../src/model/ports/files.ts";
import type { Signer } from "../../src/model/ports/signer.ts";
import { payloadType, type Statement, type StatementKind } from "../../src/model/statement.ts";
import { readEvidence } from "../../src/readers/dsse.ts";
import { type FileSigner, makeKeyPair, signerFrom } from "../../src/storage/keys.ts";

export interface Person {
  readonly signer: FileSigner;
  readonly key: TrustedKey;
}

/** Somebody with a key; the id is the lower-case party unless `extra` says otherwise. */
export function person(
  role: TrustedKey["role"],
  party: string,
  extra: Partial<TrustedKey> = {},
  algorithm: Algorithm = "ed25519",
): Person {
  const pair = makeKeyPair(algorithm);
  const { keyid, publicKey } = pair;
  const id = party.toLowerCase();
  return {
    signer: signerFrom(pair.privateKey, "test key"),
    key: { id, party, role, keyid, publicKey, from: "2026-01-01", ...extra },
  };
}

export const sha256 = (text: string | Uint8Array) => createHash("sha256").update(text).digest("hex");

export function fileOf(name: string, text: string | Uint8Array): ReadFile {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text;
  return { name, bytes, sha256: sha256(bytes) };
}

type Signed = Extract<EvidenceDocument, { kind: "envelope" }>;

/** Text of an envelope as its reader finds it. */
export function documentOf(text: string, name = "evidence/DEMO.json"): Signed {
  const document = readEvidence(fileOf(name, text));
  if (document.kind === "envelope") return document;
  throw new Error(`expected an envelope: ${JSON.stringify(document)}`);
}

/** A statement signed by everyone named. */
export function signedBy(statement: Statement, ...people: readonly Person[]): Signed {
  return documentOf(
    signStatement(
      statement,
      people.map(({ signer }) => signer),
    ),
  );
}

/** Any payload at all in an envelope that is signed properly. */
export function envelopeOf(payload: string, signer: Signer, type = payloadType): string {
  const bytes = Buffer.from(payload, "utf8");
  const sig = signer.sign(preAuthEncoding(type, bytes));
  return encodeEnvelope({ payloadType: type, payload: bytes, signatures: [{ keyid: signer.keyid, sig }] });
}

const signedAt = "2026-03-01T12:00:00Z";
const release = [{ name: "DEMO-AMF@21.3", digest: { sha256: sha256("manifest") } }];
const itself = [{ name: "about no artefact", digest: { sha256: sha256("statement") } }];
const bill = [{ name: "DEMO-AMF.cdx.json", digest: { sha256: sha256("bill") } }];

/** One good statement of every kind. */
export const samples = {
  certificate: {
    kind: "certificate",
    subjects: release,
    predicate: {
      certificateId: "DEMO-C1",
      scheme: "NESAS-CCS-GI",
      status: "issued",
      holder: "DEMO-MAKER",
      product: "DEMO-AMF",
      release: "21.3",
      issued: "2026-02-01",
      until: "2028-02-01",
      signedAt,
    },
  },
  "test-result": {
    kind: "test-result",
    subjects: release,
    predicate: { result: "PASSED", configuration: [{ name: "TS 33.512" }], passedTests: ["TS 33.512"], signedAt },
  },
  register: {
    kind: "register",
    subjects: itself,
    predicate: {
      register: "orders",
      edition: 1,
      complete: true,
      asOf: "2026-03-01",
      nextDue: "2026-06-01",
      count: 0,
      entries: [],
      signedAt,
    },
  },
  declaration: {
    kind: "declaration",
    subjects: itself,
    predicate: {
      declarationId: "DEMO-D1",
      declaration: "guarantee",
      maker: "DEMO-MAKER",
      product: "DEMO-AMF",
      given: "2026-02-01",
      signedAt,
    },
  },
  order: {
    kind: "order",
    subjects: itself,
    predicate: {
      orderId: "DEMO-O1",
      law: "BSIG 41(2)",
      status: "in-force",
      operators: "all",
      makers: ["DEMO-MAKER"],
      issued: "2026-02-01",
      effective: "2026-04-01",
      signedAt,
    },
  },
  "update-statement": {
    kind: "update-statement",
    subjects: [{ name: "DEMO-AMF@21.3.2", digest: { sha256: sha256("manifest 2") } }],
    predicate: {
      certificateId: "DEMO-C1",
      product: "DEMO-AMF",
      fromRelease: "21.3",
      toRelease: "21.3.2",
      change: "minor",
      signedAt,
    },
  },
  oversight: { kind: "oversight", subjects: itself, predicate: { maker: "DEMO-MAKER", level: 3, signedAt } },
  alias: {
    kind: "alias",
    subjects: itself,
    predicate: { text: "Demo Networks", aliasOf: "supplier", id: "DEMO-MAKER", signedAt },
  },
  exception: {
    kind: "exception",
    subjects: itself,
    predicate: {
      exceptionId: "DEMO-E1",
      pack: "de-2026",
      rules: ["DE-CERT-1"],
      scope: { operators: ["ONE"] },
      reason: "an invented reason",
      owner: "an invented owner",
      from: "2026-03-01",
      until: "2026-12-31",
      signedAt,
    },
  },
  document: { kind: "document", subjects: bill, predicate: { format: "CycloneDX", signedAt } },
  shares: {
    kind: "shares",
    subjects: itself,
    predicate: { operator: "ONE", asOf: "2026-03-01", elements: 0, unread: 0, signedAt },
  },
  posture: {
    kind: "posture",
    subjects: itself,
    predicate: {
      ...{ partner: "DEMO-NATION", assurance: "self", asOf: "2026-03-01", knownAt: "2026-03-01" },
      ...{ elements: 10, examined: 10, lists: [], cells: [], work: [], oversight: { best: 3, worst: 2 }, signedAt },
    },
  },
  "formal-notice": {
    kind: "formal-notice",
    subjects: itself,
    predicate: {
      ...{ noticeId: "DEMO-N1", originator: "DEMO-AGENCY", partner: "DEMO-NATION", title: "an invented notice" },
      ...{ text: "invented words", condition: "DEMO-C", force: "2026-05-01", answerBy: "2026-04-01", signedAt },
    },
  },
  "notice-reply": {
    kind: "notice-reply",
    subjects: itself,
    predicate: {
      ...{ replyId: "DEMO-R1", reply: "received", noticeId: "DEMO-N1", notice: sha256("notice") },
      ...{ partner: "DEMO-NATION", originator: "DEMO-AGENCY", signedAt },
    },
  },
  "supplier-comment": {
    kind: "supplier-comment",
    subjects: itself,
    predicate: { commentId: "DEMO-W1", maker: "DEMO-MAKER", on: "*", text: "invented words", signedAt },
  },
  override: {
    kind: "override",
    subjects: itself,
    predicate: {
      ...{ overrideId: "DEMO-V1", object: "indicator--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10", partner: "DEMO-NATION" },
      ...{ reason: "an invented threat", until: "2026-03-31", signedAt },
    },
  },
  removal: {
    kind: "removal",
    subjects: itself,
    predicate: {
      ...{ removalId: "DEMO-RM1", operator: "DEMO-north", elements: ["DEMO-amf-1"], reason: "dismantled" },
      ...{ removed: "2026-02-27", proof: { title: "an invented protocol", digest: { sha256: sha256("protocol") } } },
      signedAt,
    },
  },
  "warning-decision": {
    kind: "warning-decision",
    subjects: itself,
    predicate: {
      ...{ decisionId: "DEMO-D1", object: "indicator--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10", partner: "DEMO-NATION" },
      ...{ version: "2026-03-01T00:00:00.000Z", decision: "release", reason: "an invented threat", signedAt },
    },
  },
  "recall-reply": {
    kind: "recall-reply",
    subjects: itself,
    predicate: {
      ...{ recall: "disclosure-recall--7f0c1d52-8a3e-4b61-9d0f-2c5e8a7b4d10", partner: "DEMO-NATION", done: "deleted" },
      signedAt,
    },
  },
} as const satisfies { readonly [Kind in StatementKind]: Statement & { readonly kind: Kind } };

/** A sample with other fields in its predicate. */
export function sample<Kind extends StatementKind>(
  kind: Kind,
  changes: Readonly<Record<string, unknown>> = {},
): Statement {
  const { predicate, subjects } = samples[kind];
  return { kind, subjects, predicate: { ...predicate, ...changes } } as Statement;
}
