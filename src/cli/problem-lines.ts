import type { Problem } from "../model/problem.ts";

/** Problems for people, a line each. */
export function problemLines(problems: readonly Problem[]): string {
  return problems
    .map(({ place, message, hint }) => {
      const line = place.line === undefined ? "" : `:${place.line}`;
      return `freigabe: ${place.file}${line}: ${message}${hint === undefined ? "" : ` (${hint})`}\n`;
    })
    .join("");
}
