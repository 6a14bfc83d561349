export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * Text as XML and HTML may hold it, in content and in quoted attributes. Control characters and those that turn the
 * direction of writing are shown as `⟨202E⟩`, so that a hostile name can neither hide nor reorder what stands beside it.
 */
export function escapeText(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** The same without escapes, for places that take plain text. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (char) => `⟨${hex(char)}⟩`);
}

function hex(char: string): string {
  return char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
}

/** One element of SVG. Attributes are escaped, `undefined` ones left out; `children` are markup already. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeText(String(value))}"`]))
    .join("");
  return `<${name}${written}>${children.join("")}</${name}>`;
}

/** A number with at most two digits after the point. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
