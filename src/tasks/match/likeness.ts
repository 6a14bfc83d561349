import { fold } from "../../model/name.ts";

export interface Candidate {
  readonly id: string;
  readonly text: string;
}

/** How alike two texts are, from 0 to 1. */
export interface Likeness {
  readonly candidate: Candidate;
  readonly score: number;
}

/**
 * Finds the candidates most like a text: the Dice coefficient over the distinct trigrams of the folded texts, padded
 * with blanks so that beginnings weigh more. Best first, then by id; those below `least` are left out. Candidates are
 * indexed once, since tables may hold thousands.
 */
export function likenessTo(
  candidates: readonly Candidate[],
  least: number,
): (text: string, most: number) => readonly Likeness[] {
  const sizes = candidates.map(({ text }) => trigrams(text).size);
  const index = new Map<string, number[]>();
  candidates.forEach(({ text }, at) => {
    for (const gram of trigrams(text)) {
      const places = index.get(gram);
      if (places) places.push(at);
      else index.set(gram, [at]);
    }
  });
  const shared = new Uint16Array(candidates.length);
  return (text, most) => {
    const grams = trigrams(text);
    const met: number[] = [];
    for (const gram of grams) {
      for (const at of index.get(gram) ?? []) if (++shared[at]! === 1) met.push(at);
    }
    const found: Likeness[] = [];
    for (const at of met) {
      const score = (2 * shared[at]!) / (grams.size + sizes[at]!);
      shared[at] = 0;
      if (score >= least) found.push({ candidate: candidates[at]!, score });
    }
    return found.sort((a, b) => b.score - a.score || (a.candidate.id < b.candidate.id ? -1 : 1)).slice(0, most);
  };
}

function trigrams(text: string): ReadonlySet<string> {
  const padded = `  ${fold(text).slice(0, 400)} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3));
  return grams;
}
