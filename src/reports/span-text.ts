import type { Span } from "../model/measure.ts";
import { grouped } from "./terminal.ts";

/** A span for people: one number if both ends look the same. */
export function spanText({ least, most }: Span, digits = 0): string {
  const [from, to] = [least, most].map((value) => decimal(value, digits));
  return from === to ? from! : `${from} to ${to}`;
}

/** The same in percent. */
export function percentText(span: Span, digits = 1): string {
  return `${spanText(span, digits)} %`;
}

/** A number with thousands apart and so many digits behind the point. */
export function decimal(value: number, digits: number): string {
  const [whole = "", rest] = value.toFixed(digits).split(".");
  const signed = whole.startsWith("-") ? `-${grouped(Number(whole.slice(1)))}` : grouped(Number(whole));
  return rest === undefined ? signed : `${signed}.${rest}`;
}

/** People: millions with two digits from a million on. */
export function peopleText(span: Span): string {
  if (span.most < 1e6) return spanText(span);
  return `${spanText({ least: span.least / 1e6, most: span.most / 1e6 }, 2)} million`;
}
