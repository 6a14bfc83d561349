import { predicates, type StatementKind } from "../model/statement.ts";
import { fieldsOf } from "../tasks/predicate-fields.ts";

/** What `freigabe certify KIND` fills in by itself. */
const filledIn = new Set(["signedAt", "count", "complete"]);

/** The fields of a kind as a table: name, whether it must be given, what is expected, and how to give it. */
export function fieldList(kind: StatementKind): string {
  const fields = fieldsOf(predicates[kind].schema).filter(({ name }) => !name.startsWith("transcriptOf."));
  const width = Math.max(...fields.map(({ name }) => name.length)) + 2;
  const rows = fields.map(({ name, required, expected, example }) => {
    const need = filledIn.has(name) ? "filled in" : required ? "required" : "optional";
    return `  ${name.padEnd(width)}${need.padEnd(11)}${expected}\n  ${"".padEnd(width + 11)}${example}\n`;
  });
  const transcript = "transcriptOf comes from `--transcript-of FILE --title TEXT --address URL --seen DAY`\n";
  return `${kind}, ${predicates[kind].uri}\n\n${rows.join("")}\n${transcript}`;
}
