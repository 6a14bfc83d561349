import type { Micros } from "../model/ports/disclosure.ts";

/** A moment as TAXII 2.1 writes it (section 3.1): UTC, six fraction digits. */
export function formatMicros(at: Micros): string {
  const seconds = Math.floor(at / 1e6);
  const fraction = String(at - seconds * 1e6).padStart(6, "0");
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

const moment = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/** Reads a moment with up to nine fraction digits, those beyond the sixth cut; undefined if it is none that exists. */
export function readMicros(text: string): Micros | undefined {
  const found = moment.exec(text);
  const millis = found ? Date.parse(`${found[1]}Z`) : Number.NaN;
  if (!found || Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 19) !== found[1]) return undefined;
  return millis * 1000 + Number((found[2] ?? "").padEnd(6, "0").slice(0, 6));
}

/** The same instant with nine fraction digits, which sorts as text; undefined if it is none that exists. */
export function versionKeyOf(text: string): string | undefined {
  const found = moment.exec(text);
  if (!found || readMicros(text) === undefined) return undefined;
  return `${found[1]}.${(found[2] ?? "").padEnd(9, "0")}Z`;
}

export function microsOf(date: Date): Micros {
  return date.getTime() * 1000;
}
