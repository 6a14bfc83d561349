import { html, type Markup, type Part, type Text } from "../text.ts";

/** One thing to choose, and what is shown while it is. */
export interface Option {
  readonly label: Part;
  readonly panel: Part;
}

/** Most options of a choice: the style sheet has a line for each (`choiceStyle`). */
export const mostOptions = 8;

/**
 * A choice among panels, of which one is shown: radio buttons and style, so that it works without the page's script, by
 * keyboard, and keeps its place in print. A single panel needs no choice. `name` must be the page's only one.
 */
export function choice(name: string, legend: Text, options: readonly Option[]): Part {
  if (options.length > mostOptions) throw new Error(`\`${name}\` has ${options.length} options`);
  if (options.length < 2) return options[0]?.panel;
  const buttons = options.map(({ label }, at) => {
    const checked: Markup | false = at === 0 && html` checked`;
    return html`<label><input type="radio" name="${name}" value="${String(at)}"${checked}><span>${label}</span></label>`;
  });
  const panels = options.map(({ panel }, at) => html`<div class="panel" data-panel="${String(at)}">${panel}</div>`);
  return html`<div class="choice"><fieldset class="options"><legend>${legend}</legend>${buttons}</fieldset><div class="panels">${panels}</div></div>`;
}
