import { generate } from "selfsigned";

/** A certificate that a server made for itself, with its key, as PEM. */
export interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate, by which a partner knows it. */
  readonly fingerprint: string;
}

const days = 397;

/** Makes a certificate for names and addresses, ECDSA P-256, for a bit over a year. */
export async function makeCertificate(names: readonly string[], now: Date): Promise<OwnCertificate> {
  const altNames = names.map((name) =>
    /^[0-9.]+$|:/.test(name) ? { type: 7 as const, ip: name } : { type: 2 as const, value: name },
  );
  const notAfterDate = new Date(now.getTime() + days * 86_400_000);
  const made = await generate([{ name: "commonName", value: names[0] ?? "localhost" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - 3_600_000),
    notAfterDate,
    extensions: [{ name: "subjectAltName", altNames }],
  });
  return { cert: made.cert, key: made.private, fingerprint: made.fingerprint };
}
