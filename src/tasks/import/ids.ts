/** A short readable name of ASCII letters, digits and hyphens; empty if the text has none of them. */
export function slug(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, 100)
    .replace(/-$/, "");
}

/**
 * An id for each key: the wanted one where nobody else wants it, else `fallback`. All that want the same id get their
 * fallback, so that an id never depends on who came first.
 */
export function assignIds<K>(wanted: ReadonlyMap<K, string>, fallback: (key: K) => string): ReadonlyMap<K, string> {
  const claims = new Map<string, number>();
  for (const id of wanted.values()) claims.set(id, (claims.get(id) ?? 0) + 1);
  const fallbacks = new Set([...wanted.keys()].map(fallback));
  const free = (key: K, id: string) =>
    id !== "" && claims.get(id) === 1 && (!fallbacks.has(id) || id === fallback(key));
  return new Map([...wanted].map(([key, id]) => [key, free(key, id) ? id : fallback(key)]));
}
