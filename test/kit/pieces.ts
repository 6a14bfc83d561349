/** Networks for tests of counting: elements at sites, with what is not known left out. */
import type { Holders, Network } from "../../src/model/network.ts";
import { noSite } from "../../src/model/ports/network.ts";
import { sketched, type Thing } from "./network.ts";

/** One element. `maker`, `product` null: not known; `site` null: it stands at no known site. */
export interface Piece {
  readonly operator: string;
  readonly site: string | null;
  readonly maker: string | null;
  readonly functions: readonly string[];
  readonly product?: string | null;
  /** Region of its site. */
  readonly region?: string;
  readonly maintained?: { readonly sure: readonly string[]; readonly open: boolean };
  /** Another operator's row counts it for the nation. */
  readonly again?: boolean;
}

export interface NetworkShape {
  readonly pieces: readonly Piece[];
  /** Site -> region, for sites whose pieces do not say. */
  readonly sites?: Readonly<Record<string, string>>;
  readonly regions?: readonly { readonly name: string; readonly people: number | null }[];
  readonly customers?: Readonly<Record<string, number>>;
  /** Traffic that begins or ends at each site. */
  readonly traffic?: Readonly<Record<string, number>>;
  readonly unread?: number;
}

const nowhere = "(nowhere)";

/** The network of some pieces, on what the tables know of them. */
export function piecesTogether(shape: NetworkShape): Network {
  const { pieces, sites = {}, regions = [], customers = {}, traffic, unread = 0 } = shape;
  const things = pieces.map(
    ({ operator, site, maker, functions, product, again }): Thing => ({
      at: `${operator}/${site ?? nowhere}`,
      functions: functions.join(";"),
      ...(maker !== null && { made: maker }),
      ...(product != null && { product }),
      ...(again && { first: false }),
    }),
  );
  const ofPieces = pieces.flatMap(({ site, region }) => (site !== null && region ? [[site, region] as const] : []));
  const people = regions.flatMap(({ name, people: all }) => (all === null ? [] : [[name, all] as const]));
  const network = sketched({
    things,
    regionOf: { ...sites, ...Object.fromEntries(ofPieces) },
    people: Object.fromEntries(people),
    customers,
    suppliers: pieces.flatMap(({ maintained }) => maintained?.sure ?? []),
    unread,
  });
  const maintained = (index: number): Holders => {
    const { sure, open } = pieces[index]?.maintained ?? { sure: [], open: true };
    return { sure: sure.map((name) => network.suppliers.indexOf(name)).sort((a, b) => a - b), open };
  };
  const traits = network.traits.map((trait, index) => ({
    ...trait,
    holders: { ...trait.holders, maintained: maintained(index) },
  }));
  return { ...network, traits, ...placed(things, network), ...carrying(things, network, traffic) };
}

function placeNames(things: readonly Thing[]): readonly string[] {
  return [...new Set(things.map(({ at }) => at))].sort();
}

/** What stands nowhere stands at no site; and people live at sites alone. */
function placed(things: readonly Thing[], network: Network): Pick<Network, "places" | "radio"> {
  const lost = placeNames(things).map((name) => name.endsWith(nowhere));
  const site = network.places.site.map((number, at) => (lost[at] ? noSite : number));
  return {
    places: { ...network.places, site },
    radio: network.radio.map((radio, at) => (lost[at] ? 0 : radio)),
  };
}

function carrying(
  things: readonly Thing[],
  { demands }: Network,
  traffic: NetworkShape["traffic"],
): Partial<Pick<Network, "traffic" | "demands">> {
  if (!traffic) return {};
  const names = placeNames(things);
  return {
    traffic: Float64Array.from(names, (name) => traffic[name.split("/")[1]!] ?? 0),
    demands: { ...demands, origin: "table" },
  };
}
