/** Decides a written world element by element, without the store and without reduction: the oracle of property tests. */
import { join } from "node:path";
import { gatherEvidence } from "../../src/evidence/gather.ts";
import { catalogue, equipmentFacts, maintenanceFacts } from "../../src/facts/catalogue.ts";
import { gatherKnowledge, type Knowledge } from "../../src/facts/knowledge.ts";
import type { Evidence } from "../../src/model/evidence.ts";
import type { Facts } from "../../src/model/fact.ts";
import type { Companies, EquipmentKey } from "../../src/model/inventory.ts";
import type { Pack } from "../../src/model/pack.ts";
import type { Problem } from "../../src/model/problem.ts";
import type { Outcome, Verdict } from "../../src/model/verdict.ts";
import { decide } from "../../src/policy/decide.ts";
import { loadPack } from "../../src/policy/load.ts";
import { readEvidence } from "../../src/readers/dsse.ts";
import { readTrust } from "../../src/readers/trust.ts";
import { openFolder } from "../../src/storage/folder.ts";
import { ofKey, usesOf } from "../../src/tasks/equipment.ts";
import { marksOf, standingOf } from "../../src/tasks/exceptions.ts";
import { combine, type Judged } from "../../src/tasks/judge.ts";
import { packFiles } from "../../src/tasks/packs.ts";
import { settingOf, type Way } from "../../src/tasks/settings.ts";
import { asWaivers, covering, inForceFor } from "../../src/tasks/waivers.ts";
import type { World } from "./world.ts";

const shipped = openFolder(join(import.meta.dirname, "..", "..", "packs"));
const loaded = new Map<string, Pack>();

/** A shipped pack, loaded once for each set of parameters. */
export function shippedPack(name: string, parameters: Readonly<Record<string, string | number | boolean>> = {}): Pack {
  const id = JSON.stringify([name, parameters]);
  const held = loaded.get(id);
  if (held) return held;
  const { pack, problems } = loadPack(packFiles(shipped, name), catalogue, parameters);
  if (!pack) throw new Error(`${name} does not load: ${JSON.stringify(problems)}`);
  loaded.set(id, pack);
  return pack;
}

/** What the documents of a workspace amount to, read and checked as the program does. */
export function evidenceOf(
  root: string,
  world: World,
): { evidence: readonly Evidence[]; problems: readonly Problem[] } {
  const folder = openFolder(root);
  const read = (name: string, extension: string) =>
    folder.list(name, [extension]).names.flatMap((file) => folder.read(file, 1_000_000) ?? []);
  const documents = [...read("evidence", ".json"), ...read("registers", ".json")].map(readEvidence);
  const trust = readTrust(read("trust", ".yaml"));
  const at = { knownAt: world.config.days?.knownAt ?? "", demo: world.config.demo === true };
  const { evidence, problems } = gatherEvidence(documents, trust.keys, at);
  return { evidence, problems: [...trust.problems, ...problems] };
}

/** What holds of one element with one operator by one pack. */
export interface One {
  readonly pack: string;
  readonly element: string;
  readonly operator: string;
  readonly judged: Judged;
  /** By function, as the element names them. */
  readonly verdicts: readonly Verdict[];
  /** All that the pack's rules read, advice too. */
  readonly facts: readonly Facts[];
}

/** Everything that holds, by pack, element and operator; the name of each is `nameOf`. `vanished`: seen by a ledger, and gone. */
export function decideAll(
  world: World,
  evidence: readonly Evidence[],
  vanished: readonly Evidence[] = [],
): ReadonlyMap<string, One> {
  const companies = companiesOf(world);
  const knowledge = gatherKnowledge(evidence, companies, undefined, undefined, vanished);
  const { config } = world;
  const uses = [
    ...config.binding.map((used) => ["binding", used] as const),
    ...(config.compare ?? []).map((used) => ["compare", used] as const),
  ];
  const all = uses.flatMap(([use, { pack, parameters }]) =>
    decideBy(world, knowledge, use, shippedPack(pack, parameters)),
  );
  return new Map(all.map((one) => [nameOf(one), one]));
}

export function nameOf({ pack, element, operator }: One): string {
  return `${pack} ${element} ${operator}`;
}

export const rank: Readonly<Record<Outcome, number>> = { refused: 0, undecided: 1, admitted: 2 };

type Row = Readonly<Record<string, string | null>> & { readonly id: string; readonly operator: string };

