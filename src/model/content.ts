/**
 * One text for one content: two statements say the same exactly if this is the same, whatever the order of their fields and
 * of what they list, whenever they were signed and whoever copied them.
 */
export function contentOf(says: object): string {
  const { signedAt: _when, transcriptOf: _copied, ...content } = says as Readonly<Record<string, unknown>>;
  return JSON.stringify(sorted(content));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.map(sorted).map((item) => [JSON.stringify(item), item]));
    return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, field]) => [name, sorted(field)]));
}
