import { type Channel, type Network, openSupplier, type Suspect, type Trait } from "../model/network.ts";

/** Who is looked at, through which channels (their union), and whether all who maintain come in through the operator's own gateway. */
export interface Watcher {
  readonly suspect: Suspect;
  readonly channels: readonly Channel[];
  readonly mediated: boolean;
}

/**
 * How surely a watcher stands behind each trait, and the lines of each maker asked for: 2 surely, 1 perhaps, 0 not. Who is
 * `open` may be anybody, so it may be them.
 */
export interface Grips {
  readonly traits: Uint8Array;
  readonly lines: Uint8Array;
}

export function gripsOf(network: Network, lineMakers: readonly number[], watcher: Watcher): Grips {
  const member = memberOf(network.suppliers.length, watcher.suspect);
  return {
    traits: Uint8Array.from(network.traits, (trait) => gripOn(trait, watcher, member)),
    lines: Uint8Array.from(lineMakers, (maker) => gripOnLine(maker, watcher, member)),
  };
}

/** Supplier number -> 2 belongs to the suspect, 1 might, 0 does not. */
function memberOf(suppliers: number, { sure, may }: Suspect): Uint8Array {
  const member = new Uint8Array(suppliers);
  for (const supplier of may) member[supplier] = 1;
  for (const supplier of sure) member[supplier] = 2;
  return member;
}

function gripOn(trait: Trait, { channels, mediated }: Watcher, member: Uint8Array): number {
  return channels.reduce((most, channel) => Math.max(most, gripThrough(trait, channel, mediated, member)), 0);
}

function gripThrough(trait: Trait, channel: Channel, mediated: boolean, member: Uint8Array): number {
  const { sure, open } = trait.holders[channel];
  const ended = mediated && (channel === "maintained" || channel === "managed") ? past(trait) : nobody;
  const known = sure.reduce((most, supplier) => Math.max(most, ended.has(supplier) ? 0 : member[supplier]!), 0);
  // Who maintains without being named would come through the gateway too; who made an unnamed manager would not.
  const unnamed = open && !(mediated && channel === "maintained");
  return Math.max(known, unnamed ? 1 : 0);
}

const nobody: ReadonlySet<number> = new Set();
const past = ({ unmediated, maybeUnmediated }: Trait) => new Set([...unmediated, ...maybeUnmediated]);

/** A line has a maker, and nothing else that the tables tell. */
function gripOnLine(maker: number, { channels }: Watcher, member: Uint8Array): number {
  if (!channels.includes("made")) return 0;
  return maker === openSupplier ? 1 : (member[maker] ?? 0);
}
