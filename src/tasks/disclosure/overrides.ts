import type { DisclosureReader } from "../../model/ports/disclosure.ts";
import { type Scales, weigh } from "./posture-of.ts";
import { decisionsFor } from "./warnings.ts";

/**
 * Ids of objects that two officers let through to a partner: as long as an override says, and for good what a decision about
 * a warning releases, or gives instead.
 */
export async function overridesFor(
  store: DisclosureReader,
  partner: string,
  scales: Scales,
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const { envelope } of await store.statements("override", partner)) {
    const evidence = weigh(envelope, "override", scales);
    if (typeof evidence === "string" || evidence.statement.kind !== "override") continue;
    const { predicate } = evidence.statement;
    if (predicate.partner === partner && scales.today <= predicate.until) ids.push(predicate.object);
  }
  const decisions = await decisionsFor(store, partner, scales);
  const warned = decisions.flatMap(({ says: { decision, object, instead } }) =>
    decision === "release" ? [object] : decision === "tearline" && instead !== undefined ? [instead] : [],
  );
  return [...ids, ...warned];
}
