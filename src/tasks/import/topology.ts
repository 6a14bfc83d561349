import type { NetworkDemand, SiteNetwork } from "../../readers/site-network.ts";
import { unusedWords } from "./described-remarks.ts";
import { assignIds } from "./ids.ts";
import type { Incoming, Tally, Translated } from "./incoming.ts";
import { linkRemarks, linkTable, nonZero } from "./links.ts";
import { lookup } from "./map.ts";
import type { TopologyMap } from "./topology-map.ts";

/** Whose network it is, and what its files and nameless sites are called after. */
export interface TopologySetting {
  readonly source: string;
  readonly operator: string;
  readonly map: TopologyMap;
}

type Values = Readonly<Record<string, string>>;
type Sites = ReadonlyMap<string, string>;

/** What a person has written about operators and sites is better than what a published network says. */
const reference = { existing: "kept", owned: [], complete: false } as const;

/**
 * A published network in the words of the workspace: nodes become sites, lines trunks, demands traffic of one operator.
 * What leads from a site to itself is set aside; demands that differ in nothing but their value are added up.
 */
export function translateTopology(network: SiteNetwork, setting: TopologySetting): Translated {
  const sites = siteIds(network, setting);
  const apart = (one: { readonly from: string; readonly to: string }) => sites.get(one.from) !== sites.get(one.to);
  const [lines, demands] = [network.lines.filter(apart), network.demands.filter(apart)];
  const links = lines.map(
    ({ id, from, to, weight, capacity }): Values => ({
      id,
      operator: setting.operator,
      from: sites.get(from) ?? "",
      to: sites.get(to) ?? "",
      weight: weight?.toString() ?? "",
      capacity: capacity?.toString() ?? "",
    }),
  );
  const traffic = demandRows(demands, sites, setting.operator);
  const examined = network.nodes.length + network.lines.length + network.demands.length;
  return {
    examined,
    taken: network.nodes.length + lines.length + demands.length,
    setAside: nonZero([
      ["links from a site to itself", network.lines.length - lines.length],
      ["demands from a site to itself", network.demands.length - demands.length],
    ]),
    remarks: remarksOf(network, links, demands.length - traffic.length, setting.map),
    problems: [],
    tables: tablesOf(network, sites, links, traffic, setting),
  };
}

/** Ids of sites: as the map says, else the name of the node where it is the only one, else its id behind the source's name. */
function siteIds({ nodes }: SiteNetwork, { source, map }: TopologySetting): Sites {
  const mapped = nodes.flatMap(({ id, name }) => {
    const own = lookup(map.sites, { pk: 0, name: name ?? id, slug: id });
    return own === undefined ? [] : [[id, own] as const];
  });
  const known = new Map(mapped);
  const rest = nodes.filter(({ id }) => !known.has(id));
  const wanted = rest.map(({ id, name }) => [id, (name ?? id).includes(";") ? "" : (name ?? id)] as const);
  return new Map([...mapped, ...assignIds(new Map(wanted), (id) => `${source}-${id.replaceAll(";", "_")}`)]);
}

/** Rows of `demands`, those of the same ends and path added up; sorted. */
function demandRows(demands: readonly NetworkDemand[], sites: Sites, operator: string): readonly Values[] {
  const sums = new Map<string, { readonly values: Values; value: number }>();
  for (const { from, to, path, value } of demands) {
    const through = path?.map((node) => sites.get(node) ?? "").join(";") ?? "";
    const values = { operator, from: sites.get(from) ?? "", to: sites.get(to) ?? "", path: through };
    const key = JSON.stringify(values);
    const sum = sums.get(key) ?? { values, value: 0 };
    sum.value += value;
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { values, value }]) => ({ ...values, value: value.toString() }));
}

function remarksOf(
  { nodes, remarks }: SiteNetwork,
  links: readonly Values[],
  added: number,
  map: TopologyMap,
): readonly Tally[] {
  const nowhere = nodes.filter(({ latitude }) => latitude === null).length;
  return [
    ...nonZero([
      ["sites: no position", nowhere],
      ["sites: the file knows no equipment; a link counts where `elements` stand at both ends", nodes.length],
      ["demands of the same ends and path as another: added to it", added],
    ]),
    ...linkRemarks(links),
    ...remarks,
    ...unusedWords(
      "sites",
      map.sites,
      nodes.map(({ id, name }) => ({ pk: 0, name: name ?? id, slug: id })),
    ),
  ];
}

function tablesOf(
  { nodes }: SiteNetwork,
  sites: Sites,
  links: readonly Values[],
  demands: readonly Values[],
  { source, operator, map }: TopologySetting,
): readonly Incoming[] {
  const file = map.file ?? source;
  const places = nodes.map(({ id, name, latitude, longitude }) => ({
    values: {
      id: sites.get(id) ?? "",
      name: name ?? id,
      latitude: latitude?.toString() ?? "",
      longitude: longitude?.toString() ?? "",
    },
  }));
  const byId = new Map(places.map((place) => [place.values.id, place]));
  return [
    { table: "operators", file: "operators.csv", rows: [{ values: { id: operator, name: operator } }], ...reference },
    { table: "sites", file: "sites.csv", rows: [...byId.values()], ...reference },
    ...linkTable(file, links, ["operator", "from", "to", "weight", "capacity"]),
    ...demandTable(file, demands),
  ];
}

function demandTable(file: string, rows: readonly Values[]): readonly Incoming[] {
  if (rows.length === 0) return [];
  return [
    {
      table: "demands",
      file: `demands/${file}.csv`,
      key: ["operator", "from", "to", "path"],
      rows: rows.map((values) => ({ values })),
      existing: "updated",
      owned: ["value"],
      complete: true,
    },
  ];
}
