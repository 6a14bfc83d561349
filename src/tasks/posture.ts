import { createHash } from "node:crypto";
import { deriveOversight } from "../facts/oversight.ts";
import { hasRole, holdersOf } from "../facts/roles.ts";
import { identify } from "../facts/subject.ts";
import { type Day, daysBetween } from "../model/day.ts";
import { UserError } from "../model/errors.ts";
import {
  type Assurance,
  type PostureCell,
  type PostureWork,
  postureChannels,
  postureDomains,
} from "../model/exchange.ts";
import type { Network, Trait } from "../model/network.ts";
import type { RawTrait } from "../model/ports/network.ts";
import type { PosturePredicate } from "../model/statement.ts";
import { networkOf } from "./network-of.ts";
import { type Resolver, resolverOf } from "./network-parties.ts";
import type { Shell } from "./shell.ts";
import { type Days, openWorkspace, type Workspace } from "./workspace.ts";

export interface PostureRequest extends Days {
  /** Id under which originators know the network. */
  readonly partner: string;
  readonly assurance: Assurance;
  /** List roles of `freigabe.yaml`; empty: all of them. */
  readonly roles: readonly string[];
}

/** What is signed, and what it was made from. */
export interface DraftPosture {
  readonly predicate: Omit<PosturePredicate, "signedAt">;
  /** SHA-256 over names and digests of all inputs. */
  readonly inventory: string;
}

/**
 * Summarises a network for those who share intelligence with it: shares by domain, channel and list role, from where people
 * work on it, the lowest oversight, how much is not known. Counts alone; no element, site or product is named. Throws
 * `UserError` for a role that the configuration does not fill, and what opening a workspace throws.
 */
export async function posture(shell: Shell, request: PostureRequest): Promise<DraftPosture> {
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, request, { sites: true });
    shell.progress("reading the network");
    const network = await networkOf(workspace);
    const { traits: raw } = await store.network();
    const resolver = resolverOf(workspace);
    const roles = rolesOf(workspace, request.roles);
    const counts = countTraits(network);
    const elements = network.elements.trait.length + network.unread;
    return {
      predicate: {
        ...{ partner: request.partner, assurance: request.assurance, asOf: workspace.asOf, knownAt: workspace.knownAt },
        ...{ elements, examined: network.elements.trait.length },
        lists: listsOf(workspace, roles),
        ...registersOf(workspace),
        cells: roles.flatMap((role) => cellsOf(resolver, network, counts, role)),
        work: postureDomains.map((domain) => workIn(domain, { workspace, resolver, network, raw, counts })),
        oversight: await lowestOversight(workspace, resolver),
      },
      inventory: digestOf(workspace),
    };
  } finally {
    await store.close();
  }
}

function rolesOf({ config }: Workspace, wanted: readonly string[]): readonly string[] {
  const known = Object.keys(config.roles ?? {}).sort();
  const stray = wanted.find((role) => !known.includes(role));
  if (stray !== undefined) {
    throw new UserError(
      `\`freigabe.yaml\` does not say who has the role \`${stray}\``,
      `it fills ${known.join(", ") || "no role"}`,
    );
  }
  const roles = wanted.length > 0 ? wanted : known;
  if (roles.length > 0) return roles;
  throw new UserError(
    "`freigabe.yaml` gives nobody a role: shares are those of suppliers on a list",
    "list them under `roles`",
  );
}

function listsOf({ config }: Workspace, roles: readonly string[]): PosturePredicate["lists"] {
  return roles.map((role) => {
    const entries = config.roles?.[role] ?? [];
    const [first] = entries;
    return { role, suppliers: entries.map(({ supplier }) => supplier), ...(first && { source: first.source }) };
  });
}

/** Age of the oldest among the newest editions of each register. */
function registersOf({ knowledge, knownAt }: Workspace): Pick<PosturePredicate, "registers"> {
  const newest = new Map<string, Day>();
  for (const { says } of knowledge.registers) {
    const name = JSON.stringify([says.register, says.operator, says.schemes]);
    const held = newest.get(name);
    if (held === undefined || says.asOf > held) newest.set(name, says.asOf);
  }
  if (newest.size === 0) return {};
  return { registers: { oldest: Math.max(0, ...[...newest.values()].map((day) => daysBetween(day, knownAt))) } };
}

function countTraits({ elements, traits }: Network): Uint32Array {
  const counts = new Uint32Array(traits.length);
  for (const trait of elements.trait) counts[trait]!++;
  return counts;
}

