import { createHash } from "node:crypto";
import { type DecisionFields, decisionField, type EntryContent } from "../../model/record.ts";
import type { Outcome } from "../../model/verdict.ts";

const mostReasons = 100;

/** A decision as it is about to be entered. */
export interface DecisionDraft extends Omit<DecisionFields, "outcome" | "reasonsLeftOut"> {
  /** What was decided about: the order, or what the inventory was. */
  readonly subject: { readonly name: string; readonly sha256: string };
  /** Object with the manifest of the inputs. */
  readonly inputs: string;
}

/** A decision as a SLSA verification summary (v1). Anything but all admitted is FAILED there; ours says which. */
export function decisionEntry(draft: DecisionDraft, timeVerified: string): EntryContent {
  const { subject, inputs, ...fields } = draft;
  const { refused, undecided, admitted } = fields.verdicts;
  const outcome: Outcome = refused > 0 ? "refused" : undecided > 0 || admitted === 0 ? "undecided" : "admitted";
  const packs = createHash("sha256").update(JSON.stringify(fields.packs)).digest("hex");
  const decision = {
    ...fields,
    outcome,
    reasons: fields.reasons.slice(0, mostReasons),
    reasonsLeftOut: Math.max(0, fields.reasons.length - mostReasons),
  };
  const predicate = {
    verifier: { id: "https://freigabe.dev", version: { ...fields.engine } },
    timeVerified,
    resourceUri: `freigabe:${encodeURIComponent(fields.workspace)}/${fields.kind}/${fields.action}`,
    policy: {
      uri: `freigabe:packs/${fields.packs.map(({ name, version }) => `${name}@${version}`).join("+")}`,
      digest: { sha256: packs },
    },
    inputAttestations: [{ uri: "freigabe:inputs", digest: { sha256: inputs } }],
    verificationResult: outcome === "admitted" ? "PASSED" : "FAILED",
    verifiedLevels: [outcome === "admitted" ? "FREIGABE_ADMITTED" : "FAILED"],
    slsaVersion: "1.0",
    [decisionField]: decision,
  } as const;
  return { kind: "decision", predicate, subject };
}
