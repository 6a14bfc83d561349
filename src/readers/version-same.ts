import { compareCautiously, type Order } from "./version-text.ts";

const longest = 200;
const packing = "patch|build|sp|hf|hotfix|update|rev|release|beta|alpha|rc|ga|final";
/** One version and nothing else: a word before it, dotted numbers, a few patches or builds after them. */
const single = new RegExp(
  `^(?:[a-z]{1,20}[ ._/-]?){0,2}[0-9]{1,30}(?:\\.[0-9]{1,30}){0,9}(?:[ ._-]?(?:${packing})[ ._-]?[0-9]{0,20}){0,3}$`,
  "i",
);

/** The form of a text in one word, digits aside; undefined where it could be a span, a family or a list. */
function formOf(text: string): string | undefined {
  const form = text.toLowerCase().replace(/[0-9]+/g, "#");
  const isPlain = /^[a-z#._()-]+$/.test(form) && !/#-#/.test(form) && !/(?:^|[._-])x(?:$|[._-])/.test(form);
  return isPlain ? form : undefined;
}

/** Two texts of one form (`474021A.101`, `474021A.103`) of which a number differs; leading zeros are no difference. */
function differsInForm(a: string, b: string): boolean {
  const form = formOf(a);
  if (form === undefined || form !== formOf(b)) return false;
  const numbersOf = (text: string) => (text.match(/[0-9]+/g) ?? []).map((number) => number.replace(/^0+/, ""));
  const others = numbersOf(b);
  return numbersOf(a).some((number, at) => number !== others[at]);
}

/**
 * Whether the text that a document has for a version and the text of one that runs are the same version: only equal texts
 * are, and only single versions of which a number differs, or texts of one form, surely are not. Whatever else stands there (`21.x`, `21.3 | 21.4`,
 * `21.3 and below`, `V21.3`, `21.3.0`) may mean it, and only the maker knows.
 */
export function sameVersion(named: string, running: string): boolean | "unknown" {
  if (named === running) return true;
  const [a, b] = [named.trim(), running.trim()];
  if (a.length > longest || b.length > longest) return "unknown";
  if (differsInForm(a, b)) return false;
  if (!single.test(a) || !single.test(b)) return "unknown";
  const isApart = (order: Order) => order === 1 || order === -1;
  return isApart(compareCautiously(a, b)) && isApart(compareCautiously(b, a)) ? false : "unknown";
}
