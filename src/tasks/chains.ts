import { namedActions } from "../facts/actions.ts";
import { equipmentFacts, maintenanceFacts } from "../facts/catalogue.ts";
import type { DaySpan } from "../model/day.ts";
import type { Explained } from "../model/explanation.ts";
import type { Facts, Source } from "../model/fact.ts";
import type { EquipmentKey, SampleRow } from "../model/inventory.ts";
import type { Verdict } from "../model/verdict.ts";
import { leastChange } from "../policy/change.ts";
import { advise, decide } from "../policy/decide.ts";
import { openOf } from "./departed.ts";
import { ofKey, type Uses } from "./equipment.ts";
import type { Way } from "./settings.ts";
import { asWaivers, covering, inForceFor } from "./waivers.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What one pack says of one element with one operator, for each of its functions: facts with the places they were read
 * from, rules, verdict, least change. `uses`: first uses of all equipment as the way sees them.
 */
export function chainsOf(
  workspace: Workspace,
  way: Way,
  keys: readonly EquipmentKey[],
  uses: Uses,
  row: SampleRow,
): readonly Explained[] {
  const key = keys.find((one) => one.key === row.equipment);
  if (!key) throw new Error(`the store names key ${row.equipment} for \`${row.id}\` and does not list it`);
  const { setting, use } = way;
  const { pack } = setting;
  const exceptions = inForceFor(workspace.exceptions, pack.name);
  const own: DaySpan =
    row.inServiceSince === null ? { to: setting.asOf } : { from: row.inServiceSince, to: row.inServiceSince };
  const maintenance = maintenanceFacts(setting, row.operator, row.parties);
  return ofKey(workspace, way, key, uses, own).map((equipment): Explained => {
    const facts = locate({ ...equipmentFacts(setting, equipment), ...maintenance }, row);
    const waivers = asWaivers(covering(exceptions, setting, key, equipment), setting.action);
    const there = sinceFirstUse(decide(pack, setting, facts, waivers), row);
    const verdict = row.left ? openOf(there) : there;
    return {
      pack: pack.name,
      packTitle: pack.title,
      use,
      function: equipment.function ?? null,
      verdict,
      advice: advise(pack, setting, facts),
      rules: pack.rules,
      definitions: pack.facts.filter(({ name }) => name in verdict.facts || name in facts),
      facts: { ...facts, ...verdict.facts },
      change:
        row.left || (verdict.outcome === "admitted" && !verdict.underlying)
          ? { remedies: [] }
          : leastChange(pack, setting, facts, namedActions(setting, facts)),
    };
  });
}

/** Refused since the rule's or the order's day, but not before the element was there. */
function sinceFirstUse(verdict: Verdict, { inServiceSince }: SampleRow): Verdict {
  if (verdict.since === undefined || inServiceSince === null || inServiceSince <= verdict.since) return verdict;
  return { ...verdict, since: inServiceSince };
}

/** Facts know that something stands in the element's record; where that record lies, only its row can say. */
function locate(facts: Facts, { file, line, partyPlaces }: SampleRow): Facts {
  const place = (source: Source, index: number): Source => {
    if (source.kind !== "row") return source;
    if (source.file === "elements") return { ...source, file, ...(line !== undefined && { line }) };
    // Facts list parties first, in the order of the element's row.
    return source.file === "relations" ? { ...source, ...partyPlaces[index] } : source;
  };
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, { ...fact, sources: fact.sources.map(place) }]),
  );
}
