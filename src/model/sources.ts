/** What a partner was given, as far as its dependence on sources goes. */
export interface DeliveredItem {
  readonly object: string;
  /** What it is, the same for whoever else delivered it: observable value, pattern, id in a catalogue. */
  readonly key: string;
  /** Who made the content, however it came; absent: not known. */
  readonly source?: string;
  readonly topics: readonly string[];
  readonly conditions: readonly string[];
  /** Microseconds when it first was given. */
  readonly at: number;
}

/** How much of a topic hangs on one source. Parts are of the items of the topic, 0 to 1. */
export interface SourceShare {
  /** STIX id of who made it. */
  readonly source: string;
  /** What its identity object calls it; absent: none is here. */
  readonly title?: string;
  readonly items: number;
  /** Items that nobody else delivered: what is lost if it stops. */
  readonly exclusive: number;
  /** Items credited in equal parts to all who delivered them. */
  readonly credited: number;
  /** Median hours by which it was before all others, of what others had too; absent: nothing. */
  readonly leadHours?: number;
}

export interface TopicDependence {
  readonly topic: string;
  readonly items: number;
  /** Absent below the least number of items for which numbers mean something. */
  readonly numbers?: {
    /** Herfindahl index over credited shares, 0 to 10,000; a span where the origin of some is not known. */
    readonly hhi: readonly [least: number, most: number];
    /** 1 / HHI. */
    readonly effective: readonly [least: number, most: number];
    readonly sources: readonly SourceShare[];
    /** Part of the items whose origin is not known. */
    readonly unknown: number;
    /** Part of the items that carry a condition, and so are lost if it bites. */
    readonly conditions: readonly { readonly condition: string; readonly items: number; readonly part: number }[];
  };
}

export interface SourceDependence {
  readonly kind: "source-dependence";
  readonly partner: string;
  readonly floor: number;
  /** Whether anything was settled for the partner yet; if not, that it was given nothing means nothing. */
  readonly settled: boolean;
  /** Items are knowledge: what several sources delivered is one. */
  readonly items: number;
  readonly topics: readonly TopicDependence[];
  /** Topics that fall below the floor if a source stops, or a condition bites. */
  readonly losses: readonly {
    readonly kind: "source" | "condition";
    readonly name: string;
    readonly title?: string;
    readonly topics: readonly string[];
  }[];
}
