/** Where a text stops being JSON as we take it, and why. */
export interface JsonFault {
  readonly fault: string;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openList, closeList] = [0x7b, 0x7d, 0x5b, 0x5d];
const structural = new Set([quote, comma, openBrace, closeBrace, openList, closeList]);
const forbidden = new Set(["__proto__", "constructor", "prototype"]);
const longestString = 500_000;

/** Keys of the open objects, from the outermost in; of a list none. */
type Levels = (Set<string> | undefined)[];

/**
 * Goes once over a text that `JSON.parse` takes and finds what that lets pass: a key that stands twice, keys that name the
 * prototype, more than `maxDepth` levels, lone surrogates, and strings that are too long. Linear in the text.
 */
export function strictFault(text: string, maxDepth: number): string | undefined {
  const levels: Levels = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!structural.has(code)) continue;
    if (code === quote) {
      const end = endOfString(text, at);
      const fault = stringFault(text, at, end, expectsKey ? levels.at(-1) : undefined);
      if (fault !== undefined) return `${fault} at ${at}`;
      at = end;
    } else if (code !== comma) step(code, levels);
    if (levels.length > maxDepth) return `nested deeper than ${maxDepth} levels at ${at}`;
    expectsKey = code === openBrace || (code === comma && levels.at(-1) !== undefined);
  }
  return text.isWellFormed() && !loneEscape(text) ? undefined : "a lone surrogate, which is no character";
}

function step(code: number, levels: Levels): void {
  if (code === closeBrace || code === closeList) levels.pop();
  else levels.push(code === openBrace ? new Set() : undefined);
}

function stringFault(text: string, start: number, end: number, keys: Set<string> | undefined): string | undefined {
  if (end < 0) return "a string that does not end";
  if (end - start > longestString) return `a string of more than ${longestString} characters`;
  return keys && keyFault(text.slice(start, end + 1), keys);
}

/** Where the string that begins at `start` ends; -1: nowhere. */
export function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return -1;
}

function keyFault(written: string, keys: Set<string>): string | undefined {
  const key = written.includes("\\") ? parsedKey(written) : written.slice(1, -1);
  if (key === undefined) return "a key that is no string";
  if (forbidden.has(key)) return `the key \`${key}\``;
  if (keys.has(key)) return `the key \`${key.slice(0, 60)}\` stands twice in one object`;
  keys.add(key);
  return undefined;
}

function parsedKey(written: string): string | undefined {
  try {
    return String(JSON.parse(written));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An escape of a surrogate without its other half. */
function loneEscape(text: string): boolean {
  if (!/\\u[dD][89abcdefABCDEF]/.test(text)) return false;
  try {
    return !wellFormed(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

function wellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, inner]) => key.isWellFormed() && wellFormed(inner));
}

export const marks = { quote, comma, colon, openBrace, closeBrace, openList, closeList } as const;
