import type { NamedKind } from "../model/named.ts";
import type { Finding } from "../model/problem.ts";
import { type KnownNames, tableOf } from "./known-names.ts";

const mostTexts = 5;

/** A finding about a name that nobody can place. None of them decides. */
export function unplacedName(title: string, detail: string, file: string, who: Finding["who"]): Finding {
  return { kind: "finding", code: "unplaced-name", title, detail, who, verdicts: 0, places: [{ file }] };
}

/** How a text of some kind gets a meaning. */
export function mend(kind: NamedKind): string {
  if (kind === "scheme" || kind === "pack") return `it is none of ${tableOf[kind]}`;
  const signed = `\`freigabe certify alias --set aliasOf=${kind} --set text=... --set id=...\` signs what a text means`;
  return kind === "function" ? signed : `${signed}, or add it to ${tableOf[kind]} if it is another`;
}

/** Some texts, each with the id most like it. */
export function quoted(texts: readonly string[], kind: NamedKind, known: KnownNames): string {
  const told = texts.slice(0, mostTexts).map((text) => {
    const near = known.nearest(kind, text);
    return `\`${text}\` (${near === undefined ? "nothing like it" : `nearest: \`${near}\``})`;
  });
  const more = texts.length - told.length;
  return `${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
