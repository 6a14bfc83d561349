import { type Base, bases, type MakerSpread, type Scope, type Span, type Tally } from "../model/measure.ts";
import type { Network } from "../model/network.ts";
import { type Inventory, isKnown, leastShares, unplacedIn } from "./dependence.ts";
import { leftIn, looseIn, movedIn } from "./dependence-left.ts";
import type { Plan } from "./dependence-plan.ts";
import { countSpan, effectiveSpan, hhiSpan, largestSpan } from "./dependence-spans.ts";
import { type Beside, regroup, tallyMakers } from "./dependence-tally.ts";
import { similarSpan } from "./similarity.ts";

/** Elements on order: they stand at no site yet. `segment` or `maker` null: not known. */
export interface Ordered {
  readonly operator: string;
  readonly segment: string | null;
  readonly maker: string | null;
  readonly units: number;
}

/** One segment in every base: by element always, in the others as far as they are known. */
export type SegmentSpreads = Readonly<Record<Base, MakerSpread>>;

/**
 * How each operator's segments, and then the nation's, are spread over makers, with `ordered` bought; sorted by scope,
 * operator and segment. Elements whose segment is not known may stand in any segment of their operator, and unread ones in
 * any of anybody's. The nation counts what operators share once; a site counts once for each operator there.
 */
export function spreadOverMakers(inventory: Inventory, ordered: readonly Ordered[] = []): readonly SegmentSpreads[] {
  const { network, plan } = inventory;
  const known = network.operators.map(({ id }) => id);
  const named = [...ordered, ...network.left].flatMap(({ operator }) => (operator === "" ? [] : [operator]));
  const operators = [...new Set([...known, ...named])].sort();
  const networks = [
    ...operators.map((name) => ({ scope: "operator" as const, name, number: known.indexOf(name) })),
    { scope: "nation" as const, name: "", number: null },
  ];
  const segments = plan.parts
    .flatMap(({ kind, name }, part) => (kind === "segment" ? [{ name, part }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return networks.flatMap(({ scope, name, number }) =>
    segments.flatMap((segment) => {
      const own = scope === "nation" ? ordered : ordered.filter(({ operator }) => operator === name);
      const whose = scope === "nation" ? null : name;
      const beside = besideOf(network, whose, own, segment.name);
      const tally = (base: Base) => tallyMakers(inventory, { operator: number, part: segment.part, base }, beside);
      const elements = tally("element");
      const open =
        leftIn(network.left, whose, partOf(segment.name)).reduce((sum, { units }) => sum + units, 0) +
        movedIn(inventory, { operator: number, part: segment.part });
      if (elements.total === 0 && open === 0) return [];
      const spread = (base: Base) =>
        spreadIn(inventory, { scope, operator: name, segment: segment.name, base }, number, elements, open, tally);
      const each = bases.map((base) => [base, spread(base)] as const);
      return [Object.fromEntries(each) as SegmentSpreads];
    }),
  );
}

const partOf = (segment: string) => ({ kind: "segment", name: segment }) as const;

/** What is on order, has left or could not be read counts in a segment, may belong to it, or does not concern it. */
function besideOf(network: Network, operator: string | null, ordered: readonly Ordered[], segment: string): Beside {
  return {
    placed: ordered.filter((one) => one.segment === segment),
    loose: [...looseIn(network, operator, partOf(segment)), ...ordered.filter((one) => one.segment === null)],
  };
}

type Head = Pick<MakerSpread, "operator" | "segment" | "base"> & { readonly scope: Scope };
const anything: Span = { least: 0, most: 100 };

function spreadIn(
  { network, plan, ties }: Inventory,
  head: Head,
  operator: number | null,
  elements: Tally,
  left: number,
  tallyIn: (base: Base) => Tally,
): MakerSpread {
  const common = {
    kind: "maker-spread",
    ...head,
    unplaced: unplacedIn(elements),
    left,
    makers: countSpan(elements),
  } as const;
  const tally = head.base === "element" ? elements : tallyIn(head.base);
  const lacking =
    elements.total === 0
      ? "all that stood here has left the tables, and no removal is signed"
      : whatLacks(network, plan, head, operator, tally);
  if (lacking !== undefined) {
    const any = { least: 1, most: Math.max(1, common.makers.most) };
    const nothing = { ...tally, total: 0, holders: [], groups: [] };
    const shares = { largestShare: anything, largestOwnerShare: anything };
    return { ...common, tally: nothing, lacking, ...shares, effective: any, similar: any };
  }
  const hhi = hhiSpan(tally, common.makers);
  return {
    ...common,
    tally,
    largestShare: largestSpan(tally, common.makers),
    largestOwnerShare: largestSpan(regroup(tally, ties.owner), countSpan(regroup(elements, ties.owner))),
    effective: effectiveSpan(hhi),
    similar: similarSpan(leastShares(tally), hhi, ties.similarity),
  };
}

/** Why shares in a base are not known, and which table would tell. */
function whatLacks(
  network: Network,
  plan: Plan,
  { base, scope }: Head,
  operator: number | null,
  { total }: Tally,
): string | undefined {
  const known = isKnown(plan, base, operator);
  if (base === "element" || (known && total > 0)) return undefined;
  if (base === "site") return "elements.csv does not say at which sites it stands";
  if (base === "traffic") return whatLacksOfTraffic(network);
  return known ? "no people are apportioned to the sites where it stands" : whatLacksOfPeople(network, scope);
}

function whatLacksOfTraffic({ demands }: Network): string {
  if (demands.origin !== "table") return "demands.csv does not say what traffic goes where";
  if (demands.loose > 0) return `rows of demands.csv that name no places of one operator: ${demands.loose}`;
  return "demands.csv has no traffic at the sites where it stands";
}

function whatLacksOfPeople({ regions }: Network, scope: Scope): string {
  if (regions.every(({ people }) => people === null)) return "regions.csv does not say how many people live where";
  const customers = scope === "nation" ? ", or operators.csv not how many use each operator" : "";
  return `sites.csv or regions.csv does not tell the people around each radio site${customers}`;
}
