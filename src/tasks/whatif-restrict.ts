import { hhiSpan } from "../assess/dependence-spans.ts";
import { spreadOverMakers } from "../assess/dependence-spreads.ts";
import { type Fallen, restrict } from "../assess/restriction.ts";
import type { NetworkVerdict } from "../model/assessment.ts";
import { UserError } from "../model/errors.ts";
import type { CostFigure } from "../model/market.ts";
import type { MakerSpread, Span } from "../model/measure.ts";
import type { Network } from "../model/network.ts";
import type { ReadFile } from "../model/ports/files.ts";
import type { RestrictionResult } from "../model/restriction.ts";
import { readCosts } from "../readers/figures.ts";
import { inventoryOver } from "./dependence.ts";
import { judgeSegments } from "./network.ts";
import { networkOf } from "./network-of.ts";
import { describeProblem } from "./packs.ts";
import type { Shell } from "./shell.ts";
import { type Suspicion, suspectsOf } from "./suspects.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export const restrictedDomains = ["access", "transport", "core", "management", "all"] as const;

export interface RestrictRequest extends Suspicion {
  readonly domain: (typeof restrictedDomains)[number];
  /** Day by which it has to be gone: rules and terms are those of that day. */
  readonly by: string;
  readonly knownAt?: string;
  readonly costs: ReadFile;
}

/**
 * Answers what falls if suppliers have to leave a domain by a day, what that has cost elsewhere, how concentrated the network
 * is once the others took over, and which limits then turn. Throws `UserError` for a supplier nobody knows, a table of costs
 * that does not fit, and what opening a workspace throws.
 */
export async function whatIfRestrict(shell: Shell, request: RestrictRequest): Promise<RestrictionResult> {
  const figures = costFigures(request.costs);
  const store = await shell.openStore();
  try {
    const days = { asOf: request.by, ...(request.knownAt !== undefined && { knownAt: request.knownAt }) };
    const workspace = await openWorkspace(shell, store, days, { sites: true });
    shell.progress("reading the network");
    const network = await networkOf(workspace);
    const suspect = suspectsOf(workspace, network, request);
    const { after, ...fell } = restrict(network, suspect, request.domain === "all" ? "" : request.domain);
    shell.progress("counting who took over");
    const turned = await compare(workspace, network, after);
    const names = (numbers: readonly number[]) => numbers.map((number) => network.suppliers[number]!).sort();
    return {
      kind: "restriction",
      workspace: workspace.config.name,
      ...{ suspect: suspect.name, suppliers: names(suspect.sure), mayInclude: names(suspect.may) },
      ...{
        domain: request.domain,
        by: workspace.asOf,
        knownAt: workspace.knownAt,
        demo: workspace.config.demo === true,
      },
      fallen: fell.fallen.filter(({ elements }) => elements.most > 0).map((row) => ({ ...row })),
      functions: [...fell.functions],
      ...costsOf(figures, request.domain, fell.fallen, network, antennasOf(fell.functions)),
      ...turned,
      leftAlone: [...fell.leftAlone],
      unread: network.unread,
      inputs: [...workspace.inputs, { ...request.costs, bytes: request.costs.bytes.byteLength }].map(
        ({ sha256, bytes, ...input }) => ({ file: "file" in input ? input.file : input.name, sha256, bytes }),
      ),
    };
  } finally {
    await store.close();
  }
}

function costFigures(file: ReadFile): readonly CostFigure[] {
  const { figures, problems } = readCosts(file);
  if (problems.length === 0) return figures;
  throw new UserError(
    problems.slice(0, 5).map(describeProblem).join("\n  "),
    "docs/restriction.md describes the table of costs",
  );
}

