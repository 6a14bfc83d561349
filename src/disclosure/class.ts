import type { ObjectClass } from "../model/disclosure.ts";
import { narrower } from "../model/tlp.ts";

export const openClass: ObjectClass = { conditions: [] };

/** Both demands at once; `owner` and `instead` are the first one's. */
export function both(one: ObjectClass, other: ObjectClass): ObjectClass {
  const tlp = one.tlp && other.tlp ? narrower(one.tlp, other.tlp) : (one.tlp ?? other.tlp);
  const recipients = common(one.recipients, other.recipients);
  return {
    conditions: [...new Set([...one.conditions, ...other.conditions])].sort(),
    ...(tlp && { tlp }),
    ...(recipients && { recipients }),
    ...((one.unreadable ?? other.unreadable) && { unreadable: true }),
    ...((one.private ?? other.private) && { private: true }),
    ...((one.within ?? other.within) && { within: united(one.within ?? [], other.within ?? []) }),
    ...(one.owner !== undefined && { owner: one.owner }),
    ...(one.instead && { instead: one.instead }),
  };
}

function common(one: readonly string[] | undefined, other: readonly string[] | undefined) {
  return one && other ? one.filter((name) => other.includes(name)) : (one ?? other);
}

function united(one: readonly (readonly string[])[], other: readonly (readonly string[])[]) {
  const lists = new Map([...one, ...other].map((list) => [list.join(" "), list]));
  return [...lists].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, list]) => list);
}

/** The class as text, the same for equal ones; the store's key for it. */
export function classKey(wanted: ObjectClass): string {
  const { tlp, conditions, recipients, unreadable, private: own, within, owner, instead } = wanted;
  const inner: unknown = instead && JSON.parse(classKey(instead));
  return JSON.stringify({ tlp, conditions, recipients, unreadable, private: own, within, owner, instead: inner });
}

/** Reads what `classKey` wrote. */
export function readClass(key: string): ObjectClass {
  return JSON.parse(key) as ObjectClass;
}
