/** One block of commands of a page, and what the page says they print. Lines count from 1. */
export interface Step {
  readonly line: number;
  readonly commands: readonly string[];
  readonly shown?: { readonly line: number; readonly text: string };
}

interface Fence {
  readonly language: string;
  /** Line of its first content. */
  readonly line: number;
  readonly content: readonly string[];
}

/** Blocks of commands in the order of the page. Blocks in other languages (yaml, json, cedar ...) are not looked at. */
export function stepsOf(markdown: string): readonly Step[] {
  const fences = fencesOf(markdown);
  return fences.flatMap((fence, index): readonly Step[] => {
    if (fence.language === "console") return consoleSteps(fence);
    if (fence.language !== "sh") return [];
    const next = fences[index + 1];
    const output = next?.language === "text" || next?.language === "" ? next : undefined;
    const shown = output && { line: output.line, text: output.content.join("\n") };
    return [{ line: fence.line, commands: commandsOf(fence.content), ...(shown && { shown }) }];
  });
}

/** The fenced blocks of a page (CommonMark 0.31, 4.5; backticks only, indented by at most three spaces). */
function fencesOf(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { mark: string; language: string; line: number; content: string[] } | undefined;
  for (const [index, text] of markdown.split("\n").entries()) {
    const mark = /^ {0,3}(`{3,})\s*([a-z]*)/.exec(text);
    if (open && mark && mark[1]!.length >= open.mark.length && mark[2] === "") {
      fences.push(open);
      open = undefined;
    } else if (open) open.content.push(text);
    else if (mark) open = { mark: mark[1]!, language: mark[2]!, line: index + 2, content: [] };
  }
  if (open) throw new Error(`the block that begins on line ${open.line - 1} never ends`);
  return fences;
}

function commandsOf(lines: readonly string[]): readonly string[] {
  return lines
    .join("\n")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#\s.*$/, "").trim())
    .filter((line) => line !== "");
}

function consoleSteps({ content, line }: Fence): readonly Step[] {
  const starts = content.flatMap((text, index) => (text.startsWith("$ ") ? [index] : []));
  return starts.map((start, at): Step => {
    const output = content.slice(start + 1, starts[at + 1]);
    const commands = commandsOf([content[start]!.slice(2)]);
    return { line: line + start, commands, shown: { line: line + start + 1, text: output.join("\n") } };
  });
}
