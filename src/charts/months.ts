import type { Due } from "../model/assessment.ts";
import { tag } from "./svg.ts";

/** Kinds of what falls due, from the bottom of a column up. */
export const dueKinds = ["certificate", "register", "exception", "rule"] as const;

/** The month of a day, counted from year 0. */
const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const mostMonths = 48;
const wide = 22;
const high = 150;
const foot = 40;

/**
 * What falls due by month as columns of stacked blocks: from the earliest entry, or the as-of month, to the latest, at most
 * 48 months; what lies beyond is the last column, `»`. Months are numbers and years stand below, so that the picture
 * needs no language. What is past its day (`isOverdue`) is filled, the rest is drawn in outline tint.
 */
export function monthColumns(due: readonly Due[], asOf: string, isOverdue: (due: Due) => boolean): string {
  const now = monthOf(asOf);
  const months = due.map(({ day }) => monthOf(day));
  const from = Math.max(Math.min(now, ...months), now - 14);
  const last = Math.max(now + 2, ...months);
  const until = Math.min(last, from + mostMonths - 1);
  const columns = Array.from({ length: until - from + 1 }, (_, at) => ({ month: from + at, due: [] as Due[] }));
  for (const [at, entry] of due.entries()) {
    const column = Math.min(Math.max(months[at]! - from, 0), columns.length - 1);
    columns[column]!.due.push(entry);
  }
  const tallest = Math.max(1, ...columns.map((column) => column.due.length));
  const width = columns.length * wide + 8;
  return tag(
    "svg",
    {
      class: "months",
      viewBox: `0 0 ${width} ${high + foot + 14}`,
      width,
      height: high + foot + 14,
      "aria-hidden": "true",
      focusable: "false",
    },
    nowLine(4 + (now - from + Number(asOf.slice(8)) / 31) * wide),
    ...columns.map((column, at) => {
      const isRest = at === columns.length - 1 && last > until;
      return monthColumn(4 + at * wide, column, tallest, isOverdue, isRest);
    }),
    tag("line", { class: "axis", x1: 0, x2: width, y1: high + 14, y2: high + 14 }),
  );
}

function nowLine(x: number): string {
  return tag("line", { class: "now", x1: x.toFixed(1), x2: x.toFixed(1), y1: 0, y2: high + 14 });
}

function monthColumn(
  x: number,
  { month, due }: { readonly month: number; readonly due: readonly Due[] },
  tallest: number,
  isOverdue: (due: Due) => boolean,
  isRest: boolean,
): string {
  const unit = Math.min(16, (high - 14) / tallest);
  const middle = x + wide / 2;
  let y = high + 14;
  const blocks = dueKinds.flatMap((kind) =>
    [true, false].map((overdue) => {
      const count = due.filter((entry) => entry.kind === kind && isOverdue(entry) === overdue).length;
      if (count === 0) return "";
      y -= count * unit;
      return tag("rect", {
        class: `due due-${kind}${overdue ? " is-overdue" : ""}`,
        x: x + 2,
        y: y.toFixed(1),
        width: wide - 4,
        height: Math.max(1, count * unit - 1).toFixed(1),
      });
    }),
  );
  const text = (cls: string, at: number, words: string) =>
    tag("text", { class: cls, x: middle, y: at, "text-anchor": "middle" }, words);
  const isYear = month % 12 === 0;
  return [
    ...blocks,
    due.length > 0 ? text("month-count", y - 4, String(due.length)) : "",
    text("month", high + 29, isRest ? "»" : String((month % 12) + 1)),
    isYear && !isRest ? text("year", high + 45, String(Math.floor(month / 12))) : "",
    isYear ? tag("line", { class: "year-line", x1: x, x2: x, y1: high + 14, y2: high + 20 }) : "",
  ].join("");
}
