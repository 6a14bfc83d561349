import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  parseDocument,
  visit,
} from "yaml";
import { documentProblem, type Problem } from "../model/problem.ts";
import { decodeUtf8, type Limits, pointerOf, type ReadValue, segmentKey, unread } from "./json.ts";

const mostProblems = 20;
const mostAliases = 100;
// Pretty errors copy the line for each error, which is quadratic on one long line.
const options = { schema: "core", uniqueKeys: false, stringKeys: true, prettyErrors: false } as const;

/**
 * Reads one YAML 1.2 document (core schema, so days stay text) from outside: UTF-8, at most 2 MB and 64 levels unless
 * `limits` says otherwise, keys are texts and stand once, at most 100 aliases and none inside its own anchor.
 */
export function readYaml(bytes: Uint8Array, file: string, limits: Limits = {}): ReadValue {
  const { maxBytes = 2_000_000, maxDepth = 64 } = limits;
  if (bytes.length > maxBytes) {
    const message = `expected at most ${maxBytes} bytes, got ${bytes.length}`;
    return unread([documentProblem("too-large", message, { file })]);
  }
  const text = decodeUtf8(bytes);
  if (text === undefined) return unread([documentProblem("not-yaml", "expected UTF-8, got other bytes", { file })]);
  const deep = lineTooDeep(text, maxDepth);
  if (deep !== undefined) {
    return unread([documentProblem("too-deep", `nested deeper than ${maxDepth} levels`, { file, line: deep })]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: lines });
  const problems = [
    ...syntaxProblems(document, lines, file),
    ...duplicateKeys(document, lines, file),
    ...aliasProblems(document, lines, file),
  ];
  if (problems.length > 0) return unread(problems.slice(0, mostProblems));
  return expand(document, lines, file);
}

/** The composer recurses, so depth is bounded on the token stream, whose parser keeps its own stack. */
function lineTooDeep(text: string, maxDepth: number): number | undefined {
  const parser = new Parser();
  let line = 1;
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    // Document and the scalar at the tip stand on the stack beside the collections.
    if (parser.stack.length > maxDepth + 2) return line;
    line += lexeme.split("\n").length - 1;
  }
  return undefined;
}

function syntaxProblems(document: Document.Parsed, lines: LineCounter, file: string): readonly Problem[] {
  return [...document.errors, ...document.warnings].slice(0, mostProblems).map((error) => {
    const said = error.message.slice(0, 160).replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    const message = `expected YAML: ${error.code === "MULTIPLE_DOCS" ? "only one document" : said}`;
    return documentProblem("not-yaml", message, { file, line: lines.linePos(error.pos[0]).line });
  });
}

/** The package compares every key with every other; a set per map keeps hostile files linear. */
function duplicateKeys(document: Document.Parsed, lines: LineCounter, file: string): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Map(_key, map, ancestors) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? String(key.value) : undefined;
        if (name === undefined) continue;
        if (seen.has(name) && problems.length < mostProblems) {
          const place = {
            file,
            line: lineAt(isNode(key) ? key : map, lines),
            pointer: pathTo([...ancestors, map], name),
          };
          problems.push(
            documentProblem("duplicate-key", `key \`${name.slice(0, 60)}\` stands twice in one map`, place),
          );
        }
        seen.add(name);
      }
    },
  });
  return problems;
}

function pathTo(ancestors: readonly unknown[], name: string): string {
  const path: (string | number)[] = [];
  for (const [index, node] of ancestors.entries()) {
    const next = ancestors[index + 1];
    if (isSeq(node)) path.push(node.items.indexOf(next));
    if (isMap(node)) {
      const pair = node.items.find((item) => item === next);
      if (pair && isScalar(pair.key)) path.push(String(pair.key.value));
    }
  }
  return pointerOf([...path, name]);
}

/** Aliases could multiply a small file into a huge value, or a value into a circle. */
function aliasProblems(document: Document.Parsed, lines: LineCounter, file: string): readonly Problem[] {
  const problems: Problem[] = [];
  let aliases = 0;
  visit(document, {
    Alias(_key, alias, ancestors) {
      const refuse = (message: string) =>
        void problems.push(documentProblem("not-yaml", message, { file, line: lineAt(alias, lines) }));
      if (++aliases > mostAliases) {
        refuse(`expected at most ${mostAliases} aliases`);
        return visit.BREAK;
      }
      const target = alias.resolve(document);
      if (!target) refuse(`alias \`*${alias.source.slice(0, 60)}\` has no anchor before it`);
      else if (ancestors.includes(target))
        refuse(`alias \`*${alias.source.slice(0, 60)}\` stands inside its own anchor`);
      return undefined;
    },
  });
  return problems;
}

function expand(document: Document.Parsed, lines: LineCounter, file: string): ReadValue {
  try {
    const value: unknown = document.toJS({ maxAliasCount: mostAliases });
    return { value, problems: [], lineOf: (pointer) => lineOf(document, lines, pointer) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return unread([documentProblem("not-yaml", "aliases expand to too large a value", { file })]);
  }
}

function lineOf(document: Document.Parsed, lines: LineCounter, pointer: string): number | undefined {
  let node: unknown = document.contents;
  let line = isNode(node) ? lineAt(node, lines) : undefined;
  for (const segment of pointer.split("/").slice(1).map(segmentKey)) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === segment);
      if (isNode(pair?.key)) line = lineAt(pair.key, lines);
      node = pair?.value;
    } else if (isSeq(node)) {
      node = node.items[Number(segment)];
      if (isNode(node)) line = lineAt(node, lines);
    } else break;
  }
  return line;
}

function lineAt(node: Node, lines: LineCounter): number {
  return lines.linePos(node.range?.[0] ?? 0).line;
}
