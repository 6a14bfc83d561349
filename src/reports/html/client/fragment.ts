/** The state that stands in the address after `#`: `element=ID`, `question=N`, `site=ID`, `lang=de`, in any order. */
export function readFragment(hash: string): Map<string, string> {
  const state = new Map<string, string>();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at <= 0) continue;
    try {
      state.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1)));
    } catch {
      // A broken escape in a typed address says nothing.
      state.delete(part.slice(0, at));
    }
  }
  return state;
}

/** The fragment of a state; `#` alone if there is nothing to say. */
export function fragmentWith(state: ReadonlyMap<string, string>): string {
  const parts = [...state].map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `#${parts.join("&")}`;
}

/** A link to a state, in the language in which the page stands. */
export function linkTo(key: string, value: string): string {
  const state = new Map([[key, value]]);
  const language = readFragment(location.hash).get("lang");
  if (language !== undefined) state.set("lang", language);
  return fragmentWith(state);
}