function decideBy(world: World, knowledge: Knowledge, use: Way["use"], pack: Pack): readonly One[] {
  const { config } = world;
  const asOf = config.days?.asOf ?? "";
  const setting = settingOf({ asOf, knownAt: config.days?.knownAt ?? asOf, config, knowledge }, pack, "operate");
  const way: Way = { use, setting, differs: { kind: "nothing" } };
  const exceptions = inForceFor(standingOf(knowledge.exceptions, [{ pack, use }], asOf), pack.name);
  const marks = marksOf(knowledge.exceptions, asOf);
  const rows = rowsInUse(world, asOf).map((row): Row => ({ ...row, mark: marks.get(row.id) ?? null }));
  const keys = keysOf(rows);
  const first = usesOf(setting, keys, asOf);
  return rows.map((row): One => {
    const key = keys.find((one) => sameKind(one, row))!;
    const since = row.in_service_since ?? null;
    const own = since === null ? { to: asOf } : { from: since, to: since };
    const maintained = maintenanceFacts(setting, row.operator, partiesOf(world, row.id));
    const equipment = ofKey({ knowledge }, way, key, first, own);
    const facts = equipment.map((one) => ({ ...equipmentFacts(setting, one), ...maintained }));
    const verdicts = equipment.map((one, at) => {
      const waivers = asWaivers(covering(exceptions, setting, key, one), setting.action);
      return decide(pack, setting, facts[at]!, waivers);
    });
    return { pack: pack.name, element: row.id, operator: row.operator, judged: combine(verdicts), verdicts, facts };
  });
}

/** A row for each element in use and each operator that answers for it. */
function rowsInUse(world: World, asOf: string): readonly Row[] {
  return (world.tables.elements ?? []).flatMap((given) => {
    const row = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === undefined || value === "" ? null : String(value)]),
    );
    if ((row.in_service_since ?? "") > asOf) return [];
    const sharing = (world.tables.uses ?? []).filter(({ element }) => element === row.id);
    const operators = new Set([row.operator ?? "", ...sharing.map(({ operator }) => String(operator))]);
    return [...operators].map((operator) => ({ ...row, id: String(row.id), operator }));
  });
}

const kindColumns = ["operator", "maker", "product", "release", "digest", "functions", "mark"] as const;

function sameKind(key: EquipmentKey, row: Row): boolean {
  return kindColumns.every((column) => key[column] === (row[column] ?? null));
}

function keysOf(rows: readonly Row[]): readonly EquipmentKey[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(kindColumns.map((column) => row[column] ?? null)));
  return [...groups.values()].map((group, key): EquipmentKey => {
    const [row] = group;
    const least = (days: readonly (string | null | undefined)[]) =>
      days.filter((day) => typeof day === "string").sort()[0] ?? null;
    const undated = group.filter(({ release_since }) => !release_since);
    const text = (name: string) => row?.[name] ?? null;
    return {
      key,
      operator: row?.operator ?? "",
      maker: text("maker"),
      product: text("product"),
      release: text("release"),
      digest: text("digest"),
      functions: text("functions"),
      mark: text("mark"),
      left: false,
      elements: group.length,
      inService: least(group.map(({ in_service_since }) => in_service_since)),
      inServiceUnknown: group.filter(({ in_service_since }) => !in_service_since).length,
      releaseSince: least(group.map(({ release_since }) => release_since)),
      releaseUnknown: undated.length,
      releaseUnknownFrom: undated.every(({ in_service_since }) => in_service_since)
        ? least(undated.map(({ in_service_since }) => in_service_since))
        : null,
    };
  });
}

function partiesOf({ tables }: World, element: string): string {
  const named = (tables.relations ?? []).filter(({ from, kind }) => from === element && kind === "maintained-by");
  const parties = named.map(({ to, place, access }) => `${to}|${place ?? ""}|${access ?? ""}`);
  return [...new Set(parties)].sort().join(";");
}

function companiesOf({ tables }: World): Companies {
  const text = (value: string | number | null | undefined) => String(value ?? "");
  const day = (value: string | number | null | undefined) => (value ? String(value) : null);
  const byId = <T extends { readonly id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  return {
    suppliers: byId((tables.suppliers ?? []).map(({ id, name }) => ({ id: text(id), name: text(name), seat: null }))),
    operators: byId(
      (tables.operators ?? []).map(({ id, name, increased_risk: risk }) => ({
        id: text(id),
        name: text(name),
        increasedRisk: risk ? risk === "yes" : null,
        customers: null,
      })),
    ),
    products: byId(
      (tables.products ?? []).map(({ id, supplier, name }) => ({
        id: text(id),
        supplier: text(supplier),
        name: text(name),
        cpe: null,
        purl: null,
      })),
    ),
    owners: (tables.owners ?? []).map(({ owner, owned, percent, kind, from, until }) => ({
      owner: text(owner),
      owned: text(owned),
      percent: Number(percent),
      kind: kind === "control" ? "control" : "votes",
      from: day(from),
      until: day(until),
    })),
    succession: (tables.succession ?? []).map(({ predecessor, successor, day: since }) => ({
      predecessor: text(predecessor),
      successor: text(successor),
      day: text(since),
    })),
  };
}
