import { count, fill, html, type Markup, type Part, type Text } from "../text.ts";

/** A section with its heading; `id` is what links name. */
export function section(id: string, title: Text, ...parts: readonly Part[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${parts}</section>
`;
}

export interface Column {
  readonly title: Text;
  readonly number?: true;
}

/** A table in a box that scrolls by itself where the page is narrow. `labelledBy`: id of the heading above it. */
export function dataTable(labelledBy: string, columns: readonly Column[], rows: readonly (readonly Part[])[]): Markup {
  const cls = ({ number }: Column) => (number ? "number" : "");
  const heads = columns.map((column) => html`<th scope="col" class="${cls(column)}">${column.title}</th>`);
  const body = rows.map(
    (cells) => html`<tr>${cells.map((cell, at) => html`<td class="${cls(columns[at]!)}">${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${labelledBy}"><table><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** How many are not shown, or nothing. */
export function moreThan(all: number, shown: number): Markup | false {
  if (all <= shown) return false;
  const text = {
    en: "and {rest} more; `--output json` has all",
    de: "und {rest} weitere; `--output json` enthält alle",
  };
  return html`<p class="quiet">${fill(text, { rest: count(all - shown) })}</p>`;
}

/** File, and line or pointer in it. */
export function placeText({ file, line, pointer }: { file: string; line?: number; pointer?: string }): string {
  return `${file}${line !== undefined ? `:${line}` : (pointer ?? "")}`;
}
