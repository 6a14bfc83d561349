import { documentProblem, type Problem } from "../model/problem.ts";

/** How much of a document a checker made by others may be given. */
export interface Bounds {
  /** Objects, lists and plain values together. */
  readonly values: number;
  /** Characters of one text. */
  readonly text: number;
  /** Comparisons of two values, when every list is searched for entries that stand twice. */
  readonly comparisons: number;
  /** Length from which the caller takes a list of the outermost object in pieces. */
  readonly piece?: number;
}

/** Plain texts of a list are compared faster than objects, in the same unit. */
const plainEntries = 1 / 4;
/** The check of one mail address takes as long as this many comparisons for each square of its length (measured). */
const mailAddress = 5;

/**
 * What speaks against handing a value to a checker made by others, whose time grows with the square of a list and of a
 * mail address; undefined: nothing. The value comes from `readJson`, so its depth is bounded.
 */
export function outOfBounds(value: unknown, file: string, bounds: Bounds): Problem | undefined {
  const spent = { values: 0, text: 0, comparisons: 0 };
  const over = () => spent.values > bounds.values || spent.text > bounds.text || spent.comparisons > bounds.comparisons;
  const visit = (inner: unknown, key: string, depth: number) => {
    spent.values++;
    if (typeof inner === "string") {
      spent.text = Math.max(spent.text, inner.length);
      if (key === "email") spent.comparisons += mailAddress * inner.length ** 2;
    }
    if (typeof inner !== "object" || inner === null || over()) return;
    const before = spent.values;
    for (const [name, child] of Object.entries(inner)) visit(child, name, depth + 1);
    if (!Array.isArray(inner)) return;
    const below = spent.values - before;
    const others = depth === 1 ? Math.min(inner.length, bounds.piece ?? inner.length) : inner.length;
    spent.comparisons += others * below * (below === inner.length ? plainEntries : 1);
  };
  visit(value, "", 0);
  const tooLarge = (message: string) =>
    documentProblem("too-large", message, { file }, "split the document, or ask its maker for a smaller one");
  if (spent.values > bounds.values) return tooLarge(`expected at most ${bounds.values} values, got more`);
  if (spent.text > bounds.text)
    return tooLarge(`expected texts of at most ${bounds.text} characters, got a longer one`);
  if (spent.comparisons > bounds.comparisons) return tooLarge("lists or mail addresses are too long to be checked");
  return undefined;
}

const mostProblems = 20;

/** At most twenty problems of one kind: those beyond become one, which says how many they are and keeps their rows. */
export function cutShort(problems: readonly Problem[], file: string): readonly Problem[] {
  const [told, more] = [problems.slice(0, mostProblems), problems.slice(mostProblems)];
  if (more[0] === undefined) return told;
  const summary = documentProblem(more[0].code, `${more.length} more problems like these`, { file });
  return [...told, { ...summary, rows: more.reduce((sum, { rows }) => sum + rows, 0) }];
}
