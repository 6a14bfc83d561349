/** A calendar day, `YYYY-MM-DD`. Days of this form sort as text, so `<` and `>` compare them. */
export type Day = string;

/** A span of days in which something may have happened; `from` absent: no lower end is known. Both ends included. */
export interface DaySpan {
  readonly from?: Day;
  readonly to: Day;
}

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether `text` names a day that exists (ISO 8601 calendar date, years 1900 to 2199). */
export function isDay(text: string): boolean {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1900 || year > 2199 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysInMonth(year, month);
}

/** The day `months` later (or earlier, if negative); a day that the month lacks becomes its last one. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  return format(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}

/** The day `years` later; 29 February becomes the 28th where the year has none. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, 12 * years);
}

/** The day `days` later (or earlier, if negative). */
export function addDays(day: Day, days: number): Day {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  const moved = new Date(Date.UTC(year, month - 1, date + days));
  return moved.toISOString().slice(0, 10);
}

/** The day of a moment given as RFC 3339 text or as a bare day, in UTC; `undefined` if it is neither. */
export function dayOf(moment: string): Day | undefined {
  if (isDay(moment)) return moment;
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;
  if (!shape.test(moment) || !isDay(moment.slice(0, 10))) return undefined;
  const time = Date.parse(moment);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString().slice(0, 10);
}

/** The latest day that it is anywhere on Earth (UTC+14) at a moment that `dayOf` reads. */
export function furthestDayOf(moment: string): Day | undefined {
  const day = dayOf(moment);
  return day === undefined || day === moment
    ? day
    : new Date(Date.parse(moment) + 14 * 3_600_000).toISOString().slice(0, 10);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function format(year: number, month: number, day: number): Day {
  return `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** How many days lie between two days; negative if `to` lies before `from`. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
