/** What a STIX object points at, read once from the parsed object; ids in lower case. */
export interface Pointers {
  /** Every id that stands anywhere in it, in whatever property, list or text, but its own and that of its maker; sorted. */
  readonly refs: readonly string[];
  /** `created_by_ref`. */
  readonly createdBy?: string;
  /** What marks it or a part of it, whether it looks like an id or not; sorted. */
  readonly markings: readonly string[];
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const uuidLength = 36;
const longestType = 250;

/** An id as it is compared: hexadecimal digits of a UUID mean the same in either case (RFC 9562, section 4). */
export function foldId(id: string): string {
  return id.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * Reads all pointers of an object, at any depth, in lists of lists, in custom properties, in keys, and in texts: whoever reads
 * an id there knows that the object exists. What stands under `*marking_ref` or `*marking_refs` marks; all else refers.
 */
export function pointersOf(json: Readonly<Record<string, unknown>>): Pointers {
  const [refs, markings] = [new Set<string>(), new Set<string>()];
  const visit = (value: unknown, marks: boolean): void => {
    if (typeof value === "string") addText(value, marks);
    else if (Array.isArray(value)) for (const inner of value) visit(inner, marks);
    else if (typeof value === "object" && value !== null) visitFields(value, marks);
  };
  const addText = (text: string, marks: boolean): void => {
    if (marks) markings.add(foldId(text));
    else for (const id of idsIn(text)) refs.add(id);
  };
  const visitFields = (fields: object, marks: boolean): void => {
    for (const [key, inner] of Object.entries(fields)) {
      addText(key, false);
      visit(inner, marks || isMarkingKey(key));
    }
  };
  const { created_by_ref: createdBy, id: own, ...rest } = json;
  visit(rest, false);
  if (typeof own === "string") refs.delete(foldId(own));
  for (const id of markings) refs.delete(id);
  return {
    refs: [...refs].sort(),
    ...(typeof createdBy === "string" && { createdBy: foldId(createdBy) }),
    markings: [...markings].sort(),
  };
}

/** Every id in a text, in lower case. Linear: an id ends with a UUID of fixed length and begins at most so far before it. */
export function idsIn(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf("--"); at >= 0; at = text.indexOf("--", at + 1)) {
    const uuid = text.slice(at + 2, at + 2 + uuidLength);
    if (uuid.length < uuidLength || !uuidForm.test(uuid)) continue;
    let start = at;
    while (start > 0 && at - start < longestType && isTypeCode(text.charCodeAt(start - 1))) {
      if (text.startsWith("--", start - 2) && start < at) break;
      start -= 1;
    }
    if (start < at) found.push(foldId(`${text.slice(start, at)}--${uuid}`));
  }
  return found;
}

function isMarkingKey(key: string): boolean {
  return key.endsWith("marking_ref") || key.endsWith("marking_refs");
}

/** Letters, digits and the hyphen. */
function isTypeCode(code: number): boolean {
  const isDigit = code >= 0x30 && code <= 0x39;
  const lower = code | 0x20;
  return isDigit || code === 0x2d || (lower >= 0x61 && lower <= 0x7a);
}
