/** A partner's network of which everything is known, whose posture is asked after something was taken away. All is invented. */
import { rmSync } from "node:fs";
import type { Io } from "../../src/cli/command.ts";
import { openShell } from "../../src/cli/shell.ts";
import { incoherences } from "../../src/evidence/coherence.ts";
import type { PosturePredicate } from "../../src/model/statement.ts";
import { posture } from "../../src/tasks/posture.ts";
import { register, temporaryWorld, type World } from "./world.ts";

export const today = "2026-11-20";
const now = `${today}T12:00:00Z`;

/** The posture of a world as it would be signed today. */
export async function postureOfWorld(world: World, days: { readonly asOf?: string } = {}): Promise<PosturePredicate> {
  const dir = temporaryWorld(world);
  try {
    return await postureOfFolder(dir, days);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

export async function postureOfFolder(dir: string, days: { readonly asOf?: string } = {}): Promise<PosturePredicate> {
  const io: Io = {
    ...{ out: () => undefined, err: () => undefined, cwd: dir, now: new Date(now), env: { FREIGABE_KEYS: dir } },
    ...{ terminal: false, colours: false },
  };
  const { predicate } = await posture(openShell(dir, io), {
    ...{ partner: "DEMO-NATION", assurance: "self", roles: [], ...days },
  });
  return { ...predicate, signedAt: now };
}

/** What a received posture is checked for, of one that was made. */
export function misfitsOf(predicate: PosturePredicate): readonly string[] {
  const digest = { sha256: "a".repeat(64) };
  return incoherences({ kind: "posture", predicate, subjects: [{ name: "DEMO-NATION", digest }] }).map(
    ({ pointer, message }) => `${pointer}: ${message}`,
  );
}

const complete = { edition: 1, asOf: "2026-11-01", nextDue: "2027-06-01" };
export const operators = ["DEMO-north", "DEMO-south"] as const;
/** Three relations for each element, those of the shared one once for each operator. */
const named = { "DEMO-north": 12, "DEMO-south": 9 };

/** A world in which every share is known: who made, built, maintains and manages each element, and each line. */
export const knownWorld: World = {
  config: {
    ...{ name: "nation", country: "DE", demo: true, binding: [{ pack: "de-2026" }] },
    roles: { "listed-maker": [{ supplier: "DEMO-lotus", source: "invented" }] },
    days: { asOf: today, knownAt: today },
  },
  tables: {
    operators: operators.map((id) => ({ id, name: id })),
    suppliers: ["DEMO-nord", "DEMO-taiga", "DEMO-lotus", "DEMO-child"].map((id) => ({ id, name: id })),
    owners: [
      ...["DEMO-nord", "DEMO-taiga", "DEMO-lotus"].map((owned) => ({ owner: "free-float", owned, percent: 100 })),
      { owner: "DEMO-lotus", owned: "DEMO-child", percent: 60 },
      { owner: "free-float", owned: "DEMO-child", percent: 40 },
    ],
    products: [
      { id: "DEMO-core", supplier: "DEMO-nord", name: "Core" },
      { id: "DEMO-radio", supplier: "DEMO-taiga", name: "Radio" },
      { id: "DEMO-router", supplier: "DEMO-child", name: "Router" },
      { id: "DEMO-manager", supplier: "DEMO-nord", name: "Manager" },
    ],
    sites: ["hub", "mast", "far"].map((id) => ({ id, name: id })),
    elements: [
      element("e1", "DEMO-north", "hub", "DEMO-nord", "DEMO-core", "AMF"),
      element("e2", "DEMO-north", "hub", "DEMO-nord", "DEMO-core", "UPF"),
      element("e3", "DEMO-north", "mast", "DEMO-taiga", "DEMO-radio", "gNB"),
      element("e4", "DEMO-south", "mast", "DEMO-taiga", "DEMO-radio", "gNB"),
      element("e5", "DEMO-south", "hub", "DEMO-child", "DEMO-router", "transport-router"),
      element("e6", "DEMO-north", "hub", "DEMO-nord", "DEMO-manager", "RAN-management"),
    ],
    relations: ["e1", "e2", "e3", "e4", "e5", "e6"].flatMap((from, at) => [
      { from, kind: "built-by", to: at === 4 ? "DEMO-child" : "DEMO-nord" },
      { from, kind: "maintained-by", to: "DEMO-taiga", place: at === 2 ? "XL" : "DE", access: "mediated" },
      { from, kind: "managed-by", to: "DEMO-nord", place: "DE", access: at === 3 ? "unmediated" : "mediated" },
    ]),
    uses: [{ operator: "DEMO-south", element: "e6", kind: "shared" }],
    links: [
      { id: "l1", operator: "DEMO-north", from: "mast", to: "hub", kind: "uplink", maker: "DEMO-nord" },
      { id: "l2", operator: "DEMO-south", from: "hub", to: "mast", kind: "trunk" },
    ],
  },
  keys: [
    ...operators.map((id) => ({ id: `${id}-key`, party: id, role: "operator" as const })),
    { id: "DEMO-lab", party: "DEMO lab", role: "lab" },
  ],
  signed: [
    ...operators.map((operator) => ({
      file: `registers/${operator}.json`,
      ...{ by: [`${operator}-key`], on: "2026-11-01" },
      says: register({
        register: "maintenance",
        operator,
        ...complete,
        entries: [{ operator, relations: named[operator] }],
      }),
    })),
    ...(["DEMO-nord", "DEMO-taiga", "DEMO-child"] as const).map((maker, at) => ({
      file: `evidence/${maker}.json`,
      ...{ by: ["DEMO-lab"], on: "2026-10-01" },
      says: { kind: "oversight" as const, predicate: { maker, level: 5 - at } },
    })),
  ],
};

function element(id: string, operator: string, site: string, maker: string, product: string, functions: string) {
  return {
    id,
    operator,
    site,
    maker,
    product,
    functions,
    release: "1.0",
    status: "active",
    in_service_since: "2024-01-01",
  };
}