/** How much of a count surely is so, and how much may be. */
interface Tally {
  base: number;
  sure: number;
  may: number;
  /** Of elements that may belong to the domain: how many, and how many of them may count. */
  loose: number;
  looseMay: number;
}

/** Counts elements by trait; what was not read may be anything anywhere. */
function tally(
  { traits, unread }: Pick<Network, "traits" | "unread">,
  counts: Uint32Array,
  domain: (typeof postureDomains)[number],
  is: (trait: Trait, at: number) => boolean | "unknown",
): Tally {
  const sum: Tally = { base: 0, sure: 0, may: 0, loose: unread, looseMay: unread };
  for (const [at, trait] of traits.entries()) {
    const count = counts[at]!;
    const known = is(trait, at);
    const inside = domain === "any" || trait.domain === domain;
    if (inside) {
      sum.base += count;
      if (known === true) sum.sure += count;
      if (known === "unknown") sum.may += count;
    } else if (trait.domain === "unknown") {
      sum.loose += count;
      if (known !== false) sum.looseMay += count;
    }
  }
  return sum;
}

/** Whole percent, rounded up: one element of a million is not none. What may be elsewhere dilutes at best and adds at worst. */
function percentOf({ base, sure, may, loose, looseMay }: Tally) {
  const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.ceil((100 * part) / whole));
  return {
    best: percent(sure, base + loose - looseMay),
    worst: percent(sure + may + looseMay, base + looseMay),
  };
}

function cellsOf({ setting }: Resolver, network: Network, counts: Uint32Array, role: string): readonly PostureCell[] {
  const holders = holdersOf(setting, role);
  const listed = network.suppliers.map((supplier) =>
    holders.kind === "unfilled" ? "unknown" : hasRole(setting, holders, supplier).known,
  );
  return postureDomains.flatMap((domain) =>
    postureChannels.map((channel): PostureCell => {
      const found = tally(network, counts, domain, ({ holders: held }) => {
        const { sure, open } = held[channel];
        if (sure.some((supplier) => listed[supplier] === true)) return true;
        return open || sure.some((supplier) => listed[supplier] === "unknown") ? "unknown" : false;
      });
      const { best, worst } = percentOf(found);
      return { domain, channel, role, base: found.base + found.loose, undecided: found.may + found.loose, best, worst };
    }),
  );
}

interface Working {
  readonly workspace: Workspace;
  readonly resolver: Resolver;
  readonly network: Network;
  readonly raw: readonly RawTrait[];
  readonly counts: Uint32Array;
}

/** From where people maintain or manage, and whether past the operator's own gateway. */
function workIn(
  domain: (typeof postureDomains)[number],
  { workspace, resolver, network, raw, counts }: Working,
): PostureWork {
  const { country } = workspace.config;
  const unsaid = (at: number) => !resolver.closed(raw[at]!.operator) || raw[at]!.managers.length > 0;
  const parties = (at: number) =>
    [...raw[at]!.maintainedBy, ...raw[at]!.managedBy].filter(({ access }) => access !== "none");
  const abroad = tally(network, counts, domain, (_, at) => {
    const places = parties(at).map(({ place }) => place);
    if (country !== undefined && places.some((place) => place !== null && place !== country)) return true;
    const open = places.some((place) => place === null || country === undefined);
    return open || unsaid(at) ? "unknown" : false;
  });
  const unmediated = tally(network, counts, domain, (trait, at) => {
    if (parties(at).some(({ access }) => access === "unmediated")) return true;
    const open = parties(at).some(({ access }) => access === null) || trait.maybeUnmediated.length > 0;
    return open || trait.unmediated.length > 0 || unsaid(at) ? "unknown" : false;
  });
  return { domain, base: abroad.base + abroad.loose, abroad: percentOf(abroad), unmediated: percentOf(unmediated) };
}

async function lowestOversight({ store }: Workspace, { setting }: Resolver): Promise<PosturePredicate["oversight"]> {
  let [worst, best] = [6, 6];
  for (const key of await store.equipmentKeys()) {
    const fact = deriveOversight(setting, identify(setting, key));
    worst = Math.min(worst, Number(fact.worst));
    best = Math.min(best, Number(fact.best));
  }
  return { best, worst };
}

/** Names all that was read without telling it: whoever holds the inventory can show that this is its summary. */
function digestOf({ inputs }: Workspace): string {
  const lines = inputs.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
