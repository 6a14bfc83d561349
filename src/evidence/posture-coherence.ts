import type { Misfit } from "../model/check.ts";
import type { Day } from "../model/day.ts";
import type { PostureCell, PostureWork } from "../model/exchange.ts";
import { leastSure, percentUp } from "../model/share-span.ts";
import type { PosturePredicate } from "../model/statement.ts";

/**
 * Where a posture contradicts itself, or says less than its own counts leave open: then it counts for nothing. What
 * `freigabe posture` makes meets all of this.
 */
export function postureMisfits(posture: PosturePredicate, signedOn: Day): readonly Misfit[] {
  const { elements, examined, knownAt, oversight } = posture;
  const unread = elements - examined;
  const isOpen = unread > 0 || wholeOf(posture) === 0 || (posture.unreadFiles ?? 0) > 0;
  return [
    ...when(knownAt > signedOn, "/predicate/knownAt", `\`${knownAt}\` lies after the day of signing, ${signedOn}`),
    ...when(unread < 0, "/predicate/examined", `expected at most ${elements}, got ${examined}`),
    ...when(oversight.worst > oversight.best, "/predicate/oversight", "`worst` is above `best`"),
    ...when(
      isOpen && oversight.worst > 0,
      "/predicate/oversight",
      "what was not read may be of any maker: expected `worst` to be 0",
    ),
    ...repeated(posture),
    ...partMisfits(posture),
  ];
}

/** How large each part of the network was said to be first, and what was said of the whole. */
interface Frame {
  readonly posture: PosturePredicate;
  readonly bases: ReadonlyMap<string, number>;
  readonly wholes: ReadonlyMap<string, PostureCell>;
}

function partMisfits(posture: PosturePredicate): readonly Misfit[] {
  const { cells, work } = posture;
  const wholes = new Map(cells.filter(({ domain }) => domain === "any").map((cell) => [nameOf(cell), cell]));
  const bases = new Map([...work, ...cells].toReversed().map(({ domain, base }) => [domain as string, base]));
  bases.set("any", wholeOf(posture));
  const frame = { posture, bases, wholes };
  const pointer = (list: "cells" | "work", at: number) => `/predicate/${list}/${at}`;
  return [
    ...cells.flatMap((cell, at) => cellMisfits(frame, cell, pointer("cells", at))),
    ...work.flatMap((one, at) => workMisfits(frame, one, pointer("work", at))),
  ];
}

function wholeOf({ elements, lines = 0 }: PosturePredicate): number {
  return elements + lines;
}

function when(is: boolean, pointer: string, message: string): readonly Misfit[] {
  return is ? [{ pointer, message }] : [];
}

/** Everything is said once: of two answers to one question nobody knows which is meant. */
function repeated({ lists, cells, work }: PosturePredicate): readonly Misfit[] {
  const roles = new Set(lists.map(({ role }) => role));
  return [
    ...again(
      "lists",
      lists.map(({ role }) => role),
    ),
    ...again("cells", cells.map(nameOf)),
    ...again(
      "work",
      work.map(({ domain }) => domain),
    ),
    ...cells.flatMap(({ role }, at) =>
      when(!roles.has(role), `/predicate/cells/${at}`, `role \`${role}\` has no list: expected one under \`lists\``),
    ),
  ];
}

function again(field: string, names: readonly string[]): readonly Misfit[] {
  const first = new Map<string, number>();
  return names.flatMap((name, at) => {
    const before = first.get(name);
    if (before === undefined) first.set(name, at);
    return when(before !== undefined, `/predicate/${field}/${at}`, `it is given twice, first as number ${before}`);
  });
}

function nameOf({ channel, domain, role }: PostureCell): string {
  return JSON.stringify([channel, domain, role]);
}

/** What one cell says against itself, against what was not read, and against the cell of the whole network. */
function cellMisfits(frame: Frame, cell: PostureCell, pointer: string): readonly Misfit[] {
  const { elements, examined, unreadFiles = 0 } = frame.posture;
  const { best, worst, base, undecided, domain } = cell;
  if (best > worst) return [{ pointer, message: `\`best\` ${best} is a larger share than \`worst\` ${worst}` }];
  if (undecided > base) return [{ pointer, message: "more elements than there are" }];
  const found = baseMisfits(frame, domain, base, pointer);
  if (found.length > 0) return found;
  const isOpen = undecided === base || (unreadFiles > 0 && domain === "any");
  if (isOpen)
    return when(
      best > 0 || worst < 100,
      pointer,
      `of nothing that is known a share is 0 to 100, got ${best} to ${worst}`,
    );
  const sure = leastSure(best, base - undecided);
  const least = percentUp(sure + undecided, base);
  const whole = frame.wholes.get(nameOf({ ...cell, domain: "any" }));
  const leastWhole = whole && whole.base > 0 ? percentUp(sure, whole.base) : 0;
  return [
    ...when(
      undecided < elements - examined,
      pointer,
      `${elements - examined} elements were not read, and ${undecided} are undecided`,
    ),
    ...when(
      worst < least,
      pointer,
      `${undecided} of ${base} undecided, ${sure} at least sure: expected \`worst\` of ${least} or more, got ${worst}`,
    ),
    ...when(
      (whole?.worst ?? 100) < leastWhole,
      pointer,
      `a part has ${sure} at least, more than the whole network is said to have`,
    ),
  ];
}

/** A part of the network has one size, whatever is asked about it; the whole has that of all elements and lines. */
function baseMisfits({ posture, bases }: Frame, domain: string, base: number, pointer: string): readonly Misfit[] {
  const wanted = bases.get(domain);
  if (base > wholeOf(posture)) return [{ pointer, message: "more elements than there are" }];
  return when(base !== wanted, pointer, `expected \`base\` ${wanted}, as elsewhere, got ${base}`);
}

function workMisfits(frame: Frame, one: PostureWork, pointer: string): readonly Misfit[] {
  const { elements, examined } = frame.posture;
  const { domain, base, abroad, unmediated } = one;
  const found = baseMisfits(frame, domain, base, pointer);
  if (found.length > 0) return found;
  const least = base === 0 ? 100 : percentUp(elements - examined, base);
  return [abroad, unmediated].flatMap(({ best, worst }) => [
    ...when(best > worst, pointer, `\`best\` ${best} is a larger share than \`worst\` ${worst}`),
    ...when(worst < least, pointer, `expected \`worst\` of ${least} or more for what was not read, got ${worst}`),
    ...when(base === 0 && best > 0, pointer, "of nothing that is known a share is 0 to 100"),
  ]);
}
