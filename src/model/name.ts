/**
 * White space as Unicode has it, with the characters that show nothing and are copied along with it (zero width space,
 * word joiner, byte order mark).
 */
export const blanks =
  "\t\n\v\f\r \u0085\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff";
/** Hyphens and what is typed for them. */
export const hyphens = "-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212";

const isBlank = new Set(blanks);
const separators = new Set(blanks + hyphens);

/**
 * A text that names something, as it is compared: in normal form C and without white space at its ends. The same for
 * every way in, whether table, order, import, configuration or statement. One pass from each end, for outside texts are long.
 */
export function asName(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && isBlank.has(text[from]!)) from += 1;
  while (to > from && isBlank.has(text[to - 1]!)) to -= 1;
  return text.slice(from, to).normalize("NFC");
}

/**
 * A name without what people write differently by habit: case, width of letters, hyphens for blanks, runs of them. Equal
 * folds raise doubt and find what was meant; they never join.
 */
export function fold(text: string): string {
  let folded = "";
  let pending = false;
  for (const letter of text.normalize("NFKC").toLowerCase()) {
    if (separators.has(letter)) pending = folded !== "";
    else {
      folded += pending ? ` ${letter}` : letter;
      pending = false;
    }
  }
  return folded;
}
