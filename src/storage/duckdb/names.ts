import { blanks, hyphens } from "../../model/name.ts";
import { literal } from "./database.ts";

/** White space of one byte, as literals; all of it sorts before `!`. A text with any other has more bytes than letters. */
const ends = ["' '", ...[9, 10, 11, 12, 13].map((code) => `chr(${code})`)];

/**
 * `asName` of the model as SQL, empty text as null. Normal form and `trim` copy every value, which for five million ids
 * takes seconds; almost none needs it.
 */
export function asNameSql(text: string): string {
  const odd = [`${text} < '!'`, ...ends.map((end) => `ends_with(${text}, ${end})`)].join(" or ");
  const named = `nfc_normalize(trim(${text}, ${literal(blanks)}))`;
  return `case when strlen(${text}) <> length(${text}) or ${odd} then nullif(${named}, '') else nullif(${text}, '') end`;
}

/**
 * `fold` of the model as SQL, but for the width of letters: names that people write differently by habit are one text.
 * Looking for forty separators in each of five million ids takes half a minute, and ids of plain letters can have few.
 */
export function foldSql(text: string): string {
  const lower = `lower(${text})`;
  const separators = [...blanks, ...hyphens].join("");
  const wide = `translate(${lower}, ${literal(separators)}, ${literal(" ".repeat(separators.length))})`;
  const single = (folded: string) => `regexp_replace(${folded}, '[\\s-_]+', ' ', 'g')`;
  const plain = `replace(replace(${lower}, '-', ' '), '_', ' ')`;
  return `case when strlen(${text}) <> length(${text}) or regexp_matches(${text}, '[\\s-_][\\s-_]|[\\t-\\r]') then ${single(wide)} else ${plain} end`;
}
