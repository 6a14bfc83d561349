import type { Misfit } from "../model/check.ts";
import { asName } from "../model/name.ts";
import type { Statement } from "../model/statement.ts";

const numbering = ["certificateId", "orderId", "declarationId", "exceptionId"];

/**
 * Numbers that a signer gives its own certificates, orders, declarations and exceptions, with white space at their ends or
 * in another normal form than C. They are compared as they were signed, so nobody may sign one: it would look like another.
 */
export function looseNumbers({ kind, predicate }: Statement): readonly Misfit[] {
  const entries = kind === "register" ? predicate.entries : [];
  return [
    ...looseIn(predicate, "/predicate"),
    ...entries.flatMap((entry, index) => looseIn(entry, `/predicate/entries/${index}`)),
  ];
}

function looseIn(part: object, pointer: string): readonly Misfit[] {
  return numbering.flatMap((field) => {
    const value: unknown = Reflect.get(part, field);
    if (typeof value !== "string" || value === asName(value)) return [];
    const message = `expected no white space at the ends and normal form C, as \`${asName(value)}\`, got \`${value}\``;
    return [{ pointer: `${pointer}/${field}`, message }];
  });
}
