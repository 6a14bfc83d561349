import type { Static, TSchema } from "typebox";
import Value from "typebox/value";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { PackFile } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { refusal } from "./refusal.ts";

const mostCharacters = 512 * 1024;
const mostAliases = 20;

/** A YAML document that has the shape asked for, and the line on which each of its parts stands. */
export interface ReadYaml<Shape> {
  readonly value?: Shape;
  readonly problems: readonly Problem[];
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/**
 * Reads YAML 1.2 (core schema, one document, unique keys, no unknown tags) and checks it against `schema`. What does
 * not fit is returned as problems with file and line; then there is no value.
 */
export function readYaml<Schema extends TSchema>(file: PackFile, schema: Schema): ReadYaml<Static<Schema>> {
  const lines = new LineCounter();
  const parsed = parse(file, lines);
  if (!parsed.document) return { problems: parsed.problems, lineOf: () => 1 };
  const { document, value } = parsed;
  const lineOf = (path: readonly (string | number)[]) => lineOfNode(document, lines, path);
  if (Value.Check(schema, value)) return { value, problems: [], lineOf };
  return { problems: misfits(file, schema, value, lineOf), lineOf };
}

type Parsed =
  | { readonly document: Document; readonly value: unknown }
  | { readonly document?: undefined; readonly problems: readonly Problem[] };

function parse(file: PackFile, lines: LineCounter): Parsed {
  const refuse = (line: number, message: string) => ({
    problems: [refusal({ file: file.path, line }, message, "mend the YAML; see docs/write-a-pack.md")],
  });
  if (file.text.length > mostCharacters) {
    return refuse(1, `expected at most ${mostCharacters} characters, got ${file.text.length}`);
  }
  try {
    const document = parseDocument(file.text, { lineCounter: lines, strict: true, uniqueKeys: true });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0) {
      return { problems: faults.flatMap((fault) => refuse(fault.linePos?.[0].line ?? 1, said(fault)).problems) };
    }
    return { document, value: document.toJS({ maxAliasCount: mostAliases }) };
  } catch (error) {
    // The parser recurses: too many levels end in a RangeError; too many aliases in a ReferenceError.
    if (error instanceof RangeError) return refuse(1, "nested too deeply");
    if (error instanceof ReferenceError) return refuse(1, said(error));
    throw error;
  }
}

function said(error: Error): string {
  const first = error.message.split("\n")[0] ?? "";
  return first
    .replace(/ at line \d+, column \d+:?$/, "")
    .replace(/\.$/, "")
    .replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

function misfits(
  file: PackFile,
  schema: TSchema,
  value: unknown,
  lineOf: (path: readonly (string | number)[]) => number,
): readonly Problem[] {
  const seen = new Set<string>();
  return Value.Errors(schema, value).flatMap((error) => {
    const pointer = error.instancePath;
    // `additionalProperties` repeats what its own entries say, and a union names every branch that failed.
    if (error.keyword === "additionalProperties" || seen.has(pointer)) return [];
    seen.add(pointer);
    const place = { file: file.path, line: lineOf(pathOf(pointer)), pointer };
    const where = pointer === "" ? "the document" : `\`${pointer}\``;
    const message = error.keyword === "boolean" ? "is not known here" : error.message;
    return [refusal(place, `${where} ${message}`, "see docs/write-a-pack.md for what may stand here")];
  });
}

/** The steps of a JSON Pointer (RFC 6901). */
function pathOf(pointer: string): readonly (string | number)[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll("~1", "/").replaceAll("~0", "~")));
}

function lineOfNode(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
