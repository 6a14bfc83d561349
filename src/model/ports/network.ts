/**
 * A network as numbers, as the tables have it: texts are numbered once, millions of rows are typed arrays. A *place* is a
 * pair of operator and site; what several operators use stands at a place of each.
 */
export interface NetworkTables {
  readonly operators: readonly string[];
  /** Names of regions, sorted; `""`: no region is given, or the site is not in the sites table. */
  readonly regions: readonly string[];
  readonly places: RawPlaces;
  readonly elements: RawElements;
  /** Distinct kinds of element. */
  readonly traits: readonly RawTrait[];
  /**
   * What must live for an element to live: numbers of traits, sorted, without repeats: its own, those of all its parts, and
   * of all it runs on, however far. The bundle of a trait alone has the trait's own number; others follow.
   */
  readonly bundles: readonly (readonly number[])[];
  readonly links: RawLinks;
  readonly demands: RawDemands;
  readonly pools: readonly RawPool[];
}

/** Sorted by operator and site id; elements without a site stand at one place per operator whose site is `noSite`. */
export interface RawPlaces {
  readonly count: number;
  readonly operator: Uint16Array;
  readonly region: Uint16Array;
  /** Number that `siteIds` takes. */
  readonly site: Uint32Array;
  /** Degrees, WGS 84; not a number where no position is known. */
  readonly latitude: Float32Array;
  readonly longitude: Float32Array;
}
export const noSite = 0xffffffff;

/** A row per (element, responsible operator) in use, in no order that may be relied on. */
export interface RawElements {
  readonly place: Uint32Array;
  readonly trait: Uint32Array;
  /** Number of its bundle; `partOnly` for a part of another element, which does nothing by itself. */
  readonly bundle: Uint32Array;
  /**
   * 1 for the first operator of an element, 0 for the others: sums over operators that count each element once. Rows of one
   * element stand together, the first one first.
   */
  readonly first: Uint8Array;
}
export const partOnly = 0xffffffff;

/** Who works on an element, and from where. */
export interface RawParty {
  readonly supplier: string;
  readonly place: string | null;
  readonly access: "mediated" | "unmediated" | "none" | null;
}

/** What one kind of element is and who has to do with it; texts as the tables have them, `null` where they are silent. */
export interface RawTrait {
  readonly operator: string;
  readonly maker: string | null;
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
  readonly functions: string | null;
  /** It stood elsewhere, or was something else, when it was recorded, and nobody has signed that it was moved. */
  readonly moved: boolean;
  readonly builtBy: readonly string[];
  readonly maintainedBy: readonly RawParty[];
  /** Suppliers that manage it. */
  readonly managedBy: readonly RawParty[];
  /** Traits of the elements that manage it. */
  readonly managers: readonly number[];
}

/** Rows of `links`, once for each operator; only those whose both ends are places of it. */
export interface RawLinks {
  readonly count: number;
  /** Places. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly uplink: Uint8Array;
  readonly weight: Float64Array;
  /** Not a number: not known. */
  readonly capacity: Float64Array;
  /** Number in `makers`; 0: none named. */
  readonly maker: Uint16Array;
  readonly makers: readonly (string | null)[];
  /** Number in `protections`. */
  readonly protection: Uint8Array;
  /** 1 for the first operator of a row, 0 for the others: sums over operators that count each line once. */
  readonly first: Uint8Array;
  /** Ids, or `from to` where a link has none: for reports, in the order of rows. */
  readonly ids: (link: number) => string;
  /** Rows that name a site at which no operator has equipment, or that lead from a site to itself. */
  readonly loose: number;
  readonly loops: number;
}
export const protections = ["", "none", "ipsec", "macsec", "optical"] as const;

export interface RawDemands {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly value: Float64Array;
  /** Row -> places it goes through, both ends included, for those whose path is given. */
  readonly paths: ReadonlyMap<number, Uint32Array>;
  /** Rows whose ends are no places of one operator, or whose operator cannot be told; and from a site to itself. */
  readonly loose: number;
  readonly loops: number;
}

/** A row of `pools` with its members: places and bundles of the elements that it names or that bear its function. */
export interface RawPool {
  readonly id: string;
  readonly operator: number;
  readonly function: string;
  readonly needed: number;
  /** Regions whose sites need it; empty: all. */
  readonly regions: readonly number[];
  readonly place: Uint32Array;
  readonly bundle: Uint32Array;
  /** Members it names that are not in use or not there. */
  readonly missing: number;
}
