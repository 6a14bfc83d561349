/** A result as JSON: two spaces, a line end, nothing added. */
export function asJson(result: unknown): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}
