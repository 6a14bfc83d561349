import { documentProblem, type Problem } from "../../model/problem.ts";
import type { LinkEnd, TopologyLink } from "../../readers/rfc8345-links.ts";
import type { DescribedLine } from "./described.ts";
import { type Tally, tally } from "./incoming.ts";

const keyOf = (network: string, name: string) => `${network}/${name}`;

/**
 * Links of topologies as lines used both ways: two that lead there and back between the same ports are one line, with the
 * larger of their metrics and the smaller of their bandwidths. `asideOf`: why the map sets a link's network aside.
 */
export function linesOf(
  links: readonly TopologyLink[],
  byName: boolean,
  asideOf: (link: TopologyLink) => string | undefined,
): {
  readonly lines: readonly DescribedLine[];
  readonly remarks: readonly Tally[];
  readonly problems: readonly Problem[];
} {
  const pairs = pairsOf(links);
  const known = new Set(links.map(({ network, link }) => keyOf(network, link)));
  const lines = pairs.map((pair) => lineOf(pair, byName, asideOf(pair[0])));
  const remarks = pairs.flatMap((pair, index) => (lines[index]?.aside === undefined ? remarksOn(pair) : []));
  const lost = links.flatMap(({ supporting, place }) =>
    supporting.flatMap(({ network, link }) => {
      if (known.has(keyOf(network, link))) return [];
      const message = `expected \`${keyOf(network, link).slice(0, 200)}\` in the export, found none; the supporting link is left out`;
      return [documentProblem("dangling-reference", message, place)];
    }),
  );
  return { lines, remarks: tally(remarks), problems: lost };
}

type Pair = readonly [TopologyLink] | readonly [TopologyLink, TopologyLink];

/** Each link with the one that leads back, where there is one; in the order of networks and links. */
function pairsOf(links: readonly TopologyLink[]): readonly Pair[] {
  const sorted = links.toSorted((a, b) => compare(a.network, b.network) || compare(a.link, b.link));
  const waiting = new Map<string, TopologyLink[]>();
  const partner = new Map<TopologyLink, TopologyLink | null>();
  for (const link of sorted) {
    const back = waiting.get(wayOf(link.network, link.to, link.from))?.pop();
    if (back && link.from?.node !== link.to?.node) {
      partner.set(back, link);
      partner.set(link, null);
      continue;
    }
    const way = wayOf(link.network, link.from, link.to);
    const queue = waiting.get(way);
    if (queue) queue.push(link);
    else waiting.set(way, [link]);
  }
  return sorted.flatMap((link): readonly Pair[] => {
    const other = partner.get(link);
    if (other === null) return [];
    return other === undefined ? [[link]] : [[link, other]];
  });
}

function wayOf(network: string, from: LinkEnd | null, to: LinkEnd | null): string {
  return JSON.stringify([network, from?.node, from?.port, to?.node, to?.port]);
}

function lineOf([there, back]: Pair, byName: boolean, aside: string | undefined): DescribedLine {
  const both = [there, ...(back ? [back] : [])];
  const numbers = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
  const [weights, capacities] = [
    numbers(both.map(({ weight }) => weight)),
    numbers(both.map(({ capacity }) => capacity)),
  ];
  return {
    keys: both.map(({ network, link }) => keyOf(network, link)),
    wanted: byName ? there.link : "",
    from: there.from && keyOf(there.network, there.from.node),
    to: there.to && keyOf(there.network, there.to.node),
    weight: weights.length > 0 ? Math.max(...weights) : null,
    capacity: capacities.length > 0 ? Math.min(...capacities) : null,
    over: [...new Set(both.flatMap(({ supporting }) => supporting.map(({ network, link }) => keyOf(network, link))))],
    ...(aside !== undefined && { aside: `link of ${aside}` }),
  };
}

function remarksOn([there, back]: Pair): readonly string[] {
  if (!back) return there.from && there.to ? ["link that leads one way only: taken as used both ways"] : [];
  return [
    differ(there.weight, back.weight) && "links there and back differ in metric: the larger is taken",
    differ(there.capacity, back.capacity) && "links there and back differ in bandwidth: the smaller is taken",
  ].filter((remark) => typeof remark === "string");
}

function differ(one: number | null, other: number | null): boolean {
  return one !== null && other !== null && one !== other;
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));
