import { UserError } from "../../model/errors.ts";

/** How far a clock may be set back and work goes on: what a machine corrects by itself. */
const mostBack = 5 * 60_000;

/** A time that is not before the last one, and by how many milliseconds the clock was behind that. */
export interface Moment {
  readonly time: Date;
  readonly behind: number;
}

/**
 * The time of something that comes after `last` (milliseconds). A clock that was set back a little gives the last time again; one
 * that was set back further is refused, for days of force and ages would be decided a second time. Throws `UserError`.
 */
export function noEarlier(clock: Date, last: number): Moment {
  const behind = last - clock.getTime();
  if (behind <= 0) return { time: clock, behind: 0 };
  if (behind <= mostBack) return { time: new Date(last), behind };
  throw new UserError(
    `the clock says ${clock.toISOString()}, and the last entry was made at ${new Date(last).toISOString()}; nothing was entered`,
    "set the clock right",
  );
}

/** A clock that never shows an earlier time than before, or than `last`, within one program. Throws as `noEarlier`. */
export function steadyClock(clock: () => Date, last: number): () => Date {
  let latest = last;
  return () => {
    const { time } = noEarlier(clock(), latest);
    latest = time.getTime();
    return time;
  };
}
