/** How a report marks things: on a terminal with colour, elsewhere with words alone. Colour never carries meaning alone. */
export interface Style {
  readonly colour: boolean;
}

const codes = { bold: 1, dim: 2, green: 32, yellow: 33, red: 31 } as const;

/** Text in a style, if colours are on. */
export function paint(style: Style, how: keyof typeof codes, text: string): string {
  return style.colour ? `\u001b[${codes[how]}m${text}\u001b[0m` : text;
}

/** A number with thousands apart, the same in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, " ");
}

/** A number and what it counts; `what` gets an `s` unless it is one. */
export function counted(count: number, what: string): string {
  return `${grouped(count)} ${what}${count === 1 ? "" : "s"}`;
}

/** Rows in columns: the first left, the others right, two spaces between. */
export function columns(rows: readonly (readonly string[])[], indent = "  "): string[] {
  const widths = rows.reduce<number[]>((wide, row) => row.map((cell, at) => Math.max(wide[at] ?? 0, cell.length)), []);
  return rows.map(
    (row) =>
      indent +
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
        .join("  ")
        .trimEnd(),
  );
}

/** Text broken at spaces to a width, each line indented. Control characters from outside are shown, not obeyed. */
export function wrap(text: string, indent: string, width = 100): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, indent + line];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: our own escape sequences are told from foreign ones
const ours = /\u001b\[(?:\d{1,2}m|K)|\r(?=\u001b\[K)|[\n\t]/u;

/** A whole output with only our own colours, line ends and tabs left to act: the last gate before a terminal. */
export function tamed(text: string): string {
  if (!/[\p{Cc}\p{Cf}]/u.test(text)) return text;
  return text
    .split(new RegExp(`(${ours.source})`, "u"))
    .map((part, at) => (at % 2 === 1 ? part : printable(part)))
    .join("");
}

/** Control characters as `\\xNN`, so that a hostile name cannot drive a terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (char) => `\\x${char.codePointAt(0)!.toString(16).padStart(2, "0")}`);
}
