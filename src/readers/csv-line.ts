/** The fields of one line of CSV as DuckDB writes it (RFC 4180): quoted where they must be, quotes doubled. */
export function readCsvLine(line: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; at <= line.length; at += 1) {
    if (line[at] !== '"') {
      const end = line.indexOf(",", at);
      fields.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length : end;
      continue;
    }
    let text = "";
    for (let start = at + 1; ; ) {
      const quote = line.indexOf('"', start);
      const end = quote < 0 ? line.length : quote;
      text += line.slice(start, end);
      at = end + 1;
      if (line[at] !== '"') break;
      text += '"';
      start = at + 1;
    }
    fields.push(text);
  }
  return fields;
}
