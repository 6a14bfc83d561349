import {
  type Answer,
  allOf,
  anyOf,
  type Bound,
  holdsBound,
  holdsUnion,
  mostBounds,
  type Operator,
} from "./version-bounds.ts";
import { compareCautiously } from "./version-text.ts";

const keeps = (bound: Bound, version: string) => holdsBound(bound, version, compareCautiously);

/**
 * Whether an exact version lies inside a range in the words of its author, as advisories have them: `< V1.2.3`,
 * `>= 2.0 and < 3`, `>=1.0|<=2.3`, `All versions < V5.0`, `prior to 2.1`, `1.6 and earlier`,
 * `between V3.0 (including) and V3.0.2 (excluding)`, `V4.4, V4.5 and V5.0`, `all versions`. Anything else: not known.
 */
export function freeRangeHolds(range: string, version: string): Answer {
  const text = range.replaceAll(/\s+/g, " ").trim();
  const rest = text.replace(/^(?:all|any)(?: versions?)?(?: |:|$)/i, "").trim();
  if (text === "*" || (rest === "" && text !== "")) return true;
  const between = readBetween(rest);
  if (between) return allOf(between.map((bound) => keeps(bound, version)));
  const worded = readWords(rest);
  if (worded) return keeps(worded, version);
  if (/[<>=!]/.test(rest)) return operatorsHold(rest, version);
  return rest === text ? listHolds(rest, version) : "unknown";
}

/** Without the words in brackets the ends are not known. */
function readBetween(text: string): readonly Bound[] | undefined {
  const end = /^(.+) \((including|inclusive|included|excluding|exclusive|excluded)\)$/i;
  const ends = /^between /i.test(text) ? text.slice("between ".length).split(/ and /i) : [];
  const [lower, upper] = ends.map((one) => end.exec(one));
  if (ends.length !== 2 || !lower || !upper || !isExact(lower[1]!) || !isExact(upper[1]!)) return undefined;
  const isOpen = (word: string) => /^exclu/i.test(word);
  return [
    { operator: isOpen(lower[2]!) ? ">" : ">=", version: lower[1]! },
    { operator: isOpen(upper[2]!) ? "<" : "<=", version: upper[1]! },
  ];
}

const words: readonly (readonly [RegExp, Operator])[] = [
  [/^(?:prior to|before|earlier than|older than) /i, "<"],
  [/^up to and including /i, "<="],
  [/ and (?:earlier|prior|older|below|previous)(?: versions?)?$/i, "<="],
  [/ (?:and|or) (?:later|newer|above|higher)(?: versions?)?$/i, ">="],
];

function readWords(text: string): Bound | undefined {
  const plain = text.replace(/^versions? /i, "");
  const [pattern, operator] = words.find(([one]) => one.test(plain)) ?? [];
  const version = pattern && plain.replace(pattern, "").replace(/^versions? /i, "");
  return version && operator && isExact(version) ? { operator, version } : undefined;
}

/** Bounds joined by `|` are read as in `vers:`; those joined by `and`, a comma or a blank hold together. */
function operatorsHold(text: string, version: string): Answer {
  const [before, ...parts] = text.split(/(<=|>=|!=|<|>|=)/);
  if (before !== "" || parts.length > 2 * mostBounds) return "unknown";
  const bounds: Bound[] = [];
  const joints = new Set<string>();
  for (let at = 0; at < parts.length; at += 2) {
    const { bound, joint } = splitJoint(parts[at + 1]!.trim());
    const isLast = at + 2 === parts.length;
    if (!isExact(bound) || (isLast && joint !== "")) return "unknown";
    bounds.push({ operator: parts[at] as Operator, version: bound });
    if (!isLast) joints.add(joint === "|" ? "|" : "and");
  }
  if (joints.size > 1) return "unknown";
  if (joints.has("|")) return holdsUnion(bounds, version, compareCautiously);
  return allOf(bounds.map((bound) => keeps(bound, version)));
}

function splitJoint(text: string): { readonly bound: string; readonly joint: string } {
  const joint = /(?:,? and|,|&&|\|)$/i.exec(text)?.[0] ?? "";
  return { bound: text.slice(0, text.length - joint.length).trim(), joint };
}

/** Versions in a row: one of them. `2.0-2.5` could be a span, and `4.x` a family: then only the same text is an answer. */
function listHolds(text: string, version: string): Answer {
  const same = keeps({ operator: "=", version: text }, version);
  if (same === true) return true;
  const versions = text.split(/, and |, | and |; ?/).map((one) => one.replace(/^versions? /i, ""));
  const isPlain = (one: string) => isExact(one) && !/\d ?-\d| |\+|(?:^|[._])x/i.test(one.replace(/^[a-z]+ /i, ""));
  if (versions.length > mostBounds || !versions.every(isPlain)) return "unknown";
  return anyOf(versions.map((one) => keeps({ operator: "=", version: one }, version)));
}

const packing = /^(?:patch|build|sp|hf|hotfix|update|rev|release|beta|alpha|rc|m)$/i;

/**
 * One version, with a word before it at most (`ROS V5.0.1`) and nothing after it but a build or a patch
 * (`V4.7 SP6 HF3`, `1.4 build 11051315`): whatever else stands there could narrow what is meant.
 */
function isExact(text: string): boolean {
  const parts = text.split(" ");
  const first = parts.findIndex((part) => /\d/.test(part));
  const [lead, rest] = [parts.slice(0, first), parts.slice(first)];
  if (first < 0 || first > 1 || parts.length > 8) return false;
  return (
    lead.every((part) => /^[a-z/]{1,20}$/i.test(part)) && rest.every((part) => isNumbered(part) || packing.test(part))
  );
}

/** A word with a number in it; after a `+` (`1.0+build5`) no brackets. */
function isNumbered(word: string): boolean {
  const plus = word.indexOf("+");
  const [head, tail] = plus < 0 ? [word, ""] : [word.slice(0, plus), word.slice(plus + 1)];
  return /\d/.test(head) && /^[\w.()/-]*$/.test(head) && /^[\w.-]*$/.test(tail);
}
