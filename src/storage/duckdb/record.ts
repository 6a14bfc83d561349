/**
 * The values of one CSV record (RFC 4180, a quote inside an unquoted value stands for itself). Forgiving: it is used on
 * the header, on records that the database could not read, and to show a record that it could.
 */
export function splitRecord(text: string, delimiter: string): readonly string[] {
  const values: string[] = [];
  let at = 0;
  for (;;) {
    const { value, end } = valueAt(text, at, delimiter);
    values.push(value);
    if (end >= text.length) return values;
    at = end + delimiter.length;
    if (at === text.length) return [...values, ""];
  }
}

function valueAt(text: string, start: number, delimiter: string): { readonly value: string; readonly end: number } {
  let open = start;
  while (text[open] === " ") open++;
  if (text[open] !== '"') {
    const end = nextOrEnd(text, delimiter, start);
    return { value: text.slice(start, end), end };
  }
  let value = "";
  let at = open + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return { value: value + text.slice(at), end: text.length };
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: nextOrEnd(text, delimiter, quote + 1) };
    value += '"';
    at = quote + 2;
  }
}

function nextOrEnd(text: string, delimiter: string, from: number): number {
  const found = text.indexOf(delimiter, from);
  return found < 0 ? text.length : found;
}

/** The text of the first record: up to the first line end outside quotes, without byte order mark. */
export function firstRecord(text: string): string {
  let quoted = false;
  const start = text.startsWith("\ufeff") ? 1 : 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (!quoted && (char === "\n" || char === "\r")) return text.slice(start, at);
  }
  return text.slice(start);
}
