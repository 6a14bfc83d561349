import { verify } from "node:crypto";
import { decodeBase64 } from "../../ledger/base64.ts";
import { leafHash } from "../../ledger/merkle.ts";
import { verifyNote } from "../../ledger/note.ts";
import { provesInclusion } from "../../ledger/proof.ts";
import { looksLikeTlogProof, parseTlogProof } from "../../ledger/tlog-proof.ts";
import { UserError } from "../../model/errors.ts";
import type { TrustedKey } from "../../model/evidence.ts";
import type { ReadFile } from "../../model/ports/files.ts";
import { decisionField, timeOf } from "../../model/record.ts";
import { readCsvLine } from "../../readers/csv-line.ts";
import { readJson } from "../../readers/json.ts";
import { isRecord } from "../../readers/records.ts";
import { readTrust } from "../../readers/trust.ts";
import { decodeEntry, type SignedEntry } from "./entry.ts";
import type { ShownLine } from "./prove.ts";
import { trustedFor } from "./view.ts";

/** What came of checking a proof: every step, and what it proves. */
export interface ProofVerification {
  readonly kind: "proof-verification";
  readonly file: string;
  /** `open`: nothing is broken, but nobody trusted stands behind the ledger. */
  readonly outcome: "holds" | "open" | "broken";
  readonly steps: readonly { readonly name: string; readonly holds: boolean; readonly detail: string }[];
  readonly entry?: {
    readonly ledger: string;
    readonly index: number;
    readonly time: string;
    readonly kind: string;
    /** The predicate of the entry, as it stands there. */
    readonly predicate: unknown;
  };
  /** Lines of the decision that the proof shows too. */
  readonly lines: readonly ShownLine[];
}

type Step = ProofVerification["steps"][number];

/** Whether a file is for `verifyProof`, by how it begins. */
export function isProof({ bytes }: ReadFile): boolean {
  return looksLikeTlogProof(bytes);
}

/** Checks a proof with nothing but the keys in the files of a `trust` folder: no ledger and no network is needed. */
export function verifyProof(file: ReadFile, trustFiles: readonly ReadFile[], demo: boolean): ProofVerification {
  const base = { kind: "proof-verification", file: file.name } as const;
  const proof = parseTlogProof(file.bytes);
  const shown = proof?.extra && readExtra(proof.extra);
  if (!proof || !shown) {
    const detail = proof ? "it carries no entry" : "not a C2SP tlog-proof with a signed checkpoint";
    return { ...base, outcome: "broken", steps: [failed("proof", detail)], lines: [] };
  }
  const { head, note, index, path } = proof;
  const known = trustedFor(head.origin, readTrust(trustFiles).keys).filter(
    ({ of }) => demo || !of.id.startsWith("DEMO-"),
  );
  const holding = verifyNote(
    note,
    known.map(({ key }) => key),
  );
  const signers = known.filter(({ key }) => holding?.includes(key)).map(({ of }) => of);
  const signed = signedStep(head.origin, known.length, holding === undefined, signers);
  const entry = readEntry(shown.entry, index);
  const included = provesInclusion(index, leafHash(shown.entry), path, head);
  const steps = [
    signed,
    included
      ? held(
          "inclusion",
          `entry ${index} of ${head.size}, root ${Buffer.from(head.root).toString("hex").slice(0, 16)}...`,
        )
      : failed("inclusion", "the entry and its path do not give the root of the checkpoint"),
    ...("fault" in entry
      ? [failed("entry", entry.fault)]
      : entrySteps(
          entry,
          known.map(({ of }) => of),
          signers,
        )),
    ...shown.lines.map((line) => lineStep(line, entry)),
    ...strangeFacts(shown.lines),
  ];
  return {
    ...base,
    outcome: outcomeOf(steps),
    steps,
    ...(!("fault" in entry) && {
      entry: {
        ledger: head.origin,
        index,
        time: timeOf(entry.content),
        kind: entry.content.kind,
        predicate: entry.content.predicate,
      },
    }),
    lines: shown.lines,
  };
}

function readExtra(
  extra: Uint8Array,
): { readonly entry: Uint8Array; readonly lines: readonly ShownLine[] } | undefined {
  const { value } = readJson(extra, "extra");
  if (!isRecord(value) || typeof value.entry !== "string" || !Array.isArray(value.lines))
    return { entry: extra, lines: [] };
  const lines = value.lines.filter(isShownLine);
  return lines.length === value.lines.length ? { entry: Buffer.from(value.entry), lines } : undefined;
}

