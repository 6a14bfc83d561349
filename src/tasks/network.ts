import { type MakerTally, spreadOverMakers } from "../assess/dependence.ts";
import { networkFacts } from "../facts/catalogue.ts";
import { seenBy } from "../facts/knowledge.ts";
import { segmentOf } from "../facts/segment.ts";
import { resolve, successorOn } from "../facts/suppliers.ts";
import type { NetworkVerdict } from "../model/assessment.ts";
import { splitFunctions } from "../model/functions.ts";
import type { MakerSpread } from "../model/measure.ts";
import { decide } from "../policy/decide.ts";
import { settingOf } from "./settings.ts";
import type { Workspace } from "./workspace.ts";

/** Verdicts about whole segments of operators' networks, by every pack that speaks of `depend`; with `added` bought. */
export async function judgeNetwork(
  workspace: Workspace,
  added: readonly MakerTally[] = [],
): Promise<readonly NetworkVerdict[]> {
  const spreads = spreadOverMakers([...(await inventoryTallies(workspace)), ...added], workspace.loaded.setAside);
  return workspace.packs
    .filter(({ pack }) => pack.actions.includes("depend"))
    .flatMap(({ pack, use }) => {
      const setting = settingOf(workspace, pack, "depend");
      return spreads.map((spread): NetworkVerdict => {
        const { outcome, basis, reasons } = decide(pack, setting, networkFacts(setting, spread));
        const { operator, segment } = spread;
        return {
          pack: pack.name,
          use,
          operator,
          segment,
          outcome,
          basis,
          reasons: [...reasons],
          detail: describe(spread),
        };
      });
    });
}

/** The inventory by operator, segment and maker; an element with functions in several segments counts in each. */
export async function inventoryTallies(workspace: Workspace): Promise<readonly MakerTally[]> {
  const counts = await workspace.store.makerCounts();
  return counts.flatMap(({ operator, functions, maker, elements }) =>
    tallies(workspace, operator, functions, maker, elements),
  );
}

/** Elements that are alike, once for each segment their functions work in; without one where a function is not known. */
export function tallies(
  workspace: Workspace,
  operator: string,
  functions: string | null,
  maker: string | null,
  elements: number,
): readonly MakerTally[] {
  const { knowledge, asOf } = workspace;
  const named = resolve(seenBy(knowledge, operator), "supplier", maker, asOf);
  const names = splitFunctions(functions);
  const segments = new Set(names.length > 0 ? names.map((name) => segmentOf(name)) : [undefined]);
  return [...segments].map((segment) => ({
    operator,
    ...(segment !== undefined && { segment }),
    ...(named.id !== undefined && { maker: successorOn(knowledge, named.id, asOf) }),
    elements,
  }));
}

function describe({ elements, unknown, unplaced, makers, largest, largestShare }: MakerSpread): string {
  const span = ({ least, most }: { least: number; most: number }, digits: number) =>
    least === most ? most.toFixed(digits) : `${least.toFixed(digits)} to ${most.toFixed(digits)}`;
  return `${elements} ${elements === 1 ? "element" : "elements"} (${unknown} of unknown maker${unplaced > 0 ? `, ${unplaced} more may belong here` : ""}), makers ${span(makers, 0)}, largest${largest ? ` \`${largest}\`` : ""} ${span(largestShare, 1)} %`;
}
