import { findNodeAtLocation, type JSONPath, parseTree, visit } from "jsonc-parser";
import { documentProblem, type Problem, type ProblemCode } from "../model/problem.ts";

export interface Limits {
  readonly maxBytes?: number;
  readonly maxDepth?: number;
}

/** A foreign document as plain data. `value` is undefined if there are problems. */
export interface ReadValue {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Line of the value at a JSON Pointer, or of the nearest value around it. */
  lineOf(pointer: string): number | undefined;
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false } as const;
const notJson = "expected JSON, got something else";
const mostDuplicates = 20;
const [quote, backslash] = [0x22, 0x5c];

/**
 * Reads JSON (RFC 8259) from outside: UTF-8 without errors, at most 64 MB and 64 levels unless `limits` says otherwise,
 * no key twice in an object (RFC 8259 section 4 leaves open which would count). A byte order mark is skipped.
 */
export function readJson(bytes: Uint8Array, file: string, limits: Limits = {}): ReadValue {
  const { maxBytes = 64_000_000, maxDepth = 64 } = limits;
  const fail = (code: ProblemCode, message: string, line?: number, hint?: string) =>
    unread([documentProblem(code, message, { file, ...(line !== undefined && { line }) }, hint)]);

  if (bytes.length > maxBytes) return fail("too-large", `expected at most ${maxBytes} bytes, got ${bytes.length}`);
  const deep = lineTooDeep(bytes, maxDepth);
  if (deep !== undefined) return fail("too-deep", `nested deeper than ${maxDepth} levels`, deep);
  const text = decodeUtf8(bytes);
  if (text === undefined)
    return fail("not-json", "expected UTF-8, got other bytes", undefined, "save the file as UTF-8");
  const { duplicates, brokenLine } = scan(text, file);
  if (brokenLine !== undefined)
    return fail("not-json", notJson, brokenLine, "JSON has no comments and no trailing commas");
  if (duplicates.length > 0) return unread(duplicates);
  const value = parse(text);
  if (value === undefined) return fail("not-json", notJson);
  return { value, problems: [], lineOf: (pointer) => lineOf(text, pointer) };
}

/** The text of UTF-8 bytes without byte order mark; undefined if they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What a reader answers that could read nothing. */
export function unread(problems: readonly Problem[]): ReadValue {
  return { value: undefined, problems, lineOf: () => undefined };
}

/** Parsers recurse, so depth is bounded by a scan of the bytes before any of them sees the text. */
function lineTooDeep(bytes: Uint8Array, maxDepth: number): number | undefined {
  let depth = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at);
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > maxDepth) return 1 + bytes.subarray(0, at).filter((earlier) => earlier === 0x0a).length;
  }
  return undefined;
}

function endOfString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
  return at;
}

function scan(text: string, file: string): { duplicates: readonly Problem[]; brokenLine: number | undefined } {
  const open: Set<string>[] = [];
  const duplicates: Problem[] = [];
  let brokenLine: number | undefined;
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty: (name, _offset, _length, startLine, _character, path) => {
        const keys = open.at(-1);
        if (keys?.has(name) && duplicates.length < mostDuplicates) {
          const place = { file, line: startLine + 1, pointer: pointerOf([...path(), name]) };
          duplicates.push(
            documentProblem("duplicate-key", `key \`${name.slice(0, 60)}\` stands twice in one object`, place),
          );
        }
        keys?.add(name);
      },
      onError: (_code, _offset, _length, startLine) => {
        brokenLine ??= startLine + 1;
      },
    },
    strict,
  );
  return { duplicates, brokenLine };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lineOf(text: string, pointer: string): number | undefined {
  const root = parseTree(text, [], strict);
  const path = pointer.split("/").slice(1).map(segmentKey);
  for (let length = path.length; root && length >= 0; length--) {
    const node = findNodeAtLocation(root, path.slice(0, length).map(index));
    if (node) return text.slice(0, node.offset).split("\n").length;
  }
  return undefined;
}

function index(segment: string): string | number {
  return /^(0|[1-9][0-9]{0,8})$/.test(segment) ? Number(segment) : segment;
}

/** A path as JSON Pointer (RFC 6901 section 3). */
export function pointerOf(path: JSONPath): string {
  return path.map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** One segment of a JSON Pointer as the key it stands for (RFC 6901 section 4). */
export function segmentKey(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}
