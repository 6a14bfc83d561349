import type { Assessment } from "../model/assessment.ts";
import type { SupplierComment } from "../model/comment.ts";
import { inTurn, leftOut } from "./comments-shown.ts";
import { paint, printable, type Style, wrap } from "./terminal.ts";

const mostComments = 6;
const mostLines = 12;
/** Where more suppliers than that speak, each has fewer lines. */
const fewLines = 3;

/** What suppliers say themselves beside the reasons, for people; nothing where none has said anything. */
export function commentLines({ comments }: Pick<Assessment, "comments">, style: Style): string[] {
  if (comments.length === 0) return [];
  const some = inTurn(comments, mostComments);
  const lines = some.shown.length > mostComments ? fewLines : mostLines;
  const left = leftOut(some);
  return [
    paint(style, "bold", "What suppliers say themselves (it decides nothing)"),
    ...some.shown.flatMap((comment) => oneComment(comment, lines)),
    ...(left === "" ? [] : wrap(`not shown: ${printable(left)} (\`--output json\` has all)`, "  ")),
  ];
}

function oneComment({ maker, on, text, signed, signer }: SupplierComment, most: number): string[] {
  const about = on === "*" ? "" : ` on ${on}`;
  const lines = quoted(text);
  return [
    ...wrap(`${maker}${about}, ${signed}, signed by ${signer}:`, "  "),
    ...lines.slice(0, most),
    ...(lines.length > most ? ["      | ..."] : []),
  ];
}

/** Words of somebody else, line by line behind a bar, so that they cannot pass for ours. */
export function quoted(text: string, indent = "      "): readonly string[] {
  return text
    .trim()
    .split(/\r\n|\r|\n/)
    .flatMap((line) => (line.trim() === "" ? [`${indent}|`] : wrap(printable(line), `${indent}| `)));
}
