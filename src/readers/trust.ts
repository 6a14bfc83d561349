import { createPublicKey, type KeyObject } from "node:crypto";
import Type, { type Static } from "typebox";
import { algorithmOf, keyidOf, materialOf } from "../model/algorithm.ts";
import { checkShape } from "../model/check.ts";
import { isDay } from "../model/day.ts";
import { roles, type TrustedKey } from "../model/evidence.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { documentProblem, type Problem } from "../model/problem.ts";
import { withNames } from "./names.ts";
import { readYaml } from "./yaml.ts";

const opt = Type.Optional;
const closed = { additionalProperties: false } as const;
const Name = Type.String({ minLength: 1, maxLength: 200 });
const DayText = Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description: "calendar day, YYYY-MM-DD" });

/** One entry of `trust/*.yaml`; `keyid` may be given to be checked against the key. */
const Entry = Type.Object(
  {
    id: Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$" }),
    party: Name,
    role: Type.Union(roles.map((role) => Type.Literal(role))),
    keyid: opt(Type.String({ pattern: "^[0-9a-f]{64}$" })),
    publicKey: Type.String({ minLength: 1, maxLength: 10_000 }),
    schemes: opt(Type.Array(Name, { minItems: 1, maxItems: 100 })),
    from: DayText,
    until: opt(DayText),
    retired: opt(DayText),
    compromised: opt(DayText),
  },
  closed,
);
const KeyList = Type.Object({ keys: Type.Array(Type.Unknown(), { maxItems: 10_000 }) }, closed);

interface Found {
  readonly key: TrustedKey;
  /** What makes keys one, however they are written. */
  readonly material: string;
  readonly file: string;
  readonly line: number | undefined;
}

/** Whether a file below `trust/` is for this reader, by its name. */
export function recognisesTrust(name: string): boolean {
  return name.endsWith(".yaml") || name.endsWith(".yml");
}

/**
 * Reads the files of `trust/`, each one entry or a list under `keys`. Keys come sorted by id. An entry with a fault is a
 * problem and does not count; of entries that share an id or a key (however it is written) none counts, since no one can say which is meant.
 */
export function readTrust(files: readonly ReadFile[]): { keys: readonly TrustedKey[]; problems: readonly Problem[] } {
  const results = files.map(readFile);
  const found = results.flatMap((result) => result.found);
  const clashes = found.flatMap((one) => clashOf(one, found));
  const clashing = new Set(clashes.map(({ one }) => one));
  return {
    keys: found
      .filter((one) => !clashing.has(one))
      .map(({ key }) => key)
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: [...results.flatMap((result) => result.problems), ...clashes.map(({ problem }) => problem)],
  };
}

function readFile(file: ReadFile): { found: readonly Found[]; problems: readonly Problem[] } {
  const yaml = readYaml(file.bytes, file.name, { maxBytes: 1_000_000 });
  if (yaml.problems.length > 0) return { found: [], problems: yaml.problems };
  const value = withNames(yaml.value);
  const list = checkShape(KeyList, value, { file: file.name });
  const entries = "value" in list ? list.value.keys : [value];
  const results = entries.map((value, index) => {
    const pointer = "value" in list ? `/keys/${index}` : "";
    return readEntry(value, file.name, pointer, (inner) => yaml.lineOf(`${pointer}${inner}`));
  });
  return { found: results.flatMap(({ found }) => found), problems: results.flatMap(({ problems }) => problems) };
}

type LineOf = (pointer: string) => number | undefined;

function readEntry(value: unknown, file: string, pointer: string, lineOf: LineOf) {
  const checked = checkShape(Entry, value, { file, pointer, lineOf });
  if (!("value" in checked)) return { found: [], problems: checked.problems };
  const entry = checked.value;
  const { key, material, faults } = keyOf(entry);
  const problems = [...dayFaults(entry), ...faults].map(({ field, message, hint }) => {
    const line = lineOf(`/${field}`);
    const place = { file, pointer: `${pointer}/${field}`, ...(line !== undefined && { line }) };
    return documentProblem("wrong-shape", `key \`${entry.id}\`: ${message}`, place, hint);
  });
  const isWhole = key !== undefined && material !== undefined && problems.length === 0;
  return { found: isWhole ? [{ key, material, file, line: lineOf("/id") }] : [], problems };
}

interface Fault {
  readonly field: string;
  readonly message: string;
  readonly hint?: string;
}

function dayFaults(entry: Static<typeof Entry>): readonly Fault[] {
  const faults = (["from", "until", "retired", "compromised"] as const)
    .filter((field) => entry[field] !== undefined && !isDay(entry[field]))
    .map((field) => ({ field, message: `expected a day that exists, got \`${entry[field]}\`` }));
  if (entry.until !== undefined && entry.until < entry.from) {
    faults.push({ field: "until", message: `\`${entry.until}\` lies before \`from\`, \`${entry.from}\`` });
  }
  return faults;
}

function keyOf(entry: Static<typeof Entry>): { key?: TrustedKey; material?: string; faults: readonly Fault[] } {
  const refuse = (field: string, message: string, hint?: string) => ({
    faults: [{ field, message, ...(hint !== undefined && { hint }) }],
  });
  const open = readPublicKey(entry.publicKey);
  if (!open) {
    const hint = "the text between `-----BEGIN PUBLIC KEY-----` and `-----END PUBLIC KEY-----`, both lines included";
    return refuse("publicKey", "expected a public key as PEM (RFC 7468)", hint);
  }
  const answer = algorithmOf(open);
  if ("unsupported" in answer) {
    return refuse("publicKey", `unsupported ${answer.unsupported}`, "use Ed25519, ECDSA P-256 or P-384, or RSA-PSS");
  }
  const keyid = keyidOf(open);
  if (entry.keyid !== undefined && entry.keyid !== keyid) {
    return refuse("keyid", `expected the SHA-256 of the key, \`${keyid}\``, "leave `keyid` out to have it computed");
  }
  return { key: { ...entry, keyid }, material: materialOf(open), faults: [] };
}

/** A private key in `trust/` is refused too: it would be copied wherever the folder goes. */
function readPublicKey(pem: string): KeyObject | undefined {
  if (!pem.trimStart().startsWith("-----BEGIN PUBLIC KEY-----")) return undefined;
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

function clashOf(one: Found, all: readonly Found[]): readonly { one: Found; problem: Problem }[] {
  const same = (other: Found) => other.key.id === one.key.id || other.material === one.material;
  const other = all.find((candidate) => candidate !== one && same(candidate));
  if (!other) return [];
  const what = other.key.id === one.key.id ? "id" : "public key";
  const message = `key \`${one.key.id}\`: the same ${what} stands in \`${other.file}\` as \`${other.key.id}\`; neither counts`;
  const place = { file: one.file, ...(one.line !== undefined && { line: one.line }) };
  return [{ one, problem: documentProblem("duplicate-id", message, place) }];
}
