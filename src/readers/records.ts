import type { Place, Problem, ProblemCode } from "../model/problem.ts";

/** A problem at a JSON Pointer of the export. */
export function problemAt(file: string, pointer: string, code: ProblemCode, message: string, rows: number): Problem {
  const place: Place = { file, pointer };
  return { kind: "problem", code, message, place, rows };
}

/** Whether `value` is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
