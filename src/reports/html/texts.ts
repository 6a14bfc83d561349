import { visible } from "../../charts/svg.ts";

/** Texts of the data, each kept once and named by its place. */
export interface Texts {
  readonly all: readonly string[];
  /** The place of a text, cut to `most` characters; -1 for none. */
  place(text: string | null, most?: number): number;
  /** Characters that the texts take in the page. */
  size(): number;
}

/** Longest text that the page keeps whole; documents may bring any length. */
export const longestText = 600;

/** An empty store. Characters that would hide or reorder text are made visible on the way in. */
export function textStore(): Texts {
  const all: string[] = [];
  const places = new Map<string, number>();
  let size = 0;
  return {
    all,
    size: () => size,
    place: (text, most = longestText) => {
      if (text === null) return -1;
      const key = clipped(text, most);
      const known = places.get(key);
      if (known !== undefined) return known;
      const shown = visible(key);
      places.set(key, all.length);
      all.push(shown);
      size += writtenSize(shown);
      return all.length - 1;
    },
  };
}

/** A text cut to a length, with `…` where it was. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
}

/** How many characters a value takes in the page, where `<` and `>` are six each, with a comma. */
export function writtenSize(value: unknown): number {
  const text = JSON.stringify(value);
  return text.length + 1 + 5 * (text.split(/[<>]/).length - 1);
}
