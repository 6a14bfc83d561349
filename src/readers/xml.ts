import sax from "sax";
import { documentProblem, type Problem, type ProblemCode } from "../model/problem.ts";
import { decodeUtf8 } from "./json.ts";

/** An element with its own text, blanks around it taken away; `line`: where its first tag ends, counted from 1. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly XmlElement[];
  readonly line: number;
}

export interface XmlLimits {
  readonly bytes: number;
  readonly depth: number;
  readonly elements: number;
  /** Characters of one text. */
  readonly text: number;
}

const usual: XmlLimits = { bytes: 64_000_000, depth: 32, elements: 4_000_000, text: 4_000 };

/** The parser looks at the length of what it holds between two pieces, so pieces are small. */
const piece = 16_384;

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: XmlElement[];
  readonly line: number;
}

/**
 * Reads XML 1.0 from outside as a tree: UTF-8 or ISO-8859-1 as the file declares, within limits, and without a document
 * type declaration, so that no entity but the five of XML can stand in it (W3C XML 1.0, sections 2.8 and 4.6). The first
 * fault ends the reading: what follows it cannot be trusted.
 */
export function readXml(
  bytes: Uint8Array,
  file: string,
  limits: XmlLimits = usual,
): { readonly root?: XmlElement; readonly problems: readonly Problem[] } {
  if (bytes.length > limits.bytes) {
    const message = `expected at most ${limits.bytes} bytes, got ${bytes.length}`;
    return { problems: [documentProblem("too-large", message, { file })] };
  }
  const decoded = decode(bytes);
  if ("fault" in decoded) {
    const hint = "save the file as UTF-8 and declare it";
    return { problems: [documentProblem("unreadable", decoded.fault, { file, line: 1 }, hint)] };
  }
  const { root, fault } = parse(decoded.text, limits);
  if (fault) return { problems: [documentProblem(fault.code, fault.message, { file, line: fault.line }, fault.hint)] };
  return root
    ? { root, problems: [] }
    : { problems: [documentProblem("unreadable", "expected XML, got nothing", { file })] };
}

const declaration =
  /^<\?xml[ \t\r\n]+version[ \t]*=[ \t]*["'][^"']{1,9}["'](?:[ \t\r\n]+encoding[ \t]*=[ \t]*["']([^"']{1,40})["'])?/;

function decode(bytes: Uint8Array): { readonly text: string } | { readonly fault: string } {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0xff && second === 0xfe))
    return { fault: "expected UTF-8 or ISO-8859-1, got UTF-16" };
  const marked = first === 0xef && second === 0xbb;
  const head = Buffer.from(bytes.subarray(marked ? 3 : 0, 200)).toString("latin1");
  const declared = (declaration.exec(head)?.[1] ?? "UTF-8").toUpperCase();
  if (declared === "UTF-8" || declared === "US-ASCII") {
    const text = decodeUtf8(bytes);
    return text === undefined ? { fault: "expected UTF-8, got other bytes" } : { text };
  }
  if (marked) return { fault: `expected \`${declared.slice(0, 40)}\` as declared, got the mark of UTF-8` };
  // Not TextDecoder, whose ISO-8859-1 is Windows-1252.
  if (declared === "ISO-8859-1") return { text: Buffer.from(bytes).toString("latin1") };
  return { fault: `expected the encoding UTF-8 or ISO-8859-1, got \`${declared.slice(0, 40)}\`` };
}

interface Fault {
  readonly code: ProblemCode;
  readonly message: string;
  readonly line: number;
  readonly hint?: string;
}

function parse(text: string, limits: XmlLimits): { root?: XmlElement; fault?: Fault } {
  const options = { position: true, strictEntities: true };
  const parser = sax.parser(true, options);
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let fault: Fault | undefined;
  let elements = 0;
  const fail = (code: ProblemCode, message: string, hint?: string) => {
    fault ??= { code, message, line: parser.line + 1, ...(hint !== undefined && { hint }) };
  };
  parser.onerror = (error) => fail("unreadable", `expected XML: ${plain(error.message)}`);
  parser.ondoctype = () =>
    fail("wrong-shape", "expected no document type declaration (`<!DOCTYPE`)", "take it out; entities are not read");
  parser.onopentag = ({ name, attributes }) => {
    if (fault) return;
    if (root) fail("unreadable", "expected one outermost element, got another");
    if (++elements > limits.elements) fail("too-large", `expected at most ${limits.elements} elements`);
    if (open.length >= limits.depth) fail("too-deep", `nested deeper than ${limits.depth} levels`);
    const texts = Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === "string" ? value : value.value,
    ]);
    if (texts.some(([, value = ""]) => value.length > limits.text))
      fail("too-large", `expected texts of at most ${limits.text} characters, got a longer one`);
    open.push({ name, attributes: Object.fromEntries(texts), text: "", children: [], line: parser.line + 1 });
  };
  const add = (more: string) => {
    const own = open.at(-1);
    if (!own || fault) return;
    own.text = `${own.text}${more}`.trimStart();
    if (own.text.length > limits.text)
      fail("too-large", `expected texts of at most ${limits.text} characters, got a longer one`);
  };
  parser.ontext = add;
  parser.oncdata = add;
  parser.onclosetag = () => {
    const done = open.pop();
    if (!done || fault) return;
    const element = { ...done, text: done.text.trim() };
    const above = open.at(-1);
    if (above) above.children.push(element);
    else root = element;
  };
  for (let at = 0; at < text.length && !fault; at += piece) parser.write(text.slice(at, at + piece));
  if (!fault) parser.close();
  return { ...(root && { root }), ...(fault && { fault }) };
}

/** The parser's words without its lines of position, cut short and printable. */
function plain(message: string): string {
  const [first = ""] = message.split("\n");
  return first
    .replace(/\p{Cc}/gu, "?")
    .slice(0, 80)
    .toLowerCase();
}
