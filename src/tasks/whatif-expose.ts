import { exposureShares, type Share } from "../assess/exposure.ts";
import { exposureFrame, type Frame } from "../assess/exposure-frame.ts";
import { elementsByTrait, type HeldElements, heldFunctions, heldInAll, heldLinks } from "../assess/exposure-held.ts";
import { pathMask } from "../assess/exposure-kinds.ts";
import type { Look, View } from "../assess/exposure-lens.ts";
import { techniquesOf, techniquesOfChannel } from "../assess/exposure-techniques.ts";
import { certaintyWords, protectionOf, sightOf } from "../assess/functions-see.ts";
import { UserError } from "../model/errors.ts";
import { type Channel, channels as everyChannel, type Network, openSupplier, type Suspect } from "../model/network.ts";
import { protections } from "../model/ports/network.ts";
import type { ExposedFunction, ExposeRow, ExposeState, WhatIfExpose } from "../model/whatif-expose.ts";
import { networkOf } from "./network-of.ts";
import type { Shell } from "./shell.ts";
import { type Suspicion, suspectsOf } from "./suspects.ts";
import { type Days, openWorkspace } from "./workspace.ts";

export interface ExposeRequest extends Suspicion, Days {
  /** Channels looked at; all without it. */
  readonly channels?: readonly string[];
}

/**
 * Answers what suppliers could see, looked at as one: by channel and function the data, what still hides it, and the shares
 * of traffic and people; and what would end if maintenance were mediated or links encrypted. Throws `UserError` for a
 * channel or a supplier that nobody knows, and what opening a workspace throws.
 */
export async function whatIfExpose(shell: Shell, request: ExposeRequest): Promise<WhatIfExpose> {
  const looked = readChannels(request.channels ?? []);
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, request, { sites: true });
    shell.progress("reading the network");
    const network = await networkOf(workspace);
    const suspect = suspectsOf(workspace, network, request);
    shell.progress("following the traffic");
    const { asOf, knownAt, config } = workspace;
    return { kind: "whatif-expose", asOf, knownAt, demo: config.demo === true, ...exposeIn(network, suspect, looked) };
  } finally {
    await store.close();
  }
}

function readChannels(texts: readonly string[]): readonly Channel[] {
  const found = texts.map((text) => everyChannel.find((channel) => channel === text));
  const wrong = found.indexOf(undefined);
  if (wrong >= 0) throw new UserError(`expected \`--channel\` of ${everyChannel.join(", ")}, got \`${texts[wrong]}\``);
  return texts.length === 0 ? everyChannel : everyChannel.filter((channel) => found.includes(channel));
}

/** The same for a network that is at hand. */
export function exposeIn(
  network: Network,
  suspect: Suspect,
  looked: readonly Channel[] = everyChannel,
): Omit<WhatIfExpose, "kind" | "asOf" | "knownAt" | "demo"> {
  const frame = exposureFrame(network);
  const groups = groupsOf(looked);
  const functions = groups.flatMap((group) => functionsOf(network, suspect, group));
  const { rows, routed } = stateRows(frame, suspect, groups);
  const names = (numbers: readonly number[]) => numbers.map((number) => network.suppliers[number]!).sort();
  const { count, origin, loose, loops } = network.demands;
  return {
    suspect: suspect.name,
    suppliers: names(suspect.sure),
    mayInclude: names(suspect.may),
    channels: [...looked],
    elements: heldInAll(network, elementsByTrait(network), { suspect, channels: looked, mediated: false }),
    links: linksOf(network, suspect, looked),
    demands: { origin, total: count, routed, leftOut: loose + loops },
    unread: network.unread,
    rows: [...rows, ...functionRows(frame, suspect, groups, functions)],
    functions,
    waysIn: looked
      .filter((channel) => functions.some((held) => held.channel === channel && held.elements.least > 0))
      .map((channel) => ({ channel, techniques: [...techniquesOfChannel(channel)] })),
    notes: notesOf(network, routed),
  };
}

/** Channels that are looked at together: all that are asked for, and each of them. */
interface Group {
  readonly name: ExposeRow["channel"];
  readonly channels: readonly Channel[];
}

function groupsOf(looked: readonly Channel[]): readonly Group[] {
  const each = looked.map((channel): Group => ({ name: channel, channels: [channel] }));
  return looked.length > 1 ? [{ name: "any", channels: looked }, ...each] : each;
}

function functionsOf(network: Network, suspect: Suspect, { name, channels }: Group): readonly ExposedFunction[] {
  const count = elementsByTrait(network);
  const mediated = heldFunctions(network, count, { suspect, channels, mediated: true });
  return heldFunctions(network, count, { suspect, channels, mediated: false }).map((held) =>
    describe(
      held,
      name,
      mediated.find((other) => other.function === held.function),
    ),
  );
}

