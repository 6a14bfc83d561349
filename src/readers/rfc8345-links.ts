import type { Place, Problem } from "../model/problem.ts";
import { isRecord, problemAt } from "./records.ts";
import { shortText } from "./short-text.ts";

type Members = Readonly<Record<string, unknown>>;

/** One end of a link: a node of the link's network, and the port there; null: not given. */
export interface LinkEnd {
  readonly node: string;
  readonly port: string | null;
}

/** A link of a network. It leads one way; whoever means both writes two (RFC 8345, section 4.4.5). */
export interface TopologyLink {
  readonly network: string;
  readonly types: readonly string[];
  readonly link: string;
  readonly from: LinkEnd | null;
  readonly to: LinkEnd | null;
  /** What routing adds up: `te-default-metric` (RFC 8795), else `metric1` (RFC 8346); null: not given, or 0. */
  readonly weight: number | null;
  /** Mbit/s, from the link's largest bandwidth (RFC 8795) where it is given in bytes per second. */
  readonly capacity: number | null;
  readonly supporting: readonly { readonly network: string; readonly link: string }[];
  readonly place: Place;
}

interface Network {
  readonly id: string;
  readonly types: readonly string[];
  /** Names of its nodes. */
  readonly nodes: ReadonlySet<string>;
}

interface At {
  readonly file: string;
  readonly pointer: string;
  readonly problems: Problem[];
}

/** Links of one network. One without an id, with an end that is no node, or whose id stands twice is set aside. */
export function readTopologyLinks(list: unknown, network: Network, at: At): readonly TopologyLink[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    at.problems.push(problemAt(at.file, at.pointer, "wrong-shape", "expected a list of links", 1));
    return [];
  }
  const read = list.flatMap(
    (value: unknown, index) => linkOf(value, network, { ...at, pointer: `${at.pointer}/${index}` }) ?? [],
  );
  const groups = [...Map.groupBy(read, ({ link }) => link).values()];
  return groups.flatMap(([first, ...others]) => {
    if (!first || others.length === 0) return first ?? [];
    const message = `expected each link once in a network, got \`${first.link}\` ${1 + others.length} times in \`${network.id}\`; none of them is used`;
    const { file, pointer = "" } = others[0]?.place ?? first.place;
    at.problems.push(problemAt(file, pointer, "duplicate-id", message, 1 + others.length));
    return [];
  });
}

function linkOf(value: unknown, network: Network, at: At): TopologyLink | undefined {
  const fail = (code: "wrong-shape" | "wrong-type" | "dangling-reference", message: string) => {
    at.problems.push(problemAt(at.file, at.pointer, code, message, 1));
    return undefined;
  };
  const link = isRecord(value) ? idOf(value["link-id"]) : undefined;
  if (!isRecord(value) || !link)
    return fail("wrong-shape", "expected a link with a `link-id` of 1 to 200 printable characters");
  const [from, to] = [endOf(value.source, "source"), endOf(value.destination, "dest")];
  const strange = [from, to].find((end) => end !== null && !network.nodes.has(end.node));
  if (strange) {
    const message = `expected the ends of link \`${link.slice(0, 60)}\` to be nodes of \`${network.id}\` that can be used, got \`${strange.node.slice(0, 60)}\``;
    return fail("dangling-reference", message);
  }
  const [weight, capacity] = [weightOf(value), capacityOf(value)];
  if (weight === undefined || capacity === undefined)
    return fail(
      "wrong-type",
      `expected metric and bandwidth of link \`${link.slice(0, 60)}\` to be numbers, 0 or more`,
    );
  const place = { file: at.file, pointer: at.pointer };
  const supporting = supportingOf(value, network.id, at);
  return {
    network: network.id,
    types: network.types,
    link,
    from,
    to,
    weight: weight || null,
    capacity,
    supporting,
    place,
  };
}

function endOf(value: unknown, name: "source" | "dest"): LinkEnd | null {
  const node = isRecord(value) ? shortText(value[`${name}-node`]) : null;
  const port = isRecord(value) ? shortText(value[`${name}-tp`]) : null;
  return node ? { node, port: port ?? null } : null;
}

function supportingOf(link: Members, network: string, at: At): TopologyLink["supporting"] {
  const list = link["supporting-link"];
  if (list === undefined || list === null) return [];
  const entries: readonly unknown[] = Array.isArray(list) ? list : [list];
  return entries.flatMap((entry, index) => {
    const to = isRecord(entry) ? idOf(entry["link-ref"]) : undefined;
    if (isRecord(entry) && to) return [{ network: idOf(entry["network-ref"]) ?? network, link: to }];
    const message = "expected `network-ref` and `link-ref`; this supporting link is left out";
    at.problems.push(problemAt(at.file, `${at.pointer}/supporting-link/${index}`, "wrong-shape", message, 0));
    return [];
  });
}

/** A number of 0 or more, also as the text that RFC 7951 makes of 64 bits; null: not given; undefined: something else. */
function weightOf(link: Members): number | null | undefined {
  const value =
    at(link, "ietf-te-topology:te", "te-link-attributes", "te-default-metric") ??
    at(link, "ietf-l3-unicast-topology:l3-link-attributes", "metric1");
  if (value === undefined || value === null) return null;
  const text = String(value);
  return /^\d{1,20}$/.test(text) ? Number(text) : undefined;
}

/**
 * Bandwidth of packet switching: a hexadecimal float of bytes per second (`te-bandwidth`, RFC 8776 section 4); other
 * technologies write lists of slots, of which nothing is said here.
 */
function capacityOf(link: Members): number | null | undefined {
  const attributes = at(link, "ietf-te-topology:te", "te-link-attributes");
  const value = isRecord(attributes) ? at(attributes, "max-link-bandwidth", "te-bandwidth", "generic") : undefined;
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") return undefined;
  const float = /^0x([01])(?:\.([0-9a-f]{0,6}))?p\+?(\d{1,3})$/i.exec(value);
  if (!float) return /^[0-9a-fx.p+*,-]{1,4000}$/i.test(value) && !value.startsWith("-") ? null : undefined;
  const [, whole = "0", fraction = "", power = "0"] = float;
  const bytes =
    (Number(whole) + (fraction === "" ? 0 : Number.parseInt(fraction, 16) / 16 ** fraction.length)) *
    2 ** Number(power);
  return (bytes * 8) / 1_000_000;
}

function at(members: Members, ...path: readonly string[]): unknown {
  let value: unknown = members;
  for (const name of path) value = isRecord(value) ? value[name] : undefined;
  return value;
}

function idOf(value: unknown): string | undefined {
  const id = shortText(value);
  return id && id.length <= 200 ? id : undefined;
}
