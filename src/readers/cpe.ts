/** The parts of a CPE name that identify what it speaks of; `version` is `null` if it names none or any. */
export interface Cpe {
  /** `a` application, `o` operating system, `h` hardware. */
  readonly part: "a" | "o" | "h";
  readonly vendor: string;
  readonly product: string;
  readonly version: string | null;
  /** An attribute after the version (update, edition, language, platform ...) says which of its variants is meant. */
  readonly narrowed: boolean;
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
  const [part, vendor, product, version, ...further] = uri
    ? lower.slice("cpe:/".length).split(":").map(decodePercent)
    : splitEscaped(lower.slice("cpe:2.3:".length));
  if (part !== "a" && part !== "o" && part !== "h") return undefined;
  if (!isNamed(vendor) || !isNamed(product)) return undefined;
  return { part, vendor, product, version: isNamed(version) ? version : null, narrowed: further.some(isNamed) };
}

/**
 * The test of whether a vendor or product of a CPE name covers another text, by wildcards at its ends (NISTIR 7695, 5.3.2);
 * undefined: it has none.
 */
export function wildcardOf(text: string): ((other: string) => boolean) | undefined {
  const isWild = (at: number) => text[at] === "*" || text[at] === "?";
  let [from, to] = [0, text.length];
  while (from < to && isWild(from)) from += 1;
  while (to > from && isWild(to - 1)) to -= 1;
  const [open, close, middle] = [from > 0, to < text.length, text.slice(from, to)];
  if (!open && !close) return undefined;
  return (other) => {
    if (open && close) return other.includes(middle);
    return open ? other.endsWith(middle) : other.startsWith(middle);
  };
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

/** `%01` and `%02` stand for the wildcards (NISTIR 7695, 6.1.2.2). */
function decodePercent(text: string): string {
  return text.replace(/%([0-9a-f]{2})/g, (_, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code === 1 ? "?" : code === 2 ? "*" : String.fromCharCode(code);
  });
}

/** Neither ANY (`*`, empty) nor NA (`-`). */
function isNamed(text: string | undefined): text is string {
  return text !== undefined && text !== "" && text !== "*" && text !== "-";
}
