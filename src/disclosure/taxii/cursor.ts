import { createHmac, timingSafeEqual } from "node:crypto";
import { bad, type Query } from "./query.ts";

/** What a place in a view is bound to: who asks, for what, with which filters. */
export interface CursorOf {
  readonly partner: string;
  readonly path: string;
  readonly query: Query;
}

const macBytes = 16;

/**
 * A place in a view as `next`: signed, so that only this server makes them; good for this partner, resource and filters
 * alone, for any `limit`, and after a restart.
 */
export function writeCursor(seq: number, of: CursorOf, key: Uint8Array): string {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(seq));
  return Buffer.concat([place, macOf(place, of, key)]).toString("base64url");
}

/** The row after which to go on. Throws 400 for anything that `writeCursor` did not make for just this. */
export function readCursor(text: string, of: CursorOf, key: Uint8Array): number {
  const bytes = /^[A-Za-z0-9_-]{32}$/.test(text) ? Buffer.from(text, "base64url") : Buffer.alloc(0);
  const place = bytes.subarray(0, 8);
  if (bytes.length !== 8 + macBytes || !timingSafeEqual(bytes.subarray(8), macOf(place, of, key))) {
    throw bad("`next` is not one that was given out for this resource with these filters");
  }
  return Number(place.readBigUInt64BE());
}

function macOf(place: Uint8Array, { partner, path, query }: CursorOf, key: Uint8Array): Buffer {
  const filters = [...query].filter(([name]) => name !== "limit" && name !== "next").sort();
  const bound = JSON.stringify([partner, path, filters]);
  return createHmac("sha256", key).update(place).update(bound).digest().subarray(0, macBytes);
}
