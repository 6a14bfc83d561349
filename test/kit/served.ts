/** What is left of a network without some makers, by the plainest way from the rows of its tables: an oracle for the example. */
type Row = Readonly<Record<string, string>>;

export interface NetworkRows {
  /** Elements in use, their makers as ids. */
  readonly elements: readonly Row[];
  readonly relations: readonly Row[];
  readonly uses: readonly Row[];
  readonly sites: readonly Row[];
  readonly links: readonly Row[];
  readonly pools: readonly Row[];
}

const transit = ["transport-router", "transport-switch", "optical-transport", "microwave-link", "security-gateway"];

/** Operator and site as one text: a place. */
export const placeOf = (operator: string, site: string): string => `${operator} ${site}`;

/** Everybody who answers for an element. */
export function usersOf(uses: readonly Row[]): (element: Row) => readonly string[] {
  const shared = Map.groupBy(uses, ({ element }) => element!);
  return ({ id, operator }) => (operator ? [operator] : (shared.get(id!) ?? []).map((use) => use.operator!));
}

/** Places with the elements that stand there. */
export function placesOf({ elements, uses }: NetworkRows): ReadonlyMap<string, readonly Row[]> {
  const users = usersOf(uses);
  const standing = elements.flatMap((element) =>
    users(element).map((user) => [placeOf(user, element.site!), element] as const),
  );
  const grouped = Map.groupBy(standing, ([place]) => place);
  return new Map([...grouped].map(([place, rows]) => [place, rows.map(([, element]) => element)]));
}

/** Each row of `links` as pairs of places: of the operator it names, else of every one that is at both ends. */
export function waysOf(
  { links }: NetworkRows,
  places: ReadonlyMap<string, unknown>,
): readonly (readonly [from: string, to: string, link: Row])[] {
  const operators = [...new Set([...places.keys()].map((place) => place.split(" ")[0]!))];
  return links.flatMap((link) =>
    (link.operator ? [link.operator] : operators)
      .map((operator) => [placeOf(operator, link.from!), placeOf(operator, link.to!), link] as const)
      .filter(([from, to]) => from !== to && places.has(from) && places.has(to)),
  );
}

/** Radio places that still serve when all that `lost` made stops, and all radio places. */
export function served(
  rows: NetworkRows,
  lost: ReadonlySet<string>,
): { served: readonly string[]; all: readonly string[] } {
  const places = placesOf(rows);
  const lives = living(rows, lost);
  // Where nothing that carries is listed, it is taken to carry.
  const passes = (place: string) => {
    const own = places.get(place)!.filter(({ id, functions }) => transit.includes(functions!) && !lives.isPart(id!));
    return own.length === 0 || own.some(({ id }) => lives.of(id!));
  };
  const open = new Set([...places.keys()].filter(passes));
  const reached = reach({ ...rows, links: rows.links.filter(({ maker }) => !lost.has(maker!)) }, places, open);
  const hasPools = poolsOf(rows, places, lives.of);
  const all = [...places].filter(([, elements]) => elements.some(({ functions }) => functions === "gNB"));
  const up = all.filter(([place, elements]) => {
    const own = elements.some(({ id, functions }) => functions === "gNB" && lives.of(id!));
    return own && open.has(place) && hasPools(place, reached(place));
  });
  return { served: up.map(([place]) => place), all: all.map(([place]) => place) };
}

/** An element lives if it, its parts, and all that it runs on are by somebody else. */
function living({ elements, relations }: NetworkRows, lost: ReadonlySet<string>) {
  const makers = new Map(elements.map(({ id, maker }) => [id!, maker!]));
  const needs = Map.groupBy(
    relations.flatMap(({ kind, from, to }) => {
      if (kind === "part-of") return [{ whole: to!, part: from! }];
      return kind === "runs-on" ? [{ whole: from!, part: to! }] : [];
    }),
    ({ whole }) => whole,
  );
  const parts = new Set(relations.filter(({ kind }) => kind === "part-of").map(({ from }) => from!));
  const known = new Map<string, boolean>();
  const of = (id: string): boolean => {
    const held = known.get(id);
    if (held !== undefined) return held;
    const lives = !lost.has(makers.get(id) ?? "") && (needs.get(id) ?? []).every(({ part }) => of(part));
    known.set(id, lives);
    return lives;
  };
  return { of, isPart: (id: string) => parts.has(id) };
}

/** All open places that can be reached from a place over open ones: up its uplinks, then round the trunks. */
function reach(rows: NetworkRows, places: ReadonlyMap<string, unknown>, open: ReadonlySet<string>) {
  const ups = new Map<string, string[]>();
  const beside = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, from: string, place: string) =>
    to.set(from, [...(to.get(from) ?? []), place]);
  for (const [from, to, { kind }] of waysOf(rows, places)) {
    if (kind === "uplink") add(ups, from, to);
    else
      for (const [one, other] of [
        [from, to],
        [to, from],
      ] as const)
        add(beside, one, other);
  }
  const areas = new Map<string, ReadonlySet<string>>();
  const areaOf = (start: string): ReadonlySet<string> => {
    const held = areas.get(start);
    if (held) return held;
    const area = new Set([start]);
    for (const place of area) for (const next of beside.get(place) ?? []) if (open.has(next)) area.add(next);
    for (const place of area) areas.set(place, area);
    return area;
  };
  return (place: string): ReadonlySet<string> => {
    const below = new Set(open.has(place) ? [place] : []);
    for (const one of below) for (const next of ups.get(one) ?? []) if (open.has(next)) below.add(next);
    const ends = [...below].filter((one) => !ups.has(one));
    return new Set(ends.flatMap((end) => [...areaOf(end)]));
  };
}

/** Whether enough members of every pool that a place needs live where it can be reached. */
function poolsOf(rows: NetworkRows, places: ReadonlyMap<string, readonly Row[]>, lives: (id: string) => boolean) {
  const regions = new Map(rows.sites.map(({ id, region }) => [id!, region!]));
  const siteOf = new Map(rows.elements.map(({ id, site }) => [id!, site!]));
  const pools = rows.pools.map((pool) => {
    const bearing = [...places]
      .filter(([place]) => place.startsWith(`${pool.operator} `))
      .flatMap(([, elements]) => elements.filter(({ functions }) => functions === pool.function));
    const members = pool.members ? pool.members.split(";") : bearing.map(({ id }) => id!);
    const live = members.filter(lives).map((id) => placeOf(pool.operator!, siteOf.get(id)!));
    return { pool, live, served: pool.regions ? pool.regions.split(";") : null };
  });
  return (place: string, reached: ReadonlySet<string>): boolean => {
    const [operator, site] = place.split(" ") as [string, string];
    return pools
      .filter((one) => one.pool.operator === operator && (one.served?.includes(regions.get(site)!) ?? true))
      .every(({ pool, live }) => live.filter((at) => reached.has(at)).length >= Number(pool.needed));
  };
}
