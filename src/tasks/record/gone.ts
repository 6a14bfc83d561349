import { hash } from "node:crypto";
import { gatherEvidence } from "../../evidence/gather.ts";
import type { Viewpoint } from "../../evidence/time.ts";
import type { EvidenceDocument } from "../../model/envelope.ts";
import type { Evidence, TrustedKey } from "../../model/evidence.ts";
import type { ObjectStore } from "../../model/ports/log.ts";
import type { SeenFile } from "../../model/record.ts";
import { readEvidence } from "../../readers/dsse.ts";
import type { LedgerView } from "./view.ts";

const maxDocument = 64_000_000;
const noStatements = new Set(["trust", "working-copy", "unreadable", "broken", "foreign"]);

/**
 * Statements that a ledger has seen and that no longer lie in the workspace, checked like any other from the bytes that
 * the ledger kept; and those whose bytes it has not, because they were withheld.
 */
export function goneFromLedger(
  objects: ObjectStore | undefined,
  view: LedgerView | undefined,
  present: readonly EvidenceDocument[],
  trust: readonly TrustedKey[],
  at: Viewpoint,
): { readonly vanished: readonly Evidence[]; readonly withheld: readonly SeenFile[] } {
  if (!objects || !view) return { vanished: [], withheld: [] };
  const there = new Set(present.map(({ digest }) => digest));
  const gone = [...view.seen.values()].filter(({ sha256, kind }) => !there.has(sha256) && !noStatements.has(kind));
  const found = gone.map((seen) => ({ seen, bytes: objects.get(seen.sha256, maxDocument) }));
  const said = new Set(present.flatMap(payloadOf));
  const documents = found
    .flatMap(({ seen, bytes }) => (bytes ? [readEvidence({ name: seen.file, bytes, sha256: seen.sha256 })] : []))
    // With one more signature it is another file, and still says the same.
    .filter((document) => !payloadOf(document).some((payload) => said.has(payload)));
  return {
    vanished: gatherEvidence(documents, trust, at).evidence,
    withheld: found.flatMap(({ seen, bytes }) => (bytes ? [] : [seen])),
  };
}

function payloadOf(document: EvidenceDocument): readonly string[] {
  return document.kind === "envelope" ? [hash("sha256", document.envelope.payload)] : [];
}
