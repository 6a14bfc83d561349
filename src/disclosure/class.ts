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
    ...((one.quarantined ?? other.quarantined) && { quarantined: true }),
    ...(one.owner !== undefined && { owner: one.owner }),
    ...(one.instead && { instead: one.instead }),
  };
}

function common(one: readonly string[] | undefined, other: readonly string[] | undefined) {
  return one && other ? one.filter((name) => other.includes(name)) : (one ?? other);
}

/** The class as text, the same for equal ones; the store's key for it. */
export function classKey({
  tlp,
  conditions,
  recipients,
  unreadable,
  quarantined,
  owner,
  instead,
}: ObjectClass): string {
  const inner: unknown = instead && JSON.parse(classKey(instead));
  return JSON.stringify({ tlp, conditions, recipients, unreadable, quarantined, owner, instead: inner });
}

/** Reads what `classKey` wrote. */
export function readClass(key: string): ObjectClass {
  return JSON.parse(key) as ObjectClass;
}
