import type { DeliveredItem, SourceDependence, SourceShare, TopicDependence } from "../model/sources.ts";

const leastItems = 20;
const everything = "everything";
const unknownSource = "origin not known";

/** Knowledge that several sources may have delivered. */
interface Item {
  /** Source -> when it first delivered it. */
  readonly by: Map<string, number>;
  readonly topics: Set<string>;
  readonly conditions: Set<string>;
}

export interface SourceOptions {
  readonly partner: string;
  /** Least number of items for which there are numbers. */
  readonly floor?: number;
  readonly settled?: boolean;
  /** What sources are called, by id. */
  readonly titles?: ReadonlyMap<string, string>;
}

/**
 * How much a partner depends on single sources, overall and by topic (sharing of exclusive contributions as for blocklists: Li
 * et al., USENIX Security 2019). What several delivered is one item; what came through a hub counts
 * for whom it came from. Below 20 items a topic has no numbers.
 */
export function sourceDependence(
  delivered: Iterable<DeliveredItem>,
  { partner, floor = leastItems, settled = true, titles = new Map() }: SourceOptions,
): SourceDependence {
  const items = merge(delivered);
  const names = [...new Set(items.flatMap(({ topics }) => [...topics]))].sort();
  const inTopic = new Map(names.map((name) => [name, items.filter(({ topics }) => topics.has(name))]));
  const topics = [
    topicOf(everything, items, floor, titles),
    ...names.map((name) => topicOf(name, inTopic.get(name) ?? [], floor, titles)),
  ];
  return {
    kind: "source-dependence",
    partner,
    ...{ floor, settled },
    items: items.length,
    topics,
    losses: lossesOf(items, inTopic, floor).map((loss) => ({ ...loss, ...titled(titles, loss.name) })),
  };
}

function titled(titles: ReadonlyMap<string, string>, source: string): { readonly title?: string } {
  const title = titles.get(source);
  return title === undefined ? {} : { title };
}

/** What has one key is one item, however many delivered it. */
function merge(delivered: Iterable<DeliveredItem>): readonly Item[] {
  const merged = new Map<string, Item>();
  for (const one of delivered) {
    const item = merged.get(one.key) ?? { by: new Map(), topics: new Set(), conditions: new Set() };
    merged.set(one.key, item);
    const source = one.source ?? unknownSource;
    item.by.set(source, Math.min(one.at, item.by.get(source) ?? Number.POSITIVE_INFINITY));
    for (const topic of one.topics) item.topics.add(topic);
    for (const condition of one.conditions) item.conditions.add(condition);
  }
  return [...merged.values()];
}

function topicOf(
  topic: string,
  items: readonly Item[],
  floor: number,
  titles: ReadonlyMap<string, string>,
): TopicDependence {
  if (items.length < floor) return { topic, items: items.length };
  const sources = [...new Set(items.flatMap(({ by }) => [...by.keys()]))].sort();
  const shares = sources.map((source) => ({ ...shareOf(source, items), ...titled(titles, source) }));
  const unknown = shares.find(({ source }) => source === unknownSource);
  const known = shares.filter(({ source }) => source !== unknownSource);
  const squares = known.reduce((sum, { credited }) => sum + credited ** 2, 0);
  // Of whom nothing is known it may be each from somebody else, or all from the greatest source there is.
  const most = unknown ? squaresWith(known, unknown.credited) : squares;
  const apart = items.flatMap(({ by }) => (by.has(unknownSource) ? [1 / by.size / items.length] : []));
  const least = squares + apart.reduce((sum, part) => sum + part ** 2, 0);
  const hhi: readonly [number, number] = [round(10_000 * Math.min(least, most)), round(10_000 * most)];
  return {
    topic,
    items: items.length,
    numbers: {
      hhi,
      effective: [effective(hhi[1]), effective(hhi[0])],
      sources: known.sort(
        (a, b) => b.exclusive - a.exclusive || b.credited - a.credited || (a.source < b.source ? -1 : 1),
      ),
      unknown: round(items.filter(({ by }) => by.size === 1 && by.has(unknownSource)).length / items.length),
      conditions: conditionsOf(items),
    },
  };
}

function squaresWith(known: readonly SourceShare[], unknown: number): number {
  const greatest = Math.max(0, ...known.map(({ credited }) => credited));
  const squares = known.reduce((sum, { credited }) => sum + credited ** 2, 0);
  return squares - greatest ** 2 + (greatest + unknown) ** 2;
}

function effective(hhi: number): number {
  return hhi === 0 ? 0 : round(10_000 / hhi);
}

function shareOf(source: string, items: readonly Item[]): SourceShare {
  const own = items.filter(({ by }) => by.has(source));
  const alone = own.filter(({ by }) => by.size === 1);
  const leads = own.flatMap(({ by }) => {
    const others = [...by].filter(([other]) => other !== source).map(([, at]) => at);
    return others.length > 0 ? [(Math.min(...others) - by.get(source)!) / 3.6e9] : [];
  });
  const credited = own.reduce((sum, { by }) => sum + 1 / by.size, 0);
  return {
    source,
    items: own.length,
    exclusive: round(alone.length / items.length),
    credited: round(credited / items.length),
    ...(leads.length > 0 && { leadHours: round(median(leads)) }),
  };
}

function conditionsOf(items: readonly Item[]) {
  const names = [...new Set(items.flatMap(({ conditions }) => [...conditions]))].sort();
  return names.map((condition) => {
    const count = items.filter(({ conditions }) => conditions.has(condition)).length;
    return { condition, items: count, part: round(count / items.length) };
  });
}

/** Topics with numbers now that would have none: because a source stops, or a condition bites. */
function lossesOf(
  items: readonly Item[],
  inTopic: ReadonlyMap<string, readonly Item[]>,
  floor: number,
): SourceDependence["losses"] {
  const falling = (lost: (item: Item) => boolean) =>
    [...inTopic].flatMap(([topic, all]) => {
      const left = all.filter((item) => !lost(item)).length;
      return all.length >= floor && left < floor ? [topic] : [];
    });
  const sources = [...new Set(items.flatMap(({ by }) => [...by.keys()]))]
    .filter((name) => name !== unknownSource)
    .sort();
  const conditions = [...new Set(items.flatMap(({ conditions: named }) => [...named]))].sort();
  return [
    ...sources.map((name) => ({
      kind: "source" as const,
      name,
      topics: falling(({ by }) => by.size === 1 && by.has(name)),
    })),
    ...conditions.map((name) => ({
      kind: "condition" as const,
      name,
      topics: falling(({ conditions: named }) => named.has(name)),
    })),
  ].filter(({ topics }) => topics.length > 0);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
