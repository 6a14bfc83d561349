import type { Misfit } from "../model/check.ts";
import type { Statement } from "../model/statement.ts";

/** Lists that narrow what a statement speaks of. Without a name they say neither whom they mean nor that all are meant. */
const narrowing = [
  "operators",
  "makers",
  "products",
  "releases",
  "functions",
  "elements",
  "actions",
  "schemes",
  "documents",
];

/**
 * Lists without an entry, where one narrows what is said. Nobody may sign one. One that is read is refused: the statement
 * stays evidence, so that an order is heard, but the list lets nothing pass and bars nothing for sure.
 */
export function emptyLists({ kind, predicate }: Statement): readonly Misfit[] {
  switch (kind) {
    case "register":
      return [predicate, ...predicate.entries].flatMap((part, index) =>
        emptyIn(part, index === 0 ? "/predicate" : `/predicate/entries/${index - 1}`),
      );
    case "exception":
      return [...emptyIn(predicate, "/predicate"), ...emptyIn(predicate.scope, "/predicate/scope")];
    case "order":
    case "certificate":
    case "declaration":
      return emptyIn(predicate, "/predicate");
    default:
      return [];
  }
}

function emptyIn(part: object, pointer: string): readonly Misfit[] {
  return narrowing.flatMap((field) => {
    const value: unknown = Reflect.get(part, field);
    if (!Array.isArray(value) || value.length > 0) return [];
    const message = "expected at least 1 entry, got an empty list: leave the field out if all are meant";
    return [{ pointer: `${pointer}/${field}`, message }];
  });
}
