import { freeRangeHolds } from "./free-range.ts";
import { type Bound, type Compare, holdsUnion, mostBounds, type Operator } from "./version-bounds.ts";
import { compareCautiously, compareDotted, compareSemver } from "./version-text.ts";

const longestRange = 2_000;
const longestVersion = 200;
/** Schemes of `vers:` whose order is that of Semantic Versioning; others are compared as far as all schemes agree. */
const semverSchemes = new Set(["semver", "npm", "cargo", "golang"]);

/**
 * Whether an exact version lies inside a range that an advisory or VEX gives: `vers:` (Package-URL VERS; CSAF 2.0, 3.1.2.3.2)
 * or one of the free texts of `free-range.ts`. Never a guess: `unknown` where the text is another one, or where the order
 * of two versions depends on the maker.
 */
export function rangeHolds(range: string, version: string): boolean | "unknown" {
  if (range.length > longestRange || version.length > longestVersion) return "unknown";
  const [text, exact] = [range.trim(), version.trim()];
  if (text === "" || exact === "") return "unknown";
  return text.toLowerCase().startsWith("vers:") ? versHolds(text, exact) : freeRangeHolds(text, exact);
}

function versHolds(text: string, version: string): boolean | "unknown" {
  const shape = /^vers:([a-z0-9.+-]{1,60})\/(.+)$/i.exec(text);
  if (!shape) return "unknown";
  const scheme = shape[1]!.toLowerCase();
  const constraints = shape[2]!.replaceAll(/\s/g, "");
  if (constraints === "*") return scheme !== "none";
  if (scheme === "all" || scheme === "none") return "unknown";
  const bounds = constraints
    .split("|")
    .filter((part) => part !== "")
    .map(readBound);
  if (bounds.length === 0 || bounds.length > mostBounds) return "unknown";
  return bounds.every((bound) => bound !== undefined) ? holdsUnion(bounds, version, comparisonOf(scheme)) : "unknown";
}

function comparisonOf(scheme: string): Compare {
  if (scheme === "intdot") return compareDotted;
  if (!semverSchemes.has(scheme)) return compareCautiously;
  return (version, other) => compareSemver(version, other) ?? compareCautiously(version, other);
}

/** One constraint of `vers:`; special characters of a version are percent-encoded there. */
function readBound(text: string): Bound | undefined {
  const [, operator, encoded] = /^(<=|>=|!=|<|>|=)?(.+)$/.exec(text) ?? [];
  const version = encoded === undefined || /[<>=!*]/.test(encoded) ? undefined : decode(encoded);
  return version ? { operator: (operator ?? "=") as Operator, version } : undefined;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
