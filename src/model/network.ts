import type { Domain } from "./functions.ts";
import type { RawElements, RawLinks, RawPlaces } from "./ports/network.ts";

/** What a supplier may have to do with an element. */
export type Channel = "made" | "built" | "maintained" | "managed" | "contains";
export const channels: readonly Channel[] = ["made", "built", "maintained", "managed", "contains"];

/**
 * Who stands behind an element in one channel, as numbers of suppliers, each list sorted. `open`: somebody else may too,
 * for the tables do not say or say it of a name nobody knows.
 */
export interface Holders {
  readonly sure: readonly number[];
  readonly open: boolean;
}

/** A kind of element, its texts resolved to suppliers of the as-of day. */
export interface Trait {
  readonly operator: number;
  /** Names of functions it bears; empty: not known. */
  readonly functions: readonly string[];
  readonly domain: Domain;
  /** Segments its functions work in (`facts/segment.ts`); null among them: what is not known. */
  readonly segments: readonly (string | null)[];
  /** As the tables have it now; the ledger has it otherwise. It may be here, or still what and where it was. */
  readonly moved: boolean;
  readonly product: string | null;
  /** Product and release in words, for reports. */
  readonly release: string | null;
  readonly holders: Readonly<Record<Channel, Holders>>;
  /** Of those who maintain or manage it: who reaches it past the operator's own gateway, or may (access is not given). */
  readonly unmediated: readonly number[];
  readonly maybeUnmediated: readonly number[];
  /** Traits of the elements that manage it. */
  readonly managers: readonly number[];
}

export interface Region {
  readonly name: string;
  /** People who live there; null: not known. */
  readonly people: number | null;
  readonly year: number | null;
  readonly source: string | null;
}

export interface Pool {
  readonly id: string;
  readonly operator: number;
  readonly function: string;
  readonly needed: number;
  /** Regions whose sites need it; empty: all. */
  readonly regions: readonly number[];
  /** Members: the place where each stands and what must live for it. */
  readonly place: Uint32Array;
  readonly bundle: Uint32Array;
  readonly missing: number;
}

export interface Demands {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly value: Float64Array;
  readonly paths: ReadonlyMap<number, Uint32Array>;
  /**
   * `table`: as `demands` says. `modelled`: there is no such table; each radio place exchanges traffic with every gateway
   * (place with user-plane functions) of its operator in equal parts, as much as people are apportioned to it (else 1).
   */
  readonly origin: "table" | "modelled" | "none";
  readonly loose: number;
  readonly loops: number;
}

/** A network on the as-of day, ready for analysis: numbers throughout. See `NetworkTables` for what the arrays hold. */
export interface Network {
  readonly operators: readonly { readonly id: string; readonly customers: number | null }[];
  readonly regions: readonly Region[];
  readonly suppliers: readonly string[];
  readonly places: RawPlaces;
  readonly elements: RawElements;
  readonly traits: readonly Trait[];
  readonly bundles: readonly (readonly number[])[];
  readonly links: RawLinks;
  /** Supplier of each link's line, in channel `made`: supplier number, `noSupplier`, or `openSupplier`. */
  readonly linkMaker: Uint16Array;
  readonly demands: Demands;
  readonly pools: readonly Pool[];
  /** Places where an element bears a radio function (`radioFunctions`): what serves people. */
  readonly radio: Uint8Array;
  /** People apportioned to each place: those of its region, evenly over the operator's radio places there; 0 elsewhere. */
  readonly people: Float64Array;
  /** Traffic that begins or ends at each place. */
  readonly traffic: Float64Array;
  /** Records that could not be read, and what has left: each may be an element anywhere. */
  readonly unread: number;
  /** Of these, what has left the tables; sorted as the store's keys are. */
  readonly left: readonly LeftElements[];
}

/** Elements that are alike and left the tables, where they last stood. */
export interface LeftElements {
  readonly operator: string;
  readonly functions: readonly string[];
  /** As those of a `Trait`. */
  readonly segments: readonly (string | null)[];
  /** Supplier of the as-of day; null: not known. */
  readonly maker: string | null;
  readonly units: number;
}
export const noSupplier = 0xffff;
export const openSupplier = 0xfffe;

/** Functions that serve people over the air: a place with one of these is a radio place. */
export const radioFunctions: readonly string[] = ["gNB", "gNB-CU", "gNB-CU-CP", "gNB-CU-UP", "gNB-DU", "eNB", "RU"];
/** Functions through which traffic passes a place on its way; it passes one element of each that is there. */
export const transitFunctions: readonly string[] = [
  "transport-router",
  "transport-switch",
  "optical-transport",
  "microwave-link",
  "security-gateway",
];
/** Functions where the user plane leaves the operator's network. */
export const gatewayFunctions: readonly string[] = ["UPF", "PGW"];

/**
 * Suppliers looked at as one: by name, by owner, or by country. `sure` belong to it; `may` might, for their owners are not
 * known. Sorted numbers of suppliers.
 */
export interface Suspect {
  readonly name: string;
  readonly sure: readonly number[];
  readonly may: readonly number[];
}
