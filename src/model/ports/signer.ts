/** Something that signs with a private key: a file today, a card or a service later. */
export interface Signer {
  /** SHA-256 of the SubjectPublicKeyInfo in lower-case hex. */
  readonly keyid: string;
  /** Signs the bytes (DSSE pre-authentication encoding); returns the raw signature (ECDSA: DER, RSA: PSS). */
  sign(bytes: Uint8Array): Uint8Array;
}
