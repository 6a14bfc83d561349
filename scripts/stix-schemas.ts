/**
 * Makes `schemas/stix-2.1/schemas.json` from the JSON schemas that OASIS publishes for STIX 2.1:
 * `node scripts/stix-schemas.ts FOLDER`, the folder that holds `common/`, `sdos/`, `sros/` and `observables/`. Words for
 * people are left out, and patterns that take exponential or quadratic time on some text are replaced (`repairs`).
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("expected the folder of the published schemas");

/** What is replaced in a pattern, and by what; each must be found at least once. */
const repairs: readonly (readonly [found: string, instead: string])[] = [
  // A repeated group of what repeats itself: each letter more doubles the ways to split a word that does not fit.
  ["^([a-z][a-z0-9]*)+(-[a-z0-9]+)*\\-?$", "^[a-z][a-z0-9]*(-[a-z0-9]+)*-?$"],
  ["^([a-z][a-z0-9]*)+(-[a-z0-9]+)*\\-ext$", "^[a-z][a-z0-9-]{0,240}-ext$"],
];
/** Patterns with several repeats that fit the same text, as how they begin; a plain one takes their place. */
const blunted: readonly (readonly [begins: string, instead: string])[] = [
  ["cpe:2\\.3:", "^cpe:2\\.3:[aho*-]:"],
  ["^([a-z]{2}(-[A-Z]{2})?", "^[a-z]{2,3}(-[A-Za-z0-9]{1,8}){0,8}$"],
];
const forPeople = new Set(["description", "title", "examples", "$comment"]);

const used = new Set<string>();
const schemas = globSync("**/*.json", { cwd: folder })
  .sort()
  .map((name) => [basename(name, ".json"), repaired(JSON.parse(readFileSync(join(folder, name), "utf8")))]);
for (const [found] of [...repairs, ...blunted]) if (!used.has(found)) throw new Error(`no pattern ${found}`);
writeFileSync(
  join(import.meta.dirname, "..", "schemas", "stix-2.1", "schemas.json"),
  `${JSON.stringify(Object.fromEntries(schemas))}\n`,
);
console.log(`${schemas.length} schemas`);

function repaired(value: unknown, within = ""): unknown {
  if (typeof value === "string") return within === "pattern" ? plain(value) : value;
  if (Array.isArray(value)) return value.map((inner) => repaired(inner));
  if (typeof value !== "object" || value === null) return value;
  const named = within === "properties" || within === "patternProperties";
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => named || !(forPeople.has(key) && typeof inner !== "object"))
      .map(([key, inner]) => [within === "patternProperties" ? plain(key) : key, repaired(inner, named ? "" : key)]),
  );
}

function plain(pattern: string): string {
  const exact = repairs.find(([found]) => found === pattern);
  const begun = blunted.find(([begins]) => pattern.startsWith(begins));
  const [found, instead] = exact ?? begun ?? [undefined, pattern];
  if (found !== undefined) used.add(found);
  return instead;
}
