const longest = 400;

/**
 * A scalar of a foreign document as text, blanks around it taken away; null if it is empty or not there. `undefined`: it
 * is no printable text of at most 400 characters, or no scalar at all.
 */
export function shortText(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  const plain = String(value).replace(/\s+/g, " ").trim();
  if (plain.length > longest || /\p{Cc}/u.test(plain)) return undefined;
  return plain === "" ? null : plain;
}

/** What a message says of such a value. */
export const wantedText = `a printable text of at most ${longest} characters`;
