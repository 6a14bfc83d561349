import { decisionField } from "../model/record.ts";
import { printable } from "../reports/terminal.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What an entry says, for people: a line each, indented. */
export function predicateText(kind: string, predicate: unknown): readonly string[] {
  const fields = isFields(predicate) ? predicate : {};
  const own = fields[decisionField];
  const shown = kind === "decision" && isFields(own) ? own : fields;
  return Object.entries(shown).flatMap(([name, value]) => fieldText(name, value, "  "));
}

function fieldText(name: string, value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) {
    const parts: readonly unknown[] = value;
    return [`${indent}${name}: ${parts.length}`, ...parts.map((part) => `${indent}  ${inLine(part)}`)];
  }
  if (isFields(value)) return [`${indent}${name}: ${inLine(value)}`];
  return [`${indent}${name}: ${printable(String(value))}`];
}

function inLine(value: unknown): string {
  if (!isFields(value)) return printable(String(value));
  return Object.entries(value)
    .map(([name, part]) => `${name} ${printable(isFields(part) ? JSON.stringify(part) : String(part))}`)
    .join(", ");
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
