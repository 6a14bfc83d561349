import type { Place, Problem } from "../model/problem.ts";

/** Why a pack cannot be loaded: where, what was expected and got, and how to write it instead. */
export function refusal(place: Place, message: string, hint: string): Problem {
  const { file, line, pointer } = place;
  const where = { file, ...(line !== undefined && { line }), ...(pointer !== undefined && { pointer }) };
  return { kind: "problem", code: "pack", message, hint, place: where, rows: 0 };
}

/** The problems by file, line and message, so that equal packs give equal reports. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.place.file, b.place.file) ||
      (a.place.line ?? 0) - (b.place.line ?? 0) ||
      compareText(a.message, b.message),
  );
}

/** Order by code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
