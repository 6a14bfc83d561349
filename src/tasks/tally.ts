import type { Breakdown, OutcomeCounts } from "../model/assessment.ts";
import type { Judged, JudgedGroup } from "./judge.ts";

/** Which of a group's judgements is counted. */
type Pick = (one: JudgedGroup) => Judged;

/** Verdicts by outcome and by basis. */
export function tally(
  judged: readonly JudgedGroup[],
  pick: Pick,
): { verdicts: OutcomeCounts; basis: Record<string, number> } {
  const verdicts = { admitted: 0, refused: 0, undecided: 0 };
  for (const one of judged) verdicts[pick(one).outcome] += one.group.elements;
  return { verdicts, basis: countBy(judged, (one) => pick(one).basis) };
}

/** The same, apart for each name. */
export function breakdown(judged: readonly JudgedGroup[], nameOf: (one: JudgedGroup) => string): readonly Breakdown[] {
  const groups = Map.groupBy(judged, nameOf);
  return [...groups.keys()]
    .sort()
    .map((name) => ({ name, ...tally(groups.get(name) ?? [], ({ binding }) => binding) }));
}

/** Verdicts by a name, names sorted. */
export function countBy(judged: readonly JudgedGroup[], nameOf: (one: JudgedGroup) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of judged) counts[nameOf(one)] = (counts[nameOf(one)] ?? 0) + one.group.elements;
  return sorted(counts);
}

/** Verdicts of the groups for which something holds. */
export function countWhere(judged: readonly JudgedGroup[], holds: (one: JudgedGroup) => boolean): number {
  return judged.reduce((sum, one) => sum + (holds(one) ? one.group.elements : 0), 0);
}

/** The same counts, names sorted. */
export function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
