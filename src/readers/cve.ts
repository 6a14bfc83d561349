const longest = 4_000;
const most = 20;

/** The CVE ids that texts name, in upper case, each once (CVE-YYYY- and four digits or more). */
export function cveIdsIn(texts: readonly string[]): readonly string[] {
  const found = texts.flatMap((text) => text.slice(0, longest).match(/\bCVE-[0-9]{4}-[0-9]{4,12}\b/gi) ?? []);
  return [...new Set(found.map((id) => id.toUpperCase()))].slice(0, most);
}
