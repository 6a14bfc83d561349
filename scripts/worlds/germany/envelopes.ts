/**
 * Envelopes whose signatures are not the same twice (ECDSA, RSA-PSS), so they are made once and kept in `envelopes/`:
 * `node scripts/worlds/germany/envelopes.ts` makes them anew, with new keys. The private keys are thrown away.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { signStatement } from "../../../src/evidence/encode.ts";
import type { Algorithm } from "../../../src/model/algorithm.ts";
import type { Role } from "../../../src/model/evidence.ts";
import type { Statement } from "../../../src/model/statement.ts";
import { makeKeyPair, signerFrom } from "../../../src/storage/keys.ts";
import { nesas } from "./certificates.ts";

interface Fixed {
  readonly algorithm: Algorithm;
  readonly key: {
    readonly id: string;
    readonly party: string;
    readonly role: Role;
    readonly from: string;
  };
  readonly file: string;
  readonly kind: Statement["kind"];
  readonly subject: string;
  readonly predicate: Readonly<Record<string, unknown>>;
}

const fixed: readonly Fixed[] = [
  {
    ...{ algorithm: "p256", file: "update-H-UP.json", kind: "update-statement", subject: "DEMO-H-UP@24.3" },
    key: { id: "DEMO-body-updates", party: "DEMO certification body", role: "body", from: "2020-01-01" },
    predicate: {
      ...{ certificateId: "DEMO-NESAS-02", product: "DEMO-H-UP", fromRelease: "24.2", toRelease: "24.3" },
      ...{ change: "minor", signedAt: "2026-02-23T09:00:00Z" },
    },
  },
  {
    ...{ algorithm: "p384", file: "certificate-NESAS-10.json", kind: "certificate", subject: "DEMO-B-EDGE@2.1" },
    key: { id: "DEMO-body-second", party: "DEMO second certification body", role: "body", from: "2020-01-01" },
    predicate: {
      ...nesas("10", ["borea", "B-EDGE", "2.1"], "SEPP", ["2026-03-30", "2028-03-29"]),
      signedAt: "2026-03-30T09:00:00Z",
    },
  },
  {
    ...{ algorithm: "rsa-pss", file: "guarantee-A-AR9.json", kind: "declaration", subject: "DEMO-A-AR9" },
    key: { id: "DEMO-atlas-key", party: "DEMO-atlas", role: "maker", from: "2020-01-01" },
    predicate: {
      ...{ declarationId: "DEMO-guarantee-A-AR9", declaration: "guarantee" },
      ...{ maker: "DEMO-atlas", product: "DEMO-A-AR9", given: "2023-08-21", signedAt: "2023-08-21T09:00:00Z" },
    },
  },
];

const folder = join(import.meta.dirname, "envelopes");
const keyFile = "keys.yaml";

/** The kept files by their path in the workspace: envelopes, and the public keys to check them by. */
export function fixedFiles(): Readonly<Record<string, string>> {
  const pathOf = (name: string) => (name === keyFile ? "trust/other-algorithms.yaml" : `evidence/${name}`);
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [pathOf(name), readFileSync(join(folder, name), "utf8")]));
}

function makeAnew(): void {
  mkdirSync(folder, { recursive: true });
  const made = fixed.map(({ algorithm, key, file, kind, subject, predicate }) => {
    const pair = makeKeyPair(algorithm);
    const digest = { sha256: createHash("sha256").update(`manifest of ${subject}`).digest("hex") };
    const statement: Statement = JSON.parse(JSON.stringify({ kind, predicate, subjects: [{ name: subject, digest }] }));
    writeFileSync(join(folder, file), signStatement(statement, [signerFrom(pair.privateKey, key.id)]));
    return { ...key, publicKey: pair.publicKey };
  });
  const head =
    "# ECDSA on P-256 and P-384, and RSA-PSS. The private keys were thrown away when these envelopes were signed.";
  writeFileSync(join(folder, keyFile), `${head}\n${stringify({ keys: made }, { lineWidth: 110 })}`);
}

if (import.meta.main) makeAnew();
