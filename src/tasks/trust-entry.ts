import { stringify } from "yaml";
import { UserError } from "../model/errors.ts";
import type { TrustedKey } from "../model/evidence.ts";
import { readTrust } from "../readers/trust.ts";

/** What a person says about a key; checked by the reader of `trust/`. */
export interface KeyClaim {
  readonly id: string;
  readonly party: string;
  readonly role: string;
  readonly from: string;
  readonly until?: string;
  readonly schemes?: readonly string[];
  readonly keyid: string;
  readonly publicKey: string;
}

/** The entry of a key for `trust/`, as YAML and as it will be read. Throws `UserError` naming the field that does not fit. */
export function trustEntry(claim: KeyClaim): { readonly text: string; readonly key: TrustedKey } {
  const { id, party, role, from, until, schemes, keyid, publicKey } = claim;
  const entry = {
    id,
    party,
    role,
    from,
    ...(until && { until }),
    ...(schemes?.length && { schemes }),
    keyid,
    publicKey,
  };
  const text = stringify({ keys: [entry] });
  const { keys, problems } = readTrust([{ name: "trust entry", bytes: Buffer.from(text, "utf8"), sha256: "" }]);
  const [key] = keys;
  if (key) return { text, key };
  const faults = problems.map(({ place, message }) => `\`${place.pointer?.split("/").at(-1) ?? ""}\`: ${message}`);
  throw new UserError(faults.join("\n  "), "`freigabe certify key --help` shows an example");
}
