import { exposureShares, type Share } from "../assess/exposure.ts";
import { exposureFrame, type Frame } from "../assess/exposure-frame.ts";
import { elementsByTrait, heldFunctions, heldLinks } from "../assess/exposure-held.ts";
import type { Look } from "../assess/exposure-lens.ts";
import { sightOf } from "../assess/functions-see.ts";
import type { Exposure, ExposureRow, HeldFunction } from "../model/exposure.ts";
import { type Channel, channels, type Network, type Suspect } from "../model/network.ts";

/** Suppliers told of; and of how many, those with the most elements, the exposure is computed to find them. */
const mostTold = 12;
const mostCompared = 40;

/**
 * What each supplier could see, the most exposing first: of people's traffic, else of all traffic, else by elements. Through
 * all channels together, and through each in which it surely holds something; regions for all channels and people alone.
 * @param suspects Whom to look at. Who surely stands behind nothing is left out and not counted.
 */
export function exposureOf(network: Network, suspects: readonly Suspect[]): Exposure {
  const frame = exposureFrame(network);
  const holders = holdersAmong(network, suspects);
  const { holders: ranked, routed } = mostExposing(frame, holders.slice(0, mostCompared));
  const told = ranked.slice(0, mostTold);
  return {
    kind: "exposure",
    rows: rowsOf(frame, told),
    held: told.flatMap((holder) => heldBy(network, holder)),
    suppliers: holders.length,
    origin: network.demands.origin,
    demands: network.demands.count,
    routed,
    links: network.links.count,
  };
}

/** Somebody who surely stands behind something, and in which channels. */
interface Holder {
  readonly suspect: Suspect;
  readonly channels: readonly Channel[];
  readonly units: number;
}

/** Those who hold elements or lines, most first. */
function holdersAmong(network: Network, suspects: readonly Suspect[]): readonly Holder[] {
  const held = unitsBySupplier(network);
  return suspects
    .map((suspect): Holder => {
      const units = new Map(channels.map((channel) => [channel, sum(held.get(channel)!, suspect.sure)]));
      return {
        suspect,
        channels: channels.filter((channel) => units.get(channel)! > 0),
        units: [...units.values()].reduce((all, some) => all + some, 0),
      };
    })
    .filter(({ units }) => units > 0)
    .sort((a, b) => b.units - a.units || (a.suspect.name < b.suspect.name ? -1 : 1));
}

/** Elements, and in channel `made` lines, that each supplier surely holds. */
function unitsBySupplier(network: Network): ReadonlyMap<Channel, Float64Array> {
  const count = elementsByTrait(network);
  const found = new Map(channels.map((channel) => [channel, new Float64Array(network.suppliers.length)]));
  for (const [trait, { holders }] of network.traits.entries())
    for (const channel of channels)
      for (const supplier of holders[channel].sure) found.get(channel)![supplier]! += count[trait]!;
  for (const [supplier, lines] of heldLinks(network).entries()) found.get("made")![supplier]! += lines;
  return found;
}

const sum = (units: Float64Array, of: readonly number[]) => of.reduce((all, one) => all + units[one]!, 0);

function mostExposing(frame: Frame, holders: readonly Holder[]) {
  const looks = holders.map(({ suspect }) => lookAt(suspect, channels));
  const { shares, routed } = exposureShares(frame, looks);
  const ranked = holders
    .map((holder, at) => ({ ...holder, shares: shares[at]!, at }))
    .sort((a, b) => seenSurely(b.shares) - seenSurely(a.shares) || a.at - b.at);
  return { holders: ranked, routed };
}

const lookAt = (suspect: Suspect, of: readonly Channel[]): Look => ({
  watcher: { suspect, channels: of, mediated: false },
  view: "metadata",
});

/** The nation's share that is surely seen. */
function seenSurely([nation]: readonly Share[]): number {
  return (nation?.people ?? nation?.traffic)?.expected.least ?? 0;
}

type Told = Holder & { readonly shares: readonly Share[] };

/** Rows of each holder: for all channels together, then for each, without regions; parts in which nothing has a path are left out. */
function rowsOf(frame: Frame, told: readonly Told[]): ExposureRow[] {
  const asked = told.flatMap(({ suspect, channels: through }) => through.map((channel) => ({ suspect, channel })));
  const { shares: found } = exposureShares(
    frame,
    asked.map(({ suspect, channel }) => lookAt(suspect, [channel])),
  );
  const byChannel = asked.map((one, at) => ({ ...one, shares: found[at]!.filter(({ scope }) => scope !== "region") }));
  return told.flatMap(({ suspect, shares }) => {
    const own = byChannel.filter((one) => one.suspect === suspect);
    return [{ suspect, channel: "any" as const, shares }, ...own].flatMap(({ channel, shares: parts }) =>
      parts
        .filter(({ traffic, people }) => traffic !== null || people !== null)
        .map((share): ExposureRow => ({ supplier: suspect.name, channel, ...share })),
    );
  });
}

function heldBy(network: Network, { suspect, channels: through }: Holder): readonly HeldFunction[] {
  const count = elementsByTrait(network);
  return through.flatMap((channel) =>
    heldFunctions(network, count, { suspect, channels: [channel], mediated: false })
      .filter(({ elements, function: name }) => elements.least > 0 && name !== "")
      .map(({ function: name, elements, of, unknown, operators }) => ({
        supplier: suspect.name,
        channel,
        function: name,
        elements: elements.least,
        ...{ of, unknown, operators: [...operators] },
        sees: [...sightOf(name).sees],
        takesDown: [...sightOf(name).takesDown],
      })),
  );
}
