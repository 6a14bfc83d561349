import type { Assessment } from "../model/assessment.ts";
import type { SupplierComment } from "../model/comment.ts";
import { paint, printable, type Style, wrap } from "./terminal.ts";

const mostComments = 6;
const mostLines = 12;

/** What suppliers say themselves beside the reasons, for people; nothing where none has said anything. */
export function commentLines({ comments }: Pick<Assessment, "comments">, style: Style): string[] {
  if (comments.length === 0) return [];
  const more = comments.length - mostComments;
  return [
    paint(style, "bold", "What suppliers say themselves (it decides nothing)"),
    ...comments.slice(0, mostComments).flatMap(oneComment),
    ...(more > 0 ? [`  and ${more} more (\`--output json\` has all)`] : []),
  ];
}

function oneComment({ maker, on, text, signed, signer }: SupplierComment): string[] {
  const about = on === "*" ? "" : ` on ${on}`;
  const lines = quoted(text);
  return [
    ...wrap(`${maker}${about}, ${signed}, signed by ${signer}:`, "  "),
    ...lines.slice(0, mostLines),
    ...(lines.length > mostLines ? ["      | ..."] : []),
  ];
}

/** Words of somebody else, line by line behind a bar, so that they cannot pass for ours. */
export function quoted(text: string, indent = "      "): readonly string[] {
  return text
    .trim()
    .split(/\r\n|\r|\n/)
    .flatMap((line) => (line.trim() === "" ? [`${indent}|`] : wrap(printable(line), `${indent}| `)));
}
