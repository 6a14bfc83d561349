/** The longest entry a bundle can hold: its length is a 16-bit number. */
export const maxEntry = 65_535;

/** Entries one after the other, each with its length before it as two bytes, high first (C2SP tlog-tiles, "Log entries"). */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const total = entries.reduce((sum, { length }) => sum + 2 + length, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const entry of entries) {
    if (entry.length > maxEntry) throw new Error(`an entry has ${entry.length} bytes, at most ${maxEntry} fit`);
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 255;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** The entries of a bundle; undefined if the bytes end within one. */
export function decodeBundle(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 2 <= bytes.length ? bytes[at]! * 256 + bytes[at + 1]! : Number.POSITIVE_INFINITY;
    if (at + 2 + length > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}
