import { endOfString, type JsonFault, marks } from "./strict.ts";

/** The objects of an envelope or bundle, each exactly as it stands in the text. */
export interface Slices {
  readonly objects: readonly string[];
}

const { quote, comma, colon, openBrace, closeBrace, openList, closeList } = marks;

/** Where a reader of the text stands; faults are thrown within this file only. */
class Cursor {
  readonly text: string;
  readonly maxDepth: number;
  at = 0;

  constructor(text: string, maxDepth: number) {
    this.text = text;
    this.maxDepth = maxDepth;
  }

  /** The next character that is no blank. */
  peek(): number {
    for (let code = this.text.charCodeAt(this.at); isBlank(code); code = this.text.charCodeAt(this.at)) this.at += 1;
    return this.text.charCodeAt(this.at);
  }

  take(code: number, expected: string): void {
    if (this.peek() !== code) throw new Fault(`expected ${expected} at ${this.at}`);
    this.at += 1;
  }

  /** The text of the value that begins here. */
  value(): string {
    this.peek();
    const start = this.at;
    this.at = endOfValue(this.text, start, this.maxDepth);
    return this.text.slice(start, this.at);
  }
}

class Fault extends Error {}

/**
 * Cuts a TAXII envelope (2.1, section 3.7) or a STIX bundle into its objects without parsing them, so that each can be
 * kept byte for byte and one bad object spoils no other. Linear; what stands beside `objects` is passed over.
 */
export function sliceObjects(
  text: string,
  { maxObjects, maxDepth }: { readonly maxObjects: number; readonly maxDepth: number },
): Slices | JsonFault {
  const cursor = new Cursor(text, maxDepth);
  try {
    const objects = readEnvelope(cursor, maxObjects);
    if (!Number.isNaN(cursor.peek())) return { fault: `expected the end of the envelope at ${cursor.at}` };
    return { objects };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

function readEnvelope(cursor: Cursor, most: number): readonly string[] {
  let objects: readonly string[] = [];
  const seen = new Set<string>();
  cursor.take(openBrace, "a JSON object, an envelope with `objects`,");
  eachOf(cursor, closeBrace, () => {
    if (cursor.peek() !== quote) throw new Fault(`expected a key at ${cursor.at}`);
    const key = parsed(cursor.value(), cursor.at);
    if (typeof key !== "string" || seen.has(key))
      throw new Fault(`the key \`${String(key).slice(0, 60)}\` stands twice`);
    seen.add(key);
    cursor.take(colon, "`:`");
    if (key === "objects") objects = readList(cursor, most);
    else parsed(cursor.value(), cursor.at);
  });
  return objects;
}

function readList(cursor: Cursor, most: number): readonly string[] {
  const objects: string[] = [];
  cursor.take(openList, "`objects` to be a list");
  eachOf(cursor, closeList, () => {
    if (cursor.peek() !== openBrace) throw new Fault(`expected an object in \`objects\` at ${cursor.at}`);
    objects.push(cursor.value());
    if (objects.length > most) throw new Fault(`expected at most ${most} objects`);
  });
  return objects;
}

/** Reads what stands between here and a closing bracket, separated by commas. */
function eachOf(cursor: Cursor, close: number, read: () => void): void {
  while (cursor.peek() !== close) {
    read();
    if (cursor.peek() === close) break;
    cursor.take(comma, "`,`");
    if (cursor.peek() === close) throw new Fault(`expected something after \`,\` at ${cursor.at}`);
  }
  cursor.at += 1;
}

/** Just behind the value that begins at `start`. Brackets are only matched; whether it is JSON is for who parses it. */
function endOfValue(text: string, start: number, maxDepth: number): number {
  const open: number[] = [];
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!marked.has(code)) continue;
    if (open.length === 0 && endsBefore.has(code)) return at;
    if (code === quote) at = stringEnd(text, at);
    else match(code, open, at, maxDepth);
    if (open.length === 0) return at + 1;
  }
  throw new Fault("the text ends within a value");
}

const endsBefore = new Set([comma, closeBrace, closeList]);
const marked = new Set([quote, openBrace, openList, ...endsBefore]);

function match(code: number, open: number[], at: number, maxDepth: number): void {
  if (code === openBrace || code === openList) open.push(code === openBrace ? closeBrace : closeList);
  else if (code !== comma && open.pop() !== code) throw new Fault(`a bracket that closes another one at ${at}`);
  if (open.length > maxDepth) throw new Fault(`nested deeper than ${maxDepth} levels at ${at}`);
}

function stringEnd(text: string, start: number): number {
  const end = endOfString(text, start);
  if (end < 0) throw new Fault(`a string that begins at ${start} does not end`);
  return end;
}

function parsed(text: string, at: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Fault(`expected JSON before ${at}`);
    throw error;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
