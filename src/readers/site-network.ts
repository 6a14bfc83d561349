import type { Place } from "../model/problem.ts";

/** A node of a published network: a place where equipment may stand. */
export interface NetworkNode {
  /** Unique in the file; links and demands name it. */
  readonly id: string;
  /** What people call it, where that is not the id. */
  readonly name: string | null;
  /** Degrees, WGS 84; null where the file gives none, or gives pixels. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly place: Place;
}

/** A line between two nodes, used both ways. */
export interface NetworkLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Above 0; null: not given. */
  readonly weight: number | null;
  readonly capacity: number | null;
  readonly place: Place;
}

/** Traffic from one node to another, in the unit of capacities. */
export interface NetworkDemand {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  /** Nodes it goes through, both ends included, where the file leaves just one way; null: left to routing. */
  readonly path: readonly string[] | null;
  readonly place: Place;
}

/** Something that many records of a file have in common and that people should know. */
export interface Remark {
  readonly reason: string;
  readonly records: number;
}

/** A network as a file publishes it: nodes, lines and demands in file order, each end one of its nodes. */
export interface SiteNetwork {
  readonly nodes: readonly NetworkNode[];
  readonly lines: readonly NetworkLine[];
  readonly demands: readonly NetworkDemand[];
  readonly remarks: readonly Remark[];
}

/** Remarks that count something; the others say nothing. */
export function counted(remarks: readonly (readonly [reason: string, records: number])[]): readonly Remark[] {
  return remarks.flatMap(([reason, records]) => (records > 0 ? [{ reason, records }] : []));
}
