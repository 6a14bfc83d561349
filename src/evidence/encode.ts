import type { Envelope, EnvelopeSignature } from "../model/envelope.ts";
import type { Signer } from "../model/ports/signer.ts";
import { payloadType, predicates, type Statement, statementType } from "../model/statement.ts";
import { preAuthEncoding } from "./signature.ts";

/**
 * The payload of a statement: in-toto Statement v1 as UTF-8 JSON. It is not canonicalised, because DSSE signs the bytes
 * and not what they mean.
 */
export function encodeStatement(statement: Statement): Uint8Array {
  const { kind, predicate, subjects } = statement;
  const subject = subjects.map(({ name, digest }) => ({ name, digest }));
  const text = JSON.stringify({ _type: statementType, subject, predicateType: predicates[kind].uri, predicate });
  return Buffer.from(text, "utf8");
}

/** Signs a statement with every signer; the envelope as JSON text. */
export function signStatement(statement: Statement, signers: readonly Signer[]): string {
  const payload = encodeStatement(statement);
  return encodeEnvelope(signers.reduce(addSignature, { payloadType, payload, signatures: [] }));
}

/** The same envelope with one more signature over the same payload. */
export function addSignature(envelope: Envelope, signer: Signer): Envelope {
  const sig = signer.sign(preAuthEncoding(envelope.payloadType, envelope.payload));
  const signature: EnvelopeSignature = { keyid: signer.keyid, sig };
  return { ...envelope, signatures: [...envelope.signatures, signature] };
}

/** An envelope as JSON text (DSSE v1, envelope.md), base64 in the standard alphabet. */
export function encodeEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const written = {
    payloadType,
    payload: Buffer.from(payload).toString("base64"),
    signatures: signatures.map(({ keyid, sig }) => ({
      ...(keyid !== undefined && { keyid }),
      sig: Buffer.from(sig).toString("base64"),
    })),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}
