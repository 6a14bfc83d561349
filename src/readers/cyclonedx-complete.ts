import type { Bill } from "../model/document.ts";
import type { CompositionShape } from "./cyclonedx-shape.ts";

/**
 * What `compositions` say of the whole (CycloneDX 1.6, "Compositions"). Complete only if assemblies called complete cover
 * the root or every part, and no composition says otherwise. `root` and `parts`: their `bom-ref`, `undefined` without one.
 */
export function completenessOf(
  compositions: readonly CompositionShape[],
  root: string | undefined,
  parts: readonly (string | undefined)[],
): Bill["completeness"] {
  if (compositions.some(({ aggregate }) => aggregate.startsWith("incomplete"))) return "incomplete";
  if (compositions.some(({ aggregate }) => aggregate !== "complete")) return "unknown";
  const covered = new Set(compositions.flatMap(({ assemblies = [] }) => assemblies.map(localRef)));
  const isCovered = (ref: string | undefined) => ref !== undefined && covered.has(ref);
  return isCovered(root) || (parts.length > 0 && parts.every(isCovered)) ? "complete" : "unknown";
}

/** An assembly may be named by BOM-Link from 1.5 on; its last part is the `bom-ref`. */
function localRef(ref: string): string {
  return /^urn:cdx:[0-9a-f-]{36}\/[1-9][0-9]*#(.+)$/.exec(ref)?.[1] ?? ref;
}
