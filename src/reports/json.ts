/** A result as JSON: two spaces, a line end. Characters that steer a terminal stand as escapes, which mean the same. */
export function asJson(result: unknown): string {
  const text = JSON.stringify(result, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, escaped);
  return `${text}\n`;
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
