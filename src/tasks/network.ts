import { type MakerTally, spreadOverMakers } from "../assess/dependence.ts";
import { networkFacts } from "../facts/catalogue.ts";
import { seenBy } from "../facts/knowledge.ts";
import { baseOf, describeSpread, inBase, type NetworkSegment } from "../facts/network.ts";
import { describeRoleShare } from "../facts/role-share.ts";
import { segmentOf } from "../facts/segment.ts";
import type { Setting } from "../facts/setting.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import type { NetworkVerdict } from "../model/assessment.ts";
import { splitFunctions } from "../model/functions.ts";
import { type Base, bases } from "../model/measure.ts";
import type { SegmentPlace } from "../model/ports/store.ts";
import { advise, decide } from "../policy/decide.ts";
import type { UsedPack } from "./packs.ts";
import { settingOf } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Verdicts about whole segments of operators' networks, and of the nation's for packs that look at `scope`, by every pack
 * that speaks of `depend`; with `added` bought. Advice that fires or is open stands beside and decides nothing.
 */
export async function judgeNetwork(
  workspace: Workspace,
  added: readonly MakerTally[] = [],
): Promise<readonly NetworkVerdict[]> {
  const asked = workspace.packs.filter(({ pack }) => pack.actions.includes("depend"));
  if (asked.length === 0) return [];
  const segments = await countSegments(workspace, added);
  return asked.flatMap((used) => {
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
    advice: advise(pack, setting, facts).map(({ id }) => id),
    detail: [describeSpread(inBase(setting, counts)), ...role, ...otherBases(setting, counts, outcome)].join("; "),
  };
}

/** Where no source settles the base of shares: what another base would make of it, if something else. */
function otherBases(setting: Setting, counts: NetworkSegment, outcome: string): readonly string[] {
  if (setting.pack.manifest.parameters?.shareBase?.confirmed !== false) return [];
  return bases
    .filter((base) => base !== baseOf(setting))
    .flatMap((base) => {
      const other = { ...setting, parameters: { ...setting.parameters, shareBase: base } };
      const verdict = decide(setting.pack, other, networkFacts(other, counts));
      return verdict.outcome === outcome ? [] : [`counted by ${base}s: ${verdict.outcome}`];
    });
}

/** Every segment of every operator and of the nation, counted by elements and by sites, with `added` bought. */
async function countSegments(workspace: Workspace, added: readonly MakerTally[]): Promise<readonly NetworkSegment[]> {
  const { setAside, usesSetAside } = workspace.loaded;
  const elements = [...(await inventoryTallies(workspace, "element")), ...added];
  const sites = [...(await inventoryTallies(workspace, "site")), ...added.flatMap(withoutSite)];
  const count = (base: Base, units: readonly MakerTally[]) =>
    spreadOverMakers({ base, units, elements }, setAside + usesSetAside);
  const bySite = count("site", sites);
  // Both come of the same elements: the same segments in the same order.
  return count("element", elements).map((element, at) => ({ element, site: bySite[at]! }));
}

/** What an order adds has no site yet; what of it has no segment either is counted among the elements. */
function withoutSite(tally: MakerTally): readonly MakerTally[] {
  return tally.segment === null ? [] : [{ ...tally, units: 0, once: 0, adrift: tally.units }];
}

/** The inventory by operator, segment and maker; an element with functions in several segments counts in each. */
async function inventoryTallies(workspace: Workspace, base: Base): Promise<readonly MakerTally[]> {
  const keys = await workspace.store.equipmentKeys();
  const texts = [...new Set(keys.map(({ functions }) => functions))];
  const places = texts.map((functions): SegmentPlace => ({ functions, segments: segmentsOf(functions) }));
  const units = await workspace.store.makerUnits(base, places);
  return units.map((row) => ({ ...row, maker: makerOf(workspace, row.operator, row.maker) }));
}

/** Elements that are alike, once for each segment their functions work in; without one where a function is not known. */
export function tallies(
  workspace: Workspace,
  operator: string,
  functions: string | null,
  maker: string | null,
  elements: number,
): readonly MakerTally[] {
  const known = makerOf(workspace, operator, maker);
  return segmentsOf(functions).map((segment) => ({ operator, segment, maker: known, units: elements, once: elements }));
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
