import { type Ordered, spreadOverMakers } from "../assess/dependence-spreads.ts";
import { networkFacts } from "../facts/catalogue.ts";
import { seenBy } from "../facts/knowledge.ts";
import { baseOf, describeSpread, inBase, type NetworkSegment } from "../facts/network.ts";
import { describeRoleShare } from "../facts/role-share.ts";
import { segmentOf } from "../facts/segment.ts";
import type { Setting } from "../facts/setting.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import type { NetworkVerdict } from "../model/assessment.ts";
import { splitFunctions } from "../model/functions.ts";
import { bases } from "../model/measure.ts";
import { advise, decide } from "../policy/decide.ts";
import { inventoryOf } from "./dependence.ts";
import type { UsedPack } from "./packs.ts";
import { settingOf } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Verdicts about whole segments of operators' networks, and of the nation's for packs that look at `scope`, by every pack
 * that speaks of `depend`; with `added` bought. Advice that fires or is open stands beside and decides nothing.
 */
export async function judgeNetwork(
  workspace: Workspace,
  added: readonly Ordered[] = [],
): Promise<readonly NetworkVerdict[]> {
  if (!workspace.packs.some(limits)) return [];
  const { inventory } = await inventoryOf(workspace);
  return judgeSegments(workspace, spreadOverMakers(inventory, added));
}

function limits({ pack }: UsedPack): boolean {
  return pack.actions.includes("depend");
}

/** The same about segments that were counted already, of this network or of one that it might become. */
export function judgeSegments(workspace: Workspace, segments: readonly NetworkSegment[]): readonly NetworkVerdict[] {
  return workspace.packs.filter(limits).flatMap((used) => {
    const setting = settingOf(workspace, used.pack, "depend");
    return segments.filter((segment) => speaksOf(used, segment)).map((segment) => judge(used, setting, segment));
  });
}

/** A pack none of whose rules looks at `scope` was written about operators alone. */
function speaksOf({ pack }: UsedPack, { element }: NetworkSegment): boolean {
  return element.scope === "operator" || pack.rules.some(({ reads }) => reads.includes("scope"));
}

function judge({ pack, use }: UsedPack, setting: Setting, counts: NetworkSegment): NetworkVerdict {
  const facts = networkFacts(setting, counts);
  const { outcome, basis, reasons } = decide(pack, setting, facts);
  const { scope, operator, segment } = counts.element;
  const role = "roleShare" in facts ? [describeRoleShare(setting, counts)] : [];
  return {
    pack: pack.name,
    use,
    scope,
    operator,
    segment,
    outcome,
    basis,
    reasons: [...reasons],
    left: counts.element.left,
    advice: advise(pack, setting, facts).map(({ id }) => id),
    detail: [describeSpread(inBase(setting, counts)), ...role, ...otherBases(setting, counts, outcome)].join("; "),
  };
}

/** Where no source settles the base of shares: what another base would make of it, if something else. */
function otherBases(setting: Setting, counts: NetworkSegment, outcome: string): readonly string[] {
  if (setting.pack.manifest.parameters?.shareBase?.confirmed !== false) return [];
  return bases
    .filter((base) => base !== baseOf(setting) && counts[base]?.lacking === undefined)
    .flatMap((base) => {
      const other = { ...setting, parameters: { ...setting.parameters, shareBase: base } };
      const verdict = decide(setting.pack, other, networkFacts(other, counts));
      const by = base === "element" || base === "site" ? `${base}s` : base;
      return verdict.outcome === outcome ? [] : [`counted by ${by}: ${verdict.outcome}`];
    });
}

/** Elements on order that are alike, once for each segment their functions work in; without one where a function is not known. */
export function tallies(
  workspace: Workspace,
  operator: string,
  functions: string | null,
  maker: string | null,
  elements: number,
): readonly Ordered[] {
  const known = makerOf(workspace, operator, maker);
  return segmentsOf(functions).map((segment) => ({ operator, segment, maker: known, units: elements }));
}

function segmentsOf(functions: string | null): readonly (string | null)[] {
  const names = splitFunctions(functions);
  return [...new Set(names.length > 0 ? names.map((name) => segmentOf(name) ?? null) : [null])];
}

/** The maker on the as-of day that a text of the tables means; null: not known. */
function makerOf({ knowledge, asOf }: Workspace, operator: string, maker: string | null): string | null {
  const { id } = resolve(seenBy(knowledge, operator), "supplier", maker, asOf);
  return id === undefined ? null : successorOn(knowledge, id, asOf);
}
