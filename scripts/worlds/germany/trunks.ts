import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import { padded, type Row } from "./parts.ts";
import { randomOf } from "./random.ts";
import { kilometres, type Site } from "./sites.ts";
import { hubsOfARing } from "./transport.ts";

interface Trunk {
  readonly from: Site;
  readonly to: Site;
  readonly capacity: number;
  /** Leased from a company that several operators lease from. */
  readonly isLeased?: boolean;
}

const lessor = "DEMO-fernkabel";
const ringsPerLeasedLine = 3;

/** Mbit/s, by what a ring of the operator carries in the busy hour. */
const ringSize: Readonly<Record<string, number>> = {
  ...{ [rhein.id]: 100_000, [isar.id]: 100_000, [elbe.id]: 100_000, [neckar.id]: 40_000 },
};
const centreSize = 800_000;

/** Rings of hubs, each tied to the two nearest data centres, and the lines between these, two side by side where most goes. */
export function trunksOf(operator: Operator, hubs: readonly Site[], centres: readonly Site[]): readonly Row[] {
  const capacity = ringSize[operator.id]!;
  const trunks: readonly Trunk[] = [
    ...ringsOf(hubs).flatMap((ring, at) => ringTrunks(ring, centres, capacity, at % ringsPerLeasedLine === 1)),
    ...betweenCentres(centres),
  ];
  const random = randomOf(`trunks ${operator.id}`);
  const unmeasured = random.whole(0, trunks.length - 1);
  return trunks.map(
    ({ from, to, ...line }, at): Row => ({
      ...{ id: `${operator.letter}-L${padded(at + 1, 3)}`, operator: operator.id, from: from.id, to: to.id },
      ...{ kind: "trunk", weight: weightOf(from, to) },
      capacity: at === unmeasured ? undefined : line.capacity,
      maker: line.isLeased ? lessor : undefined,
      protection: protectionOf(operator, random.next()),
    }),
  );
}

function ringsOf(hubs: readonly Site[]): readonly (readonly Site[])[] {
  return [...Map.groupBy(hubs.entries(), ([at]) => Math.floor(at / hubsOfARing)).values()].map((ring) =>
    ring.map(([, hub]) => hub),
  );
}

/** Round the ring, and from two hubs that face each other out to the data centres nearest to the ring. */
function ringTrunks(
  ring: readonly Site[],
  centres: readonly Site[],
  capacity: number,
  isLeased: boolean,
): readonly Trunk[] {
  const far = (centre: Site) => ring.reduce((sum, hub) => sum + kilometres(hub, centre), 0);
  const [first, second] = centres.toSorted((a, b) => far(a) - far(b));
  return [
    ...ring.map((hub, at) => ({ from: hub, to: ring[(at + 1) % ring.length]!, capacity })),
    { from: ring[0]!, to: first!, capacity, isLeased },
    { from: ring[2]!, to: second!, capacity },
  ];
}

function betweenCentres([first, second, third]: readonly Site[]): readonly Trunk[] {
  const capacity = centreSize;
  const pairs = [
    [first, second],
    [first, second],
    [second, third],
    [third, first],
  ] as const;
  return pairs.map(([from, to], at) => ({ from: from!, to: to!, capacity, isLeased: at === 0 }));
}

/** In steps of 25 km, as planners do, so that ways of about the same length are the same to routing. */
function weightOf(from: Site, to: Site): number {
  return Math.max(1, Math.round(kilometres(from, to) / 25));
}

function protectionOf(operator: Operator, draw: number): string | undefined {
  if (operator === rhein) return draw < 0.9 ? "macsec" : "optical";
  if (operator === isar) return draw < 0.7 ? "ipsec" : draw < 0.85 ? "none" : undefined;
  return operator === neckar && draw < 0.5 ? "none" : undefined;
}

/** What isar has at rhein's places, the shared functions of the core, it reaches by lines of its own. */
export function towardsShared(own: readonly Site[], shared: readonly Site[]): readonly Row[] {
  return [0, 1].map((at): Row => {
    const [from, to] = [own[at]!, shared[at]!];
    const line = { kind: "trunk", weight: weightOf(from, to), capacity: 100_000, protection: "macsec" };
    return { id: `I-X${at + 1}`, operator: isar.id, from: from.id, to: to.id, ...line };
  });
}

/** Rows as they come in real life: a line from a site to itself, and one to a site that nobody has. */
export const brokenLinks: readonly Row[] = [
  { id: "E-L901", operator: elbe.id, from: "E-H01", to: "E-H01", kind: "trunk", weight: 1, capacity: 100_000 },
  { id: "E-L902", operator: elbe.id, from: "E-H01", to: "E-H99", kind: "trunk", weight: 1, capacity: 100_000 },
];
