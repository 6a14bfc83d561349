import type { Span } from "../../model/measure.ts";
import { count, type Text } from "./text.ts";

/** A number with thousands apart and so many digits behind the point: 1,234.5 and 1.234,5. */
export function decimal(value: number, digits = 0): Text {
  const [whole = "", rest] = Math.abs(value).toFixed(digits).split(".");
  const { en, de = en } = count(Number(whole));
  const sign = value < 0 ? "-" : "";
  return rest === undefined
    ? { en: sign + en, de: sign + de }
    : { en: `${sign}${en}.${rest}`, de: `${sign}${de},${rest}` };
}

/** A span: `3 to 5`, or one number where both ends look the same. */
export function spanWords({ least, most }: Span, digits = 0): Text {
  return between(decimal(least, digits), decimal(most, digits));
}

/** Shares in percent, on 0 to 100. What is not nothing, or not all, never looks so. */
export function shareWords(span: Span, digits = 1): Text {
  const { en, de = en } = between(share(span.least, digits), share(span.most, digits));
  return { en: `${en} %`, de: `${de} %` };
}

/** The same for a narrow cell: `55`, `11–12`, `<1`. */
export function shareDigits({ least, most }: Span): string {
  const [from, to] = [least, most].map((value) => share(value, 0).en.replace(" ", ""));
  return from === to ? from! : `${from}–${to}`;
}

/** People: in millions from a million on. */
export function peopleWords(span: Span): Text {
  if (span.most < 1e6) return spanWords(span);
  const { en, de = en } = spanWords({ least: span.least / 1e6, most: span.most / 1e6 }, 2);
  return { en: `${en} million`, de: `${de} Mio.` };
}

/** One number as a span. */
export function exactly(value: number): Span {
  return { least: value, most: value };
}

/** Both ends in percent of a whole; of nothing, nothing. */
export function partOf({ least, most }: Span, whole: number): Span {
  if (whole <= 0) return exactly(0);
  const bounded = (value: number) => Math.min(100, Math.max(0, (100 * value) / whole));
  return { least: bounded(least), most: bounded(most) };
}

function between(from: Text, to: Text): Text {
  return from.en === to.en ? from : { en: `${from.en} to ${to.en}`, de: `${from.de} bis ${to.de}` };
}

function share(value: number, digits: number): Text {
  const unit = 10 ** -digits;
  if (value > 0 && value < unit / 2) return mark("< ", decimal(unit, digits));
  if (value < 100 && value > 100 - unit / 2) return mark("> ", decimal(100 - unit, digits));
  return decimal(value, digits);
}

function mark(sign: string, { en, de = en }: Text): Text {
  return { en: sign + en, de: sign + de };
}
