import type { PackFile } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { type Complaint, splitPolicies } from "./cedar.ts";
import { compareText, refusal } from "./refusal.ts";

/** One policy of a file: its own text, and the line on which it begins. */
export interface Part {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const mostCharacters = 256 * 1024;
// Cedar's parser recurses and has a small stack: it dies at about 150 brackets or 350 terms.
const mostNested = 40;
const mostTokens = 400;

/** Splits a file into its policies. Refused: what Cedar cannot parse, templates, and policies too big to parse safely. */
export function splitFile(file: PackFile): { readonly parts: readonly Part[]; readonly problems: readonly Problem[] } {
  if (file.text.length > mostCharacters) {
    const message = `expected at most ${mostCharacters} characters, got ${file.text.length}`;
    return { parts: [], problems: [refusal({ file: file.path }, message, "split the rules over several files")] };
  }
  const found = scan(file.text);
  const tooBig = found.filter((part) => part.nested > mostNested || part.tokens > mostTokens);
  if (tooBig.length > 0) return { parts: [], problems: tooBig.map((part) => bigProblem(file, part)) };
  const answer = splitPolicies(file.text);
  if (!("policies" in answer)) return { parts: [], problems: answer.map((error) => parseProblem(file, error)) };
  if (!sameTexts(found, [...answer.policies, ...answer.templates])) {
    const message = "expected to find each policy in the text as Cedar splits it, got other pieces";
    return { parts: [], problems: [refusal({ file: file.path }, message, "use plain spaces and line ends")] };
  }
  const templates = found.filter((part) => answer.templates.includes(part.text));
  return {
    parts: found.filter((part) => !templates.includes(part)).map(({ line, text }) => ({ file: file.path, line, text })),
    problems: templates.map((part) =>
      refusal(
        { file: file.path, line: part.line },
        "expected a rule, got a template with `?principal` or `?resource`",
        "write `forbid (principal, action, resource)`",
      ),
    ),
  };
}

/** The line of `text` in which the byte `byte` of its UTF-8 form stands, counted from 1. */
export function lineOfByte(text: string, byte: number): number {
  return Buffer.from(text, "utf8").subarray(0, byte).toString("utf8").split("\n").length;
}

interface Scanned {
  readonly line: number;
  readonly text: string;
  readonly nested: number;
  readonly tokens: number;
}

// Space, comment, string (also one that never ends: so that a hostile file is read once), word or number, any sign.
const token = /[^\S\n]+|\/\/[^\n\r]*|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[\p{L}\p{N}_]+|[\s\S]/gu;

/** The policies by the signs alone: each runs from its first token to the `;` outside strings and comments. */
function scan(text: string): readonly Scanned[] {
  const parts: Scanned[] = [];
  let line = 1;
  let depth = 0;
  let open: { start: number; line: number; nested: number; tokens: number } | undefined;
  for (const { 0: piece, index } of text.matchAll(token)) {
    if (piece.trim() !== "" && !piece.startsWith("//")) {
      open ??= { start: index, line, nested: 0, tokens: 0 };
      open.tokens++;
      if ("([{".includes(piece)) open.nested = Math.max(open.nested, ++depth);
      if (")]}".includes(piece)) depth--;
      if (piece === ";") {
        parts.push({
          line: open.line,
          text: text.slice(open.start, index + 1),
          nested: open.nested,
          tokens: open.tokens,
        });
        open = undefined;
        depth = 0;
      }
    }
    line += piece.split("\n").length - 1;
  }
  if (open) parts.push({ line: open.line, text: text.slice(open.start), nested: open.nested, tokens: open.tokens });
  return parts;
}

function sameTexts(found: readonly Scanned[], expected: readonly string[]): boolean {
  const ours = found.map((part) => part.text).sort(compareText);
  const theirs = [...expected].sort(compareText);
  return ours.length === theirs.length && ours.every((text, index) => text === theirs[index]);
}

function bigProblem(file: PackFile, part: Scanned): Problem {
  return refusal(
    { file: file.path, line: part.line },
    `expected a rule of at most ${mostTokens} signs and words and ${mostNested} brackets deep, got ${part.tokens} and ${part.nested}`,
    "write several small rules, one per requirement",
  );
}

function parseProblem(file: PackFile, error: Complaint): Problem {
  const place = { file: file.path, line: lineOfByte(file.text, error.byte ?? 0) };
  return refusal(place, `cedar cannot parse this: ${error.message}`, error.help ?? "see docs/write-a-pack.md");
}
