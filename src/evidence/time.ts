import type { Day } from "../model/day.ts";
import type { TrustedKey } from "../model/evidence.ts";
import type { Seen } from "../model/seen.ts";

/** The point of view: what was known on a day, whether keys made for demonstrations count, and what a ledger has seen. */
export interface Viewpoint {
  readonly knownAt: Day;
  readonly demo: boolean;
  /** Absent: there is no ledger, and every signing time is the signer's own claim. */
  readonly seen?: Seen;
}

/** Whose signatures count as far as time goes; without any the step fails. */
export interface Timed {
  readonly counting: readonly TrustedKey[];
  readonly detail: string;
  /** Nothing is wrong with it, but it was not yet known at known-at. */
  readonly later?: true;
}

/** When a statement was signed, by its own claim, and the day of its first ledger entry, if it has one. */
interface Times {
  readonly signedOn: Day;
  readonly entered: Day | undefined;
}

/**
 * Which keys' signatures count at known-at. A signing time is the signer's own claim; a ledger entry bounds it from above:
 * no statement is younger than its first entry, and from the day the ledger began none is known before it.
 */
export function timelySigners(
  document: { readonly digest: string; readonly signedOn: Day },
  keys: readonly TrustedKey[],
  at: Viewpoint,
): Timed {
  const times: Times = { signedOn: document.signedOn, entered: at.seen?.first.get(document.digest) };
  const { signedOn, entered } = times;
  if (entered !== undefined && signedOn > entered) {
    const detail = `it claims to be signed on ${signedOn}, and the ledger has it since ${entered}: the claim or a clock is wrong`;
    return { counting: [], detail };
  }
  if (signedOn > at.knownAt) {
    return { counting: [], detail: `signed on ${signedOn}, not yet known on ${at.knownAt}`, later: true };
  }
  if (at.seen && at.knownAt >= at.seen.began && entered !== undefined && entered > at.knownAt) {
    const detail = `signed on ${signedOn}, entered in the ledger only on ${entered}, not yet known on ${at.knownAt}`;
    return { counting: [], detail, later: true };
  }
  const reasons = keys.flatMap((key) => untimely(key, times, at) ?? []);
  const counting = keys.filter((key) => untimely(key, times, at) === undefined);
  return { counting, detail: counting.length === 0 ? reasons.join("; ") : held(times, counting, reasons, at) };
}

function held(
  { signedOn, entered }: Times,
  counting: readonly TrustedKey[],
  reasons: readonly string[],
  { knownAt }: Viewpoint,
): string {
  const past = counting.filter((key) => hasPassed(key, knownAt));
  const valid = counting.filter((key) => !past.includes(key));
  const parts = [
    `signed on ${signedOn}`,
    ...(entered === undefined ? [] : [`in the ledger since ${entered}`]),
    ...(valid.length > 0 ? [`${names(valid)} valid then and on ${knownAt}`] : []),
    ...past.map((key) => `\`${key.id}\` valid then: the ledger has it from before ${passing(key, knownAt)}`),
  ];
  const aside = reasons.length > 0 ? `; set aside: ${reasons.join("; ")}` : "";
  return `${parts.join(", ")}${aside}`;
}

/**
 * Why a key's signature does not count. Whoever gets hold of a key that has ended can still claim an earlier day; so the
 * key must be valid at known-at too, unless the ledger had the statement before the key's end.
 */
function untimely(key: TrustedKey, { signedOn, entered }: Times, { knownAt, seen }: Viewpoint): string | undefined {
  const end = endOf(key);
  const { compromised } = key;
  if (compromised !== undefined && compromised <= knownAt && (entered === undefined || entered >= compromised)) {
    const late = entered === undefined ? "" : `; the ledger has it only since ${entered}`;
    return `\`${key.id}\` is compromised since ${compromised}, which voids what it signed${late}`;
  }
  if (signedOn < key.from) return `\`${key.id}\` is valid from ${key.from}, signed on ${signedOn}`;
  if (end === undefined) return undefined;
  if (signedOn > end) return `\`${key.id}\` was valid until ${end}, signed on ${signedOn}`;
  if (knownAt <= end || (entered !== undefined && entered <= end)) return undefined;
  const lack = !seen ? "there is no ledger" : entered === undefined ? "it has none" : `its first one is of ${entered}`;
  return `\`${key.id}\` was valid until ${end}: on ${knownAt} only a ledger entry by ${end} could prove the day of signing, and ${lack}`;
}

function endOf({ until, retired }: TrustedKey): Day | undefined {
  return [until, retired].filter((day) => day !== undefined).sort()[0];
}

function hasPassed(key: TrustedKey, knownAt: Day): boolean {
  const end = endOf(key);
  return (end !== undefined && end < knownAt) || (key.compromised !== undefined && key.compromised <= knownAt);
}

/** Whether a key has begun, and neither ended nor been compromised, on a day. */
export function isValid(key: TrustedKey, day: Day): boolean {
  return key.from <= day && !hasPassed(key, day);
}

function passing(key: TrustedKey, knownAt: Day): string {
  const end = endOf(key);
  return key.compromised !== undefined && key.compromised <= knownAt
    ? `it was compromised on ${key.compromised}`
    : `it ended on ${end}`;
}

function names(keys: readonly TrustedKey[]): string {
  return keys.map(({ id }) => `\`${id}\``).join(", ");
}
