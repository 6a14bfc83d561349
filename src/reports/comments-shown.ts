import type { SupplierComment } from "../model/comment.ts";

/** Comments that a report shows, and how many of whose it leaves out. */
export interface ShownComments {
  readonly shown: readonly SupplierComment[];
  readonly left: readonly { readonly maker: string; readonly count: number }[];
}

/**
 * At most so many comments, taken from each supplier in turn in the order given; but of every supplier that spoke one, so
 * that nobody pushes another out by speaking much.
 */
export function inTurn(comments: readonly SupplierComment[], most: number): ShownComments {
  const byMaker = [...Map.groupBy(comments, ({ maker }) => maker)].map(([maker, said]) => ({ maker, said }));
  const room = Math.max(most, byMaker.length);
  const turns = byMaker.flatMap(({ said }) => said.map((comment, turn) => ({ comment, turn })));
  const chosen = new Set(
    turns
      .sort((a, b) => a.turn - b.turn)
      .slice(0, room)
      .map(({ comment }) => comment),
  );
  const left = byMaker.map(({ maker, said }) => ({ maker, count: said.filter((one) => !chosen.has(one)).length }));
  return { shown: comments.filter((one) => chosen.has(one)), left: left.filter(({ count }) => count > 0) };
}

const mostNamed = 8;

/** What is left out, in words: `560 by A, 3 by B`; empty if nothing is. */
export function leftOut({ left }: ShownComments): string {
  const sorted = left.toSorted((a, b) => b.count - a.count);
  const named = sorted.slice(0, mostNamed).map(({ maker, count }) => `${count} by ${maker}`);
  const rest = sorted.slice(mostNamed).reduce((sum, { count }) => sum + count, 0);
  return [...named, ...(rest > 0 ? [`${rest} by ${sorted.length - mostNamed} others`] : [])].join(", ");
}
