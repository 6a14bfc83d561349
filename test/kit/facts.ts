/** Settings and equipment for the unit tests of facts: the shipped packs, and statements checked as in earnest. */
import { join } from "node:path";
import { gatherEvidence } from "../../src/evidence/gather.ts";
import { catalogue } from "../../src/facts/catalogue.ts";
import { gatherKnowledge, type Knowledge } from "../../src/facts/knowledge.ts";
import type { Setting } from "../../src/facts/setting.ts";
import type { Equipment, FirstUse } from "../../src/facts/subject.ts";
import type { Companies, Ownership, Succession } from "../../src/model/inventory.ts";
import type { Pack } from "../../src/model/pack.ts";
import type { Statement } from "../../src/model/statement.ts";
import { loadPack } from "../../src/policy/load.ts";
import { openFolder } from "../../src/storage/folder.ts";
import { packFiles } from "../../src/tasks/packs.ts";
import { type Person, signedBy } from "./evidence.ts";

const shipped = openFolder(join(import.meta.dirname, "../../packs"));

/** A shipped pack, with parameters as a workspace sets them. */
export function packNamed(name: string, parameters: Readonly<Record<string, string | number>> = {}): Pack {
  const { pack, problems } = loadPack(packFiles(shipped, name), catalogue, parameters);
  if (!pack) throw new Error(problems.map(({ message }) => message).join("; "));
  return pack;
}

const de2026 = packNamed("de-2026");

/** Who is who: suppliers and products by id, owners and successions as the tables have them. */
export function companies(
  given: {
    readonly suppliers?: readonly string[];
    readonly products?: Readonly<Record<string, string>>;
    readonly operators?: readonly string[];
    readonly owners?: readonly (Pick<Ownership, "owner" | "owned" | "percent"> & Partial<Ownership>)[];
    readonly succession?: readonly Succession[];
  } = {},
): Companies {
  const suppliers = given.suppliers ?? ["DEMO-MAKER", "DEMO-OTHER"];
  const operators = given.operators ?? ["DEMO-north", "DEMO-south"];
  const products = Object.entries(given.products ?? { "DEMO-AMF": "DEMO-MAKER" });
  return {
    suppliers: new Map(suppliers.map((id) => [id, { id, name: id, seat: null }])),
    operators: new Map(operators.map((id) => [id, { id, name: id, increasedRisk: null, customers: null }])),
    products: new Map(products.map(([id, supplier]) => [id, { id, supplier, name: id, cpe: null, purl: null }])),
    owners: (given.owners ?? []).map((row) => ({ from: null, until: null, kind: "votes", ...row })),
    succession: given.succession ?? [],
  };
}

/** What is known once these statements were checked on 20 November 2026; one that is no evidence is an error. */
export function knowing(
  said: readonly (readonly [Statement, ...Person[]])[] = [],
  who: Companies = companies(),
): Knowledge {
  const documents = said.map(([statement, ...people], at) => ({
    ...signedBy(statement, ...people),
    file: `evidence/${at}.json`,
  }));
  const trust = said.flatMap(([, ...people]) => people.map(({ key }) => key));
  const gathered = gatherEvidence(documents, [...new Set(trust)], { knownAt: "2026-11-20", demo: true });
  if (gathered.evidence.length < said.length)
    throw new Error(gathered.problems.map(({ message }) => message).join("; "));
  return gatherKnowledge(gathered.evidence, who);
}

/** `de-2026` asks whether it may operate, on 20 November 2026. */
export function settingOf(changes: Partial<Setting> = {}): Setting {
  const pack = changes.pack ?? de2026;
  return {
    action: "operate",
    asOf: "2026-11-20",
    knownAt: "2026-11-20",
    pack,
    country: "DE",
    roles: {},
    knowledge: knowing(),
    ...changes,
    parameters: { ...pack.parameters, ...changes.parameters },
  };
}

/** First use on one day, whatever "first use" means. */
export function firstUseOn(day: string): FirstUse {
  return { type: { from: day, to: day }, release: { from: day, to: day }, element: { from: day, to: day } };
}

/** An AMF of release 21.3, first used on 2 March 2026. */
export function equipmentOf(changes: Partial<Equipment> = {}): Equipment {
  return {
    operator: "DEMO-north",
    registered: { id: "DEMO-north", name: "DEMO Nordnetz", increasedRisk: true, customers: null },
    maker: { id: "DEMO-MAKER" },
    product: { id: "DEMO-AMF" },
    release: "21.3",
    digest: null,
    function: "AMF",
    firstUse: firstUseOn("2026-03-02"),
    ...changes,
  };
}
