import { createHash } from "node:crypto";
import { deriveOversight } from "../facts/oversight.ts";
import { asRecorded, type Setting } from "../facts/setting.ts";
import { identify } from "../facts/subject.ts";
import type { Resolved } from "../facts/suppliers.ts";
import { UserError } from "../model/errors.ts";
import { type Assurance, postureDomains } from "../model/exchange.ts";
import type { GradedFact } from "../model/fact.ts";
import type { Network } from "../model/network.ts";
import type { PosturePredicate } from "../model/statement.ts";
import type { Scales } from "./disclosure/posture-of.ts";
import { networkOf } from "./network-of.ts";
import { type Resolver, resolverOf } from "./network-parties.ts";
import { cellsOf, workIn } from "./posture-shares.ts";
import { type Stock, stockOf } from "./posture-stock.ts";
import { toldBy } from "./posture-told.ts";
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
  /** What leaves shares open that could be told, for who is about to sign it; these words are not signed. */
  readonly open: readonly string[];
  /** Keys of the workspace, by which it is checked once it is signed. */
  readonly scales: Scales;
}

/**
 * Summarises a network for those who share intelligence with it: shares by domain, channel and list role, from where people
 * work on it, the lowest oversight, how much is not known. Counts alone; no element, site or product is named. It never
 * says less than there may be: what was not read, not told or not there leaves a share open. Throws `UserError` for a role
 * that the configuration does not fill, and what opening a workspace throws.
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
    const stock = stockOf(workspace, network);
    const told = toldBy(workspace, resolver, network, raw);
    const counted = { stock, network, resolver, told };
    const { elements, lines, unread, unreadFiles } = stock;
    return {
      predicate: {
        ...{ partner: request.partner, assurance: request.assurance, asOf: workspace.asOf, knownAt: workspace.knownAt },
        ...{ elements: elements + unread, examined: elements, lines },
        ...(unreadFiles.length > 0 && { unreadFiles: unreadFiles.length }),
        lists: listsOf(workspace, roles),
        ...(told.oldest !== undefined && { registers: { oldest: told.oldest } }),
        cells: roles.flatMap((role) => cellsOf(counted, role)),
        work: postureDomains.map((domain) => workIn(domain, counted, raw, workspace.config.country)),
        oversight: await lowestOversight(workspace, resolver, stock, network),
      },
      inventory: digestOf(workspace),
      scales: {
        trust: workspace.trust,
        today: shell.now.toISOString().slice(0, 10),
        demo: workspace.config.demo === true,
      },
      open: [...unreadFiles.map((file) => `${file} was not read: any share may be anything`), ...told.missing],
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

/** Tables that tell who made what: where one of their rows was lost, the maker may be another. */
const tellMakers = ["products", "suppliers", "succession", "operators"] as const;

/** The lowest level over the makers of elements and lines. What widens a share by a maker who is not known may be of any level. */
async function lowestOversight(
  { store, knowledge }: Workspace,
  { setting }: Resolver,
  { kinds, unread, unreadFiles }: Stock,
  { suppliers }: Network,
): Promise<PosturePredicate["oversight"]> {
  const lines = kinds.filter(({ traits }) => traits.length === 0).map(({ maker }) => suppliers[maker]);
  const facts = [
    ...(await store.equipmentKeys()).map((key) => lowestRecorded(setting, identify(setting, key))),
    ...lines.flatMap((id) =>
      id === undefined ? [] : [lowestRecorded(setting, { maker: { id }, product: noProduct })],
    ),
  ];
  const best = Math.min(6, ...facts.map((fact) => Number(fact.best)));
  const lost = unread > 0 || unreadFiles.length > 0 || tellMakers.some((table) => knowledge.damaged.has(table));
  if (facts.length === 0 || lost || lines.includes(undefined)) return { best, worst: 0 };
  return { best, worst: Math.min(...facts.map((fact) => Number(fact.worst))) };
}

const noProduct: Resolved = { why: { code: "missing", text: "a line is no product", who: "operator" } };

/** What is gone and a ledger has seen is heard: that it is gone helps nobody. */
function lowestRecorded(setting: Setting, about: Parameters<typeof deriveOversight>[1]): GradedFact {
  const now = deriveOversight(setting, about);
  const before = asRecorded(setting);
  const then = before && deriveOversight(before, about);
  return then && Number(then.worst) < Number(now.worst) ? { ...now, worst: then.worst } : now;
}

/** Names all that was read without telling it: whoever holds the inventory can show that this is its summary. */
function digestOf({ inputs }: Workspace): string {
  const lines = inputs.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
