/** The parts of a CPE name that identify what it speaks of; `version` is `null` if it names none or any. */
export interface Cpe {
  /** `a` application, `o` operating system, `h` hardware. */
  readonly part: "a" | "o" | "h";
  readonly vendor: string;
  readonly product: string;
  readonly version: string | null;
}

const longest = 1_000;

/**
 * Reads a CPE name: a formatted string (`cpe:2.3:o:vendor:product:...`, NISTIR 7695 section 6.2, also cut short after
 * the product) or a URI (`cpe:/o:vendor:product:version`, section 6.1). `undefined` if the text is none, or if vendor
 * or product is left open, since then it names nothing.
 */
export function parseCpe(text: string): Cpe | undefined {
  if (text.length > longest) return undefined;
  const lower = text.trim().toLowerCase();
  const uri = lower.startsWith("cpe:/");
  if (!uri && !lower.startsWith("cpe:2.3:")) return undefined;
  const [part, vendor, product, version] = uri
    ? lower.slice("cpe:/".length).split(":").map(decodePercent)
    : splitEscaped(lower.slice("cpe:2.3:".length));
  if (part !== "a" && part !== "o" && part !== "h") return undefined;
  if (!isNamed(vendor) || !isNamed(product)) return undefined;
  return { part, vendor, product, version: isNamed(version) ? version : null };
}

/** Splits at colons that no backslash precedes, and drops the backslashes. */
function splitEscaped(text: string): readonly string[] {
  const parts: string[] = [""];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === ":") parts.push("");
    else parts[parts.length - 1] += char === "\\" ? (text[++at] ?? "") : char;
  }
  return parts;
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Neither ANY (`*`, empty) nor NA (`-`). */
function isNamed(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text !== "*" && text !== "-";
}