function isShownLine(value: unknown): value is ShownLine {
  if (!isRecord(value) || !Array.isArray(value.path)) return false;
  const named = value.of === "rows" || value.of === "questions";
  return (
    named &&
    Number.isSafeInteger(value.index) &&
    typeof value.line === "string" &&
    value.path.every((hash) => typeof hash === "string")
  );
}

function readEntry(bytes: Uint8Array, index: number): SignedEntry | { readonly fault: string } {
  try {
    return decodeEntry(bytes, index);
  } catch (error) {
    if (error instanceof UserError) return { fault: error.message };
    throw error;
  }
}

function signedStep(origin: string, known: number, spoiled: boolean, signers: readonly TrustedKey[]): Step {
  if (known === 0) return failed("signer", `no trusted key has role \`ledger\` and party \`${origin}\``);
  if (spoiled) return failed("checkpoint", "the signature of a trusted key does not hold");
  if (signers.length === 0) return failed("signer", `signed by no trusted key of \`${origin}\``);
  return held("checkpoint", `signed by ${signers.map(({ id }) => `\`${id}\``).join(", ")} for \`${origin}\``);
}

/** The entry's own signature and day. A key that came before is vouched for by the log that holds what it signed. */
function entrySteps(entry: SignedEntry, known: readonly TrustedKey[], signers: readonly TrustedKey[]): readonly Step[] {
  const { content, signed, signature, keyid } = entry;
  const time = timeOf(content);
  const by = known.find((key) => key.keyid === keyid);
  const what = `${content.kind} of ${time}`;
  if (!by) return [held("entry", `${what}, signed by an earlier key of the ledger`), ...timeSteps(signers, time)];
  const holds = verify(null, signed, by.publicKey, signature);
  return holds
    ? [held("entry", `${what}, signed by \`${by.id}\``), ...timeSteps([by], time)]
    : [failed("entry", `the signature of \`${by.id}\` does not fit the entry`)];
}

function timeSteps(keys: readonly TrustedKey[], time: string): readonly Step[] {
  const day = time.slice(0, 10);
  return keys.map(({ id, from, until, retired, compromised }) => {
    const end = [until, retired].filter((one) => one !== undefined).sort()[0];
    if (compromised !== undefined && compromised <= day)
      return failed("time", `\`${id}\` is compromised since ${compromised}`);
    if (day < from || (end !== undefined && day > end))
      return failed("time", `\`${id}\` is valid from ${from}${end ? ` until ${end}` : ""}`);
    return held("time", `\`${id}\` was valid on ${day}`);
  });
}

function lineStep({ of, index, line, path }: ShownLine, entry: SignedEntry | { readonly fault: string }): Step {
  if ("fault" in entry || entry.content.kind !== "decision")
    return failed(of, "there is no decision that it could be a line of");
  const lines = entry.content.predicate[decisionField][of];
  const hashes = path.map(decodeBase64);
  const root = lines && Buffer.from(lines.root, "hex");
  const holds =
    root !== undefined &&
    hashes.every((hash) => hash !== undefined) &&
    provesInclusion(index, leafHash(Buffer.from(line)), hashes, { size: lines!.lines, root });
  return holds
    ? held(of, `line ${index} of ${lines!.lines}: ${line}`)
    : failed(of, `line ${index} is not in the decision`);
}

/** Facts that are shown must be those of a row that is shown: true ones of another element would say something false. */
function strangeFacts(lines: readonly ShownLine[]): readonly Step[] {
  const asked = new Set(lines.flatMap(({ of, line }) => (of === "rows" ? [readCsvLine(line).at(-1)] : [])));
  return lines
    .filter(({ of, index }) => of === "questions" && !asked.has(String(index)))
    .map(({ index }) => failed("questions", `line ${index} has the facts of no row that is shown`));
}

function outcomeOf(steps: readonly Step[]): ProofVerification["outcome"] {
  const bad = steps.filter(({ holds }) => !holds);
  if (bad.length === 0) return "holds";
  return bad.every(({ name }) => name === "signer" || name === "time") ? "open" : "broken";
}

function held(name: string, detail: string): Step {
  return { name, holds: true, detail };
}

function failed(name: string, detail: string): Step {
  return { name, holds: false, detail };
}
