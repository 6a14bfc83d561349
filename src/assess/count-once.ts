import type { SharedElement, Shares } from "../model/shares.ts";
import { Corrections } from "./share-corrections.ts";

/** Counts for the nation, in which an element that several operators name stands once, and how many such elements there are. */
export interface CountedOnce {
  readonly files: readonly Shares[];
  readonly sharedOnce: number;
  /** Elements that two operators both count, or that are given two makers: they widen the numbers. */
  readonly contested: number;
  /** What comes back to an operator that left it to others: it is not known at which of its sites. */
  readonly returned: number;
}

/** An element as one file tells it; `at`: number of the file. */
interface Named {
  readonly at: number;
  readonly one: SharedElement;
}

/**
 * Counts each element for the operator that counts it for the nation. Where that one's file is not there, for the first whose file is;
 * where operators have no key in common, for each one that does not leave it to others, and perhaps for those that do. Files are
 * sorted by operator.
 */
export function countOnce(files: readonly Shares[]): CountedOnce {
  const key = files.find(({ commonKey, shared }) => commonKey !== undefined && isSharing(shared))?.commonKey;
  const comparable = files.map(({ commonKey }) => commonKey !== undefined && commonKey === key);
  const named = byElement(files, comparable);
  const returns = files.map((_, at) => returning(files, at, comparable, named));
  const corrections = files.map((file, at) => new Corrections(inNation(file, returns[at]!)));
  let [sharedOnce, contested, returned] = [0, 0, 0];
  for (const [at, { maybe, surely }] of returns.entries()) {
    if (isWhole(files[at]!, returns[at]!)) continue;
    returned += surely.length + maybe.length;
    for (const one of surely) corrections[at]!.comeBack(one);
    for (const one of maybe) corrections[at]!.mayComeBack(one);
  }
  for (const list of named.values()) {
    if (list.length < 2) continue;
    sharedOnce += 1;
    if (settle(list, corrections)) contested += 1;
  }
  return { files: corrections.map((one) => one.corrected()), sharedOnce, contested, returned };
}

function isSharing(shared: Shares["shared"]): boolean {
  return shared !== undefined && shared.length > 0;
}

function byElement(files: readonly Shares[], comparable: readonly boolean[]): ReadonlyMap<string, readonly Named[]> {
  const all = files.flatMap(({ shared = [] }, at) => (comparable[at] ? shared.map((one) => ({ at, one })) : []));
  return Map.groupBy(all, ({ one }) => one.element);
}

/** What a file leaves to another operator, of whom there is no file, or perhaps none. */
interface Returns {
  readonly surely: readonly SharedElement[];
  readonly maybe: readonly SharedElement[];
}

function returning(
  files: readonly Shares[],
  at: number,
  comparable: readonly boolean[],
  named: ReadonlyMap<string, readonly Named[]>,
): Returns {
  const left = (files[at]!.shared ?? []).filter(({ first }) => !first);
  const strangers = files.some(
    ({ shared }, other) => other !== at && isSharing(shared) && !(comparable[at] && comparable[other]),
  );
  const free = left.filter(({ element }) => !(comparable[at] && isCounted(named.get(element) ?? [], at)));
  return strangers ? { surely: [], maybe: free } : { surely: free, maybe: [] };
}

/** Whether a file other than number `at` counts the element: it says so, or comes first of those that all leave it to others. */
function isCounted(list: readonly Named[], at: number): boolean {
  return list.some(({ one }) => one.first) || list[0]?.at !== at;
}

/** Nothing that the file leaves to others is counted by any. */
function isWhole({ shared = [] }: Shares, { surely }: Returns): boolean {
  return surely.length === shared.filter(({ first }) => !first).length;
}

function inNation(file: Shares, returns: Returns): Shares {
  if (isWhole(file, returns)) return file;
  const { nationShares, nationTouched, ...rest } = file;
  return { ...rest, shares: nationShares ?? [], touched: nationTouched ?? [] };
}

/** Sees to it that one file counts an element, with the maker that operators name. True if they contradict each other. */
function settle(list: readonly Named[], corrections: readonly Corrections[]): boolean {
  const [counts, ...again] = list.some(({ one }) => one.first) ? list.filter(({ one }) => one.first) : list.slice(0, 1);
  for (const { at, one } of again) corrections[at]!.take(one);
  const makers = new Set(list.flatMap(({ one }) => one.maker ?? []));
  const [maker, other] = makers;
  if (counts && other !== undefined && counts.one.maker !== undefined) corrections[counts.at]!.open(counts.one);
  if (counts && other === undefined && maker !== undefined && counts.one.maker === undefined)
    corrections[counts.at]!.give(counts.one, maker);
  return again.length > 0 || other !== undefined;
}
