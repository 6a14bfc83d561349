import type { Reason } from "../model/assessment.ts";
import type { SupplierComment } from "../model/comment.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Workspace } from "./workspace.ts";

/** What suppliers say themselves, sorted by maker, day and words; the same words of one statement stand there once. */
export function commentsIn(evidence: readonly Evidence[]): readonly SupplierComment[] {
  const said = new Map<string, SupplierComment>();
  for (const { statement, signers, signedOn, file, digest } of evidence) {
    if (statement.kind !== "supplier-comment" || said.has(digest)) continue;
    const { maker, on, text } = statement.predicate;
    said.set(digest, { maker, on, text, signed: signedOn, signer: signers.map(({ id }) => id).join(", "), file });
  }
  return [...said.values()].sort((a, b) => (sortName(a) < sortName(b) ? -1 : 1));
}

/**
 * All that suppliers say about what an assessment finds: about a rule of its packs, or about everything. Those on its
 * largest reasons come first. Comments on letters and conditions belong to their threads.
 */
export function commentsOn(
  { evidence, packs }: Pick<Workspace, "evidence" | "packs">,
  reasons: readonly Pick<Reason, "rule">[],
): readonly SupplierComment[] {
  const known = new Set(packs.flatMap(({ pack }) => pack.rules.map(({ id }) => id)));
  const places = new Map(reasons.map(({ rule }, at) => [rule, at]));
  const place = ({ on }: SupplierComment) => places.get(on) ?? reasons.length + (on === "*" ? 0 : 1);
  return commentsIn(evidence)
    .filter(({ on }) => on === "*" || known.has(on))
    .toSorted((a, b) => place(a) - place(b));
}

function sortName({ maker, signed, on, text, file }: SupplierComment): string {
  return JSON.stringify([maker, signed, on, text, file]);
}
