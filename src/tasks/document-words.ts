import type { DocumentIndex, Told } from "../facts/document-index.ts";
import type { Deployed } from "../facts/release-match.ts";
import type { Finding } from "../model/problem.ts";

/** A release in the network as documents see it; elements count once for each responsible operator. */
export interface Running extends Deployed {
  /** Supplier id, else the text of the tables; null: not named. */
  readonly maker: string | null;
  readonly elements: number;
  /** What documents say, as the operator's signed aliases let them be matched. */
  readonly index: DocumentIndex;
}

const mostNames = 5;
const mostPlaces = 10;

/** The first few names, and how many more there are. */
export function listed(names: readonly string[], most = mostNames): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** The first few files, each once. */
export function placesOf(files: readonly string[]): Finding["places"] {
  return [...new Set(files)].slice(0, mostPlaces).map((file) => ({ file }));
}

/** How people tell one release in the network from another. */
export function nameOf({ product, release }: Deployed): string {
  const of = product === null ? "a product that is not named" : `\`${product}\``;
  return release === null ? `${of} of unknown release` : `release \`${release}\` of ${of}`;
}

/** A document, and whether anybody vouches for it. */
export function byDocument({ document, by }: Told): string {
  return `\`${document.file}\` (${by ? "vouched for" : "unsigned"})`;
}

/** `1 element`, `2 elements`. */
export function elementsText(count: number): string {
  return `${count} ${count === 1 ? "element" : "elements"}`;
}