/** Concentration and limits before and after, where something differs. */
async function compare(
  workspace: Workspace,
  before: Network,
  after: Network,
): Promise<Pick<RestrictionResult, "concentration" | "limits">> {
  const [old, now] = await Promise.all(
    [before, after].map(async (one) => spreadOverMakers(await inventoryOver(workspace, one))),
  );
  const nowOf = new Map(now!.map((segment) => [nameOf(segment.element), segment]));
  const concentration = old!.flatMap(({ element }) => {
    const then = nowOf.get(nameOf(element))?.element;
    if (!then || sameSpans(measure(element), measure(then))) return [];
    const { scope, operator, segment } = element;
    return [{ scope, name: operator, segment, before: measure(element), after: measure(then) }];
  });
  const [was, is] = [judgeSegments(workspace, old!), judgeSegments(workspace, now!)];
  return { concentration, limits: turnedLimits(was, is) };
}

const nameOf = ({ scope, operator, segment }: Pick<MakerSpread, "scope" | "operator" | "segment">) =>
  JSON.stringify([scope, operator, segment]);
const measure = ({ makers, largestShare, tally }: MakerSpread) => ({
  makers,
  largest: largestShare,
  hhi: hhiSpan(tally),
});
const sameSpans = (a: Readonly<Record<string, Span>>, b: Readonly<Record<string, Span>>) =>
  JSON.stringify(a) === JSON.stringify(b);

/** Limits whose outcome, and advice that fires now and did not, or no longer does. */
function turnedLimits(was: readonly NetworkVerdict[], is: readonly NetworkVerdict[]): RestrictionResult["limits"] {
  const verdict = ({ outcome, advice }: NetworkVerdict) =>
    advice.length > 0 ? `${outcome}, advice ${advice.join(", ")}` : outcome;
  const of = (one: NetworkVerdict) => `${one.pack} ${nameOf(one)}`;
  const before = new Map(was.map((one) => [of(one), one]));
  return is.flatMap((one) => {
    const old = before.get(of(one));
    if (!old || verdict(old) === verdict(one)) return [];
    const { pack, use, scope, operator, segment, reasons, detail } = one;
    const rules = reasons.length > 0 ? reasons : old.reasons;
    return [
      {
        pack,
        use,
        scope,
        name: operator,
        segment,
        rules: [...rules],
        before: verdict(old),
        after: verdict(one),
        detail,
      },
    ];
  });
}

/** Antennas that fall, if the inventory has any. */
function antennasOf(functions: readonly { readonly function: string; readonly elements: Span }[]): Span | null {
  return functions.find((row) => row.function === "antenna")?.elements ?? null;
}

/** Figures that fit the domain, each times what falls here; sums for whole programmes stand as they are. */
function costsOf(
  figures: readonly CostFigure[],
  domain: string,
  fallen: readonly Fallen[],
  { operators }: Network,
  antennas: Span | null,
): Pick<RestrictionResult, "costs" | "range"> {
  const sites = fallen.find(({ scope }) => scope === "nation")?.sites ?? { least: 0, most: 0 };
  const counts: Readonly<Record<string, Span | null>> = { "operator site": sites, location: sites, antenna: antennas };
  const fitting = figures.filter((figure) => domain === "all" || figure.domain === domain || figure.domain === "");
  const costs = fitting
    .filter(({ unit }) => unit === "programme" || (counts[unit] ?? null) !== null)
    .map(({ what, unit, currency, least, most, scope, source, tag }) => {
      const count = unit === "programme" ? null : counts[unit]!;
      const total = count
        ? { least: least === null ? null : least * count.least, most: most === null ? null : most * count.most }
        : { least, most };
      return { what, unit, currency, each: { least, most }, count, total, scope, source, tag };
    });
  const perSite = costs.filter(({ unit }) => unit === "operator site");
  const currencies = [...new Set(perSite.map(({ currency }) => currency))].sort();
  const range = currencies.map((currency) => {
    const own = perSite.filter((cost) => cost.currency === currency);
    const [ends, tops] = [own.map(({ total }) => total.least), own.map(({ total }) => total.most)];
    const known = (all: readonly (number | null)[]): all is readonly number[] => !all.includes(null);
    return {
      currency,
      least: known(ends) ? Math.min(...ends) : null,
      most: known(tops) ? Math.max(...tops) : null,
    };
  });
  return { costs, range: operators.length > 0 ? range : [] };
}
