import type { Ascent } from "./ascent.ts";
import type { Marks } from "./seen.ts";

/**
 * What meets no suspect on a climb: rows by number of the top, of everything below the top, each part times its share of the
 * traffic. `met*`: of what stops below the core, with the node where it does. Used again by the next climb.
 */
export interface Profile {
  free: Float64Array;
  open: Uint32Array;
  clean: Uint32Array;
  readonly metFree: Float64Array;
  readonly metOpen: Uint32Array;
  readonly metClean: Uint32Array;
}

export function newProfile({ width, words }: Marks): Profile {
  return {
    free: new Float64Array(2 * width),
    open: new Uint32Array(2 * words),
    clean: new Uint32Array(2 * words),
    metFree: new Float64Array(width),
    metOpen: new Uint32Array(words),
    metClean: new Uint32Array(words),
  };
}

/** What counts of the node where a climb begins: what stands at an end, what passes, or nothing, for it is looked at apart. */
export type Start = "end" | "transit" | "apart";

/** A maker of profiles from climbs, with scratch space of its own. */
export function profiler(marks: Marks): (out: Profile, ascent: Ascent, start?: Start) => void {
  const { width, words } = marks;
  // Rows of steps, first without and then with the step itself.
  let free = new Float64Array(8 * width);
  let open = new Uint32Array(8 * words);
  let clean = new Uint32Array(8 * words);
  return profile;

  function profile(out: Profile, ascent: Ascent, start: Start = "end"): void {
    const { steps, tops } = ascent;
    makeRoom(out, steps.length, tops.length);
    if (steps.length === 0) {
      meetNothing(out);
      return;
    }
    free.fill(0, width, steps.length * width).fill(1, 0, width);
    open.fill(0, words, steps.length * words).fill(0xffffffff, 0, words);
    clean.fill(0xffffffff, 0, steps.length * words);
    out.free.fill(0, 0, tops.length * width);
    out.open.fill(0, 0, tops.length * words);
    out.clean.fill(0xffffffff, 0, tops.length * words);
    passSteps(out, ascent, start);
  }

  function passSteps(out: Profile, { steps, ways, edgeFrom, edgeTo, edgeLink, stop }: Ascent, start: Start): void {
    for (let step = 0, edge = 0; step < steps.length; step++) {
      const counts = step === stop ? "end" : step === 0 ? start : "transit";
      if (counts !== "apart") passNode(step, marks[counts][steps[step]!]!);
      if (step === stop) keepMet(out, step);
      for (; edge < edgeFrom.length && edgeFrom[edge] === step; edge++)
        passLink(out, step, edgeTo[edge]!, marks.link?.[edgeLink[edge]!], ways[step]!);
    }
  }

  function meetNothing(out: Profile): void {
    out.free.fill(1, 0, width);
    out.open.fill(0xffffffff, 0, words);
    out.clean.fill(0xffffffff, 0, words);
  }

  function makeRoom(out: Profile, steps: number, tops: number): void {
    if (free.length < steps * width || open.length < steps * words) {
      free = new Float64Array(2 * steps * width);
      open = new Uint32Array(2 * steps * words);
      clean = new Uint32Array(2 * steps * words);
    }
    if (out.free.length < tops * width || out.open.length < tops * words) {
      out.free = new Float64Array(2 * tops * width);
      out.open = new Uint32Array(2 * tops * words);
      out.clean = new Uint32Array(2 * tops * words);
    }
  }

  function passNode(step: number, row: number): void {
    for (let j = 0; j < width; j++) free[step * width + j]! *= marks.free[row * width + j]!;
    for (let word = 0; word < words; word++) {
      open[step * words + word]! &= marks.open[row * words + word]!;
      clean[step * words + word]! &= marks.clean[row * words + word]!;
    }
  }

  function passLink(out: Profile, step: number, upper: number, row: number | undefined, ways: number): void {
    const top = upper < 0;
    const at = top ? -1 - upper : upper;
    const [toFree, toOpen, toClean] = top ? [out.free, out.open, out.clean] : [free, open, clean];
    const own = step * width;
    if (row === undefined) for (let j = 0; j < width; j++) toFree[at * width + j]! += free[own + j]! / ways;
    else
      for (let j = 0; j < width; j++) toFree[at * width + j]! += (free[own + j]! * marks.free[row * width + j]!) / ways;
    for (let word = 0; word < words; word++) {
      const linkOpen = row === undefined ? 0xffffffff : marks.open[row * words + word]!;
      const linkClean = row === undefined ? 0xffffffff : marks.clean[row * words + word]!;
      toOpen[at * words + word]! |= open[step * words + word]! & linkOpen;
      toClean[at * words + word]! &= clean[step * words + word]! & linkClean;
    }
  }

  function keepMet(out: Profile, step: number): void {
    out.metFree.set(free.subarray(step * width, (step + 1) * width));
    out.metOpen.set(open.subarray(step * words, (step + 1) * words));
    out.metClean.set(clean.subarray(step * words, (step + 1) * words));
  }
}
