import type { Span } from "../model/measure.ts";
import type { OutageRow } from "../model/outage.ts";
import type { Frame } from "./outage-frame.ts";
import { peopleReached, peopleServed } from "./people.ts";

/** Figures of one scenario by cell (operator x regions + region), at both ends of what is not known. */
export interface CellFigures {
  /** Radio places: all, and those served before. */
  readonly all: Float64Array;
  readonly before: Float64Array;
  readonly dark: CellEnds;
  readonly own: CellEnds;
  readonly pool: CellEnds;
  readonly cutOff: CellEnds;
  /** Radio places on equipment without updates; null in states in which equipment falls. */
  readonly stale: CellEnds | null;
  readonly traffic: CellTraffic | null;
}

export interface CellEnds {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

export interface CellTraffic {
  readonly total: Float64Array;
  readonly before: Float64Array;
  /** Where all that may be hit is, and where only what is sure is. */
  readonly served: CellEnds;
  readonly overloaded: CellEnds;
  readonly stale: CellEnds | null;
}

/** A part of the network that a row speaks of. */
interface Part {
  readonly scope: OutageRow["scope"];
  readonly name: string;
  readonly operator: number | null;
  readonly regions: readonly number[];
  readonly cells: readonly number[];
}

/** What is left for the nation, each operator and, if asked for, each region with radio places, in this order. */
export function rowsOf(frame: Frame, figures: CellFigures, byRegion = true): readonly OutageRow[] {
  const { operators, regions } = frame.network;
  const everyRegion = regions.map((_, region) => region);
  const cellsIn = (region: number) => operators.map((_, operator) => operator * regions.length + region);
  const nation: Part = {
    scope: "nation",
    name: "",
    operator: null,
    regions: everyRegion,
    cells: everyRegion.flatMap(cellsIn),
  };
  const ofOperators = operators.map(({ id }, operator): Part => {
    const cells = everyRegion.map((region) => operator * regions.length + region);
    return {
      scope: "operator",
      name: id,
      operator,
      regions: everyRegion.filter((region) => figures.all[cells[region]!]! > 0),
      cells,
    };
  });
  const ofRegions = (byRegion ? regions : []).flatMap(({ name }, region): readonly Part[] => {
    const cells = cellsIn(region);
    const radio = cells.some((cell) => figures.all[cell]! > 0);
    return radio ? [{ scope: "region", name, operator: null, regions: [region], cells }] : [];
  });
  const left = { kept: minus(figures.before, figures.dark.least), least: minus(figures.before, figures.dark.most) };
  return [nation, ...ofOperators, ...ofRegions].map((part) => rowOf(frame, figures, left, part));
}

/** Live radio places by cell: where only what is sure is hit, and where all that may be hit is. */
interface Left {
  readonly kept: Float64Array;
  readonly least: Float64Array;
}

function rowOf(frame: Frame, figures: CellFigures, left: Left, part: Part): OutageRow {
  const sum = (values: Float64Array) => rounded(part.cells.reduce((total, cell) => total + values[cell]!, 0));
  const span = ({ least, most }: CellEnds): Span => ({ least: sum(least), most: sum(most) });
  const before = sum(figures.before);
  const dark = span(figures.dark);
  const { traffic, stale } = figures;
  return {
    scope: part.scope,
    name: part.name,
    sites: {
      total: sum(figures.all),
      before,
      served: { least: before - dark.most, most: before - dark.least },
      own: span(figures.own),
      cutOff: span(figures.cutOff),
      pool: span(figures.pool),
    },
    people: peopleOf(frame, figures, left, part),
    traffic: traffic && {
      total: sum(traffic.total),
      before: sum(traffic.before),
      served: span(traffic.served),
      overloaded: sorted(span(traffic.overloaded)),
    },
    withoutUpdates: stale && {
      sites: span(stale),
      people: peopleOn(frame, figures, part, stale),
      traffic: traffic?.stale ? span(traffic.stale) : null,
    },
  };
}

/** Load on links that are too small may be less where more is gone: the ends come in no order. */
function sorted({ least, most }: Span): Span {
  return { least: Math.min(least, most), most: Math.max(least, most) };
}

function peopleOf({ network }: Frame, { all, before }: CellFigures, left: Left, part: Part): OutageRow["people"] {
  const known = part.regions.filter((region) => network.regions[region]!.people !== null);
  if (known.length === 0) return null;
  const total = known.reduce((people, region) => people + network.regions[region]!.people!, 0);
  const { operator } = part;
  const own = (live: Float64Array): Span => {
    if (operator === null) return sumSpans(known.map((region) => peopleServed(network, { all, live }, region)!.own));
    const reached = known.map((region) => peopleReached(network, { all, live }, operator, region)!);
    return sumSpans(reached.map((people) => ({ least: people, most: people })));
  };
  const roaming = (live: Float64Array) =>
    sumSpans(known.map((region) => peopleServed(network, { all, live }, region)!.roaming));
  return {
    total,
    before: own(before),
    served: { least: own(left.least).least, most: own(left.kept).most },
    roaming: { least: roaming(left.least).least, most: roaming(left.kept).most },
  };
}

/** People whose radio places stand on equipment without updates, apportioned as those that are served. */
function peopleOn({ network }: Frame, { all }: CellFigures, part: Part, stale: CellEnds): Span | null {
  const known = part.regions.filter((region) => network.regions[region]!.people !== null);
  if (known.length === 0) return null;
  const on = (live: Float64Array): Span =>
    sumSpans(
      known.map((region) => {
        if (part.operator === null) return peopleServed(network, { all, live }, region)!.own;
        const people = peopleReached(network, { all, live }, part.operator, region)!;
        return { least: people, most: people };
      }),
    );
  return { least: on(stale.least).least, most: on(stale.most).most };
}

function sumSpans(spans: readonly Span[]): Span {
  const sum = (of: (span: Span) => number) => rounded(spans.reduce((total, span) => total + of(span), 0));
  return { least: sum(({ least }) => least), most: sum(({ most }) => most) };
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, at) => value - b[at]!);
}

/** Sums of fractions, so that equal ones look equal. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
