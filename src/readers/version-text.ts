/**
 * A version text taken apart: the word before it, its dotted numbers, and what follows them. A number with letters at it
 * (`160bc2e`) is none. `null` numbers: there are none that could be put in order.
 */
interface Version {
  readonly text: string;
  readonly word: string;
  readonly numbers: readonly string[] | null;
  readonly rest: string;
}

/**
 * How one version stands to another: `-1` before, `0` the same, `1` after; `within`: it adds numbers to the other one, so
 * that it is later, or one of those that the other stands for; `respelt`: the same but for case or a `V`; `more-zeros` and
 * `fewer-zeros`: the same as numbers, which some schemes take for one version and others for two; `undefined`: nobody can
 * say without the maker.
 */
export type Order = -1 | 0 | 1 | "within" | "respelt" | "more-zeros" | "fewer-zeros" | undefined;

const longestNumber = 30;

/**
 * Compares two versions as far as every usual scheme agrees: the same text, or numbers between dots of which the first
 * that differs decides. A word before them must be the same (`ROS V5.0.1`), except for a `V`. What follows the numbers
 * (`Patch04`, `build 150410`, `-rc1`) is never put in order. Numbers with leading zeros of different length are not
 * compared: `4.03` comes before or after `4.1`, by maker.
 */
export function compareCautiously(version: string, other: string): Order {
  const [a, b] = [takeApart(version), takeApart(other)];
  if (a.text === b.text) return version === other ? 0 : "respelt";
  if (!a.numbers || !b.numbers || a.word !== b.word) return undefined;
  const length = Math.min(a.numbers.length, b.numbers.length);
  for (let at = 0; at < length; at++) {
    const order = compareNumbers(a.numbers[at]!, b.numbers[at]!);
    if (order !== 0) return order;
  }
  if (a.rest !== "" || b.rest !== "") return undefined;
  const isZero = (number: string) => /^0+$/.test(number);
  if (!a.numbers.slice(length).every(isZero)) return "within";
  if (!b.numbers.slice(length).every(isZero)) return -1;
  if (a.numbers.length === b.numbers.length) return "respelt";
  return a.numbers.length > b.numbers.length ? "more-zeros" : "fewer-zeros";
}

const semver = /^v?(\d{1,16})\.(\d{1,16})\.(\d{1,16})(?:-([0-9a-z.-]{1,200}))?(?:\+[0-9a-z.-]{1,200})?$/i;

/** Compares two versions by Semantic Versioning 2.0.0, section 11; `undefined` if one of them is none. */
export function compareSemver(version: string, other: string): -1 | 0 | 1 | undefined {
  const [a, b] = [semver.exec(version.trim()), semver.exec(other.trim())];
  if (!a || !b) return undefined;
  for (const at of [1, 2, 3]) {
    const order = sign(Number(a[at]) - Number(b[at]));
    if (order !== 0) return order;
  }
  return comparePrerelease(a[4], b[4]);
}

/** Compares two versions as numbers between dots (`vers:intdot`); missing ones count as 0. */
export function compareDotted(version: string, other: string): -1 | 0 | 1 | undefined {
  const order = compareCautiously(version, other);
  if (order === "within") return 1;
  return typeof order === "string" ? 0 : order;
}

function takeApart(version: string): Version {
  const text = version.trim().toLowerCase().replace(/\s+/g, " ");
  const start = text.search(/[0-9]/);
  if (start < 0) return { text, word: text, numbers: null, rest: "" };
  const head = /^(?:[0-9]+(?:\.[0-9]+)*(?![0-9a-z]))?/.exec(text.slice(start))?.[0] ?? "";
  const word = text.slice(0, start).replace(/(^|[ _/-])v(?:ersion|er\.?)?[. ]?$/, "$1");
  const rest = text.slice(start + head.length);
  const numbers = head.split(".");
  // An epoch (`1:2.0`, `1!2.0`) goes before all numbers, and a version without one has the lowest.
  const isOrdered = head !== "" && !/^[:!]/.test(rest) && numbers.every((number) => number.length <= longestNumber);
  return {
    text: word === "" ? text.slice(start) : text,
    word: word.replace(/[ _/-]$/, ""),
    numbers: isOrdered ? numbers : null,
    rest,
  };
}

function compareNumbers(a: string, b: string): -1 | 0 | 1 | undefined {
  if (a === b) return 0;
  const isPadded = (number: string) => number.length > 1 && number.startsWith("0");
  if (a.length === b.length) return a < b ? -1 : 1;
  if (isPadded(a) || isPadded(b)) return undefined;
  return a.length < b.length ? -1 : 1;
}

function comparePrerelease(a: string | undefined, b: string | undefined): -1 | 0 | 1 {
  if (a === undefined || b === undefined) return sign(Number(a === undefined) - Number(b === undefined));
  const [as, bs] = [a.split("."), b.split(".")];
  for (let at = 0; at < Math.min(as.length, bs.length); at++) {
    const order = compareIdentifiers(as[at]!, bs[at]!);
    if (order !== 0) return order;
  }
  return sign(as.length - bs.length);
}

function compareIdentifiers(a: string, b: string): -1 | 0 | 1 {
  const isNumber = (text: string) => /^[0-9]+$/.test(text);
  if (a === b) return 0;
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  if (isNumber(a) && a.length !== b.length) return sign(a.length - b.length);
  return a < b ? -1 : 1;
}

function sign(number: number): -1 | 0 | 1 {
  return number < 0 ? -1 : number > 0 ? 1 : 0;
}
