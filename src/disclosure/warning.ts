import type { Micros } from "../model/ports/disclosure.ts";
import { readMicros } from "./time.ts";

/**
 * Marking definition of ours (docs/disclosure.md): what carries it tells of a threat to life or limb, and is withheld from
 * nobody by rule alone. It is known by its id, like those of TLP: what somebody posts under it changes nothing. It demands
 * nothing of who may have what it marks.
 */
export const threatToLife = "marking-definition--8dfa1344-0128-444e-aadf-1889ab5fc405";

/** Whether an object still warns of anything: not once it was revoked, or its time is over. */
export function stillWarns(text: string, now: Micros): boolean {
  const { revoked, valid_until: until } = JSON.parse(text) as {
    readonly revoked?: unknown;
    readonly valid_until?: unknown;
  };
  const ended = typeof until === "string" ? readMicros(until) : undefined;
  return revoked !== true && (ended === undefined || now < ended);
}