function describe(held: HeldElements, channel: Group["name"], mediated: HeldElements | undefined): ExposedFunction {
  const sight = sightOf(held.function);
  const { elements, of, unknown } = held;
  return {
    channel,
    function: held.function,
    ...{ elements, of, unknown },
    mediated: mediated?.elements ?? { least: 0, most: 0 },
    operators: [...held.operators],
    sees: sight.sees.map((data) => ({ data, confirmed: sight.confirmed.includes(data) })),
    takesDown: [...sight.takesDown],
    source: sight.source,
    certainty: certaintyWords[sight.certainty],
    protection: [...protectionOf(held.function)],
    techniques: [...techniquesOf(held.function)],
  };
}

function linksOf({ links, linkMaker, suppliers }: Network, suspect: Suspect, looked: readonly Channel[]) {
  const held = heldLinks({ suppliers, linkMaker });
  const made = looked.includes("made");
  const sum = (numbers: readonly number[]) => (made ? numbers.reduce((all, one) => all + held[one]!, 0) : 0);
  const open = made ? linkMaker.reduce((all, maker) => all + Number(maker === openSupplier), 0) : 0;
  const count = new Uint32Array(protections.length);
  for (const protection of links.protection) count[protection]!++;
  return {
    total: links.count,
    held: { least: sum(suspect.sure), most: sum(suspect.sure) + sum(suspect.may) + open },
    protection: protections.map((name, at) => ({ name, links: count[at]! })).filter((one) => one.links > 0),
  };
}

const states: readonly { readonly state: ExposeState; readonly mediated: boolean; readonly content: View }[] = [
  { state: "as-is", mediated: false, content: "content" },
  { state: "mediated", mediated: true, content: "content" },
  { state: "encrypted", mediated: false, content: "content-if-encrypted" },
  { state: "both", mediated: true, content: "content-if-encrypted" },
];

/** Shares by state and channels; parts without anything that has a path are left out. */
function stateRows(frame: Frame, suspect: Suspect, groups: readonly Group[]) {
  const asked = states.flatMap((state) => groups.map((group) => ({ ...state, ...group })));
  const looks = asked.flatMap(({ mediated, channels, content }): Look[] => {
    const watcher = { suspect, channels, mediated };
    return [
      { watcher, view: "metadata" },
      { watcher, view: content },
    ];
  });
  const { shares, routed } = exposureShares(frame, looks);
  const rows = asked.flatMap(({ state, name }, at) =>
    paired({ state, channel: name, function: "" }, shares[2 * at]!, shares[2 * at + 1]!),
  );
  return { rows, routed };
}

/** Shares through the elements of each function that traffic passes, as things are, for the nation. */
function functionRows(
  frame: Frame,
  suspect: Suspect,
  groups: readonly Group[],
  functions: readonly ExposedFunction[],
): readonly ExposeRow[] {
  const asked = functions.flatMap(({ channel, function: name }) => {
    const only = pathMask(name);
    const group = groups.find((one) => one.name === channel)!;
    return only === 0 ? [] : [{ name, only, group }];
  });
  const looks = asked.flatMap(({ only, group }): Look[] => {
    const watcher = { suspect, channels: group.channels, mediated: false };
    return [
      { watcher, view: "metadata", only },
      { watcher, view: "content", only },
    ];
  });
  const { shares } = exposureShares(frame, looks);
  return asked.flatMap(({ name, group }, at) => {
    const nation = (of: readonly Share[]) => of.filter(({ scope }) => scope === "nation");
    const head = { state: "as-is" as const, channel: group.name, function: name };
    return paired(head, nation(shares[2 * at]!), nation(shares[2 * at + 1]!));
  });
}

function paired(
  head: Pick<ExposeRow, "state" | "channel" | "function">,
  metadata: readonly Share[],
  content: readonly Share[],
): readonly ExposeRow[] {
  return metadata.flatMap(({ scope, name, traffic, people }, at) => {
    const inClear = content[at]!;
    if (traffic === null && people === null) return [];
    const seen = { metadata: { traffic, people }, content: { traffic: inClear.traffic, people: inClear.people } };
    return [{ ...head, scope, name, ...seen }];
  });
}

function notesOf({ links, demands, people, unread, operators }: Network, routed: number): string[] {
  const withoutPath = demands.count - routed;
  return [
    ...(links.count === 0 ? ["there are no links: no path was looked at, so no share of traffic or people"] : []),
    ...(demands.count === 0 ? ["there are no demands: no traffic was looked at, so no share of it or of people"] : []),
    ...(demands.origin === "modelled"
      ? ["demands are modelled: radio places exchange traffic with gateways of their operator"]
      : []),
    ...(demands.count > 0 && withoutPath > 0
      ? [`${withoutPath} of ${demands.count} demands have no path and count in no share`]
      : []),
    ...(demands.loose + demands.loops > 0
      ? [`rows of demands left out, for they name no two places of one operator: ${demands.loose + demands.loops}`]
      : []),
    ...(people.some((some) => some > 0) && operators.some(({ customers }) => !customers)
      ? ["customers of operators are not all known: for the nation and regions the people of each operator count alike"]
      : []),
    ...(people.some((some) => some > 0) ? [] : ["no people are known at radio places: no share of people"]),
    ...(unread > 0 ? [`records that could not be read: ${unread}; what they are is in no share`] : []),
    "content is what links do not hide; whether applications encrypt end to end is beyond what evidence says",
    "links whose protection is not known count as not protected",
  ];
}
