import { type Day, daysBetween } from "../model/day.ts";
import type { PosturePredicate } from "../model/statement.ts";

/** How many days old, on a day, is what a posture says of; negative: of a day that is still to come. */
export interface PostureAge {
  /** Since the day whose inventory it summarises, and since the day up to which statements were heard. */
  readonly asOf: number;
  readonly knownAt: number;
  /** Since the oldest register it rests on was complete; absent: it rests on none, or not on one for everybody. */
  readonly registers?: number;
}

export function postureAge({ asOf, knownAt, registers }: PosturePredicate, today: Day): PostureAge {
  const known = daysBetween(knownAt, today);
  return {
    asOf: daysBetween(asOf, today),
    knownAt: known,
    ...(registers && { registers: registers.oldest + Math.max(0, known) }),
  };
}
