import type { Static, TSchema } from "typebox";
import { checkShape } from "../model/check.ts";
import type { PackFile } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import * as yaml from "../readers/yaml.ts";
import { refusal } from "./refusal.ts";

const limits = { maxBytes: 512 * 1024 };

/** A YAML document that has the shape asked for, and the line on which each of its parts stands. */
export interface ReadYaml<Shape> {
  readonly value?: Shape;
  readonly problems: readonly Problem[];
  readonly lineOf: (path: readonly (string | number)[]) => number;
}

/** Reads a YAML file of a pack and checks it against `schema`. Problems carry file and line; then there is no value. */
export function readYaml<Schema extends TSchema>(file: PackFile, schema: Schema): ReadYaml<Static<Schema>> {
  const read = yaml.readYaml(new TextEncoder().encode(file.text), file.path, limits);
  const lineOf = (path: readonly (string | number)[]) => read.lineOf?.(path.map((step) => `/${step}`).join("")) ?? 1;
  if (read.problems.length > 0) return { problems: read.problems.map(withHint), lineOf };
  const checked = checkShape(schema, read.value, { file: file.path, lineOf: (pointer) => read.lineOf?.(pointer) ?? 1 });
  return "value" in checked ? { ...checked, lineOf } : { problems: checked.problems.map(withHint), lineOf };
}

function withHint({ place, message, hint }: Problem): Problem {
  const where = place.pointer === undefined || place.pointer === "" ? "" : `\`${place.pointer}\`: `;
  return refusal(
    { ...place, line: place.line ?? 1 },
    `${where}${message}`,
    hint ?? "see docs/write-a-pack.md for what may stand here",
  );
}
