/** A network in words, so that tests can say what they expect. */
import { type NetworkTables, partOnly, protections, type RawParty } from "../../src/model/ports/network.ts";
import type { InventoryStore } from "../../src/model/ports/store.ts";

/** Every number told by what it stands for; elements, links and demands in an order that does not hang on rows. */
export interface NetworkWords {
  readonly operators: readonly string[];
  readonly regions: readonly string[];
  /** `alpha/s1 Bayern 48.1,11.5` */
  readonly places: readonly string[];
  /** `alpha/s1 mk radio gNB` and what must live, `(part)` or the kinds of its bundle by product, `not first`. */
  readonly elements: readonly string[];
  /** `mk radio 7.1 gNB`, with builders, maintainers and managers. */
  readonly traits: readonly string[];
  readonly bundles: NetworkTables["bundles"];
  readonly links: readonly string[];
  readonly demands: readonly string[];
  readonly pools: readonly string[];
  readonly lost: { readonly links: readonly [number, number]; readonly demands: readonly [number, number] };
}

export async function wordsOf(store: InventoryStore): Promise<NetworkWords> {
  const network = await store.network();
  const { operators, regions, places, elements, traits, bundles, links, demands, pools } = network;
  const ids = await store.siteIds(places.site);
  const place = (at: number) => `${operators[places.operator[at]!]}/${ids[at]}`;
  const kind = (at: number) => traits[at]!.product ?? "?";
  const bundle = (at: number) => (at === partOnly ? "(part)" : bundles[at]!.map(kind).join("+"));
  return {
    operators,
    regions,
    places: ids.map((_, at) => {
      const [north, east] = [places.latitude[at]!, places.longitude[at]!];
      const position = Number.isNaN(north) ? [] : [`${north.toFixed(1)},${east.toFixed(1)}`];
      return [place(at), regions[places.region[at]!], ...position].join(" ");
    }),
    elements: Array.from(elements.place, (at, row) =>
      [
        `${place(at)} ${kind(elements.trait[row]!)}: ${bundle(elements.bundle[row]!)}`,
        ...(elements.first[row] === 0 ? ["not first"] : []),
      ].join(", "),
    ).sort(),
    traits: traits.map((trait) => {
      const { operator, maker, product, release, functions, builtBy, maintainedBy, managedBy, managers } = trait;
      const own = [operator, maker, product, release, functions].map((text) => text ?? "-").join(" ");
      return [
        own,
        ...(builtBy.length > 0 ? [`built ${builtBy.join(" ")}`] : []),
        ...(maintainedBy.length > 0 ? [`maintained ${maintainedBy.map(party).join(" ")}`] : []),
        ...(managedBy.length > 0 ? [`managed ${managedBy.map(party).join(" ")}`] : []),
        ...(managers.length > 0 ? [`by ${managers.map((at) => `${at}:${kind(at)}`).join(" ")}`] : []),
      ].join("; ");
    }),
    bundles,
    links: Array.from(links.from, (from, at) =>
      [
        `${links.ids(at)}: ${place(from)} ${links.uplink[at] === 1 ? "->" : "--"} ${place(links.to[at]!)}`,
        `weight ${links.weight[at]}, capacity ${links.capacity[at]}`,
        links.makers[links.maker[at]!] ?? "-",
        protections[links.protection[at]!],
      ].join(", "),
    ),
    demands: Array.from(demands.from, (from, at) => {
      const path = demands.paths.get(at);
      const by = path ? ` by ${Array.from(path, place).join(" ")}` : "";
      return `${place(from)} to ${place(demands.to[at]!)} ${demands.value[at]}${by}`;
    }),
    pools: pools.map(({ id, operator, function: bears, needed, regions: own, place: at, bundle: what, missing }) => {
      const members = Array.from(at, (one, index) => `${place(one)} ${bundle(what[index]!)}`).join(", ");
      const where = own.map((number) => regions[number]).join(" ");
      return `${id}: ${operators[operator]} ${bears} ${needed} of [${members}] missing ${missing} for [${where}]`;
    }),
    lost: { links: [links.loose, links.loops], demands: [demands.loose, demands.loops] },
  };
}

const party = ({ supplier, place, access }: RawParty) => [supplier, place ?? "", access ?? ""].join("|");
