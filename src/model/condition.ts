import type { Day } from "./day.ts";
import type { Assurance } from "./exchange.ts";
import type { Pack } from "./pack.ts";

/** What happens to what was withheld once the condition holds again: an officer decides, or it goes by itself. */
export const improvements = ["queue", "auto"] as const;
/** What those get who fail: all the same (the condition is only tried), a lesser object that names nothing, or nothing. */
export const variants = ["full", "tearline", "none"] as const;
/** What a partner may be told about what it does not get; each includes the one before. */
export const tellings = ["nothing", "that", "reason", "unlock"] as const;

export type Variant = (typeof variants)[number];
export type Telling = (typeof tellings)[number];

/** What must hold of a partner before it is told something: rules over its posture and identity. */
export interface Condition {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** In force from this day on. */
  readonly from: Day;
  /** Age in days of the oldest posture that is accepted. */
  readonly oldest: number;
  readonly assurance: Assurance;
  readonly onImprove: (typeof improvements)[number];
  readonly otherwise: Variant;
  readonly tell: Telling;
  /** List role of suppliers that the facts about shares speak of; with several, the worst of them counts. */
  readonly roles: readonly string[];
  /** Nations for which `nationNamed` holds, and purposes for which `purposeNamed` does; empty: none. */
  readonly nations: readonly string[];
  readonly purposes: readonly string[];
  readonly file: string;
  /** SHA-256 of the file. */
  readonly sha256: string;
  readonly pack: Pack;
}
