import type { Fact, FactDefinition, Facts } from "../model/fact.ts";
import { deriveRemoteDisruption, deriveSeesTraffic, remoteDisruption, seesTraffic } from "./capability.ts";
import { certificate, deriveCertificate } from "./certificate.ts";
import { contractParts, deriveContractParts } from "./contract-parts.ts";
import { critical, deriveCritical } from "./critical.ts";
import { deriveEra, era } from "./era.ts";
import { deriveFiveG, deriveHighRateTransmission, fiveG, highRateTransmission } from "./five-g.ts";
import { deriveGuarantee, guarantee } from "./guarantee.ts";
import { deriveIncreasedRisk, increasedRisk } from "./increased-risk.ts";
import { keptOpen } from "./kept-open.ts";
import { accessAllowed, deriveAccessAllowed, deriveMaintenance, maintenance } from "./maintenance.ts";
import { deriveNetworkSegment, deriveScope, type NetworkSegment, networkSegment, scope } from "./network.ts";
import { deriveNotice, deriveStandStill, notice, standStill } from "./notice.ts";
import { operatorRoleFacts } from "./operator-roles.ts";
import { deriveOversight, deriveOversightEnough, oversight, oversightEnough } from "./oversight.ts";
import { deriveOrderOnFile, deriveProhibited, orderOnFile, prohibited } from "./prohibited.ts";
import { deriveRoleShare, roleShare } from "./role-share.ts";
import { roleFacts } from "./roles.ts";
import { deriveSegment, segment } from "./segment.ts";
import { forOperator, type Setting } from "./setting.ts";
import {
  deriveLargestOwnerShare,
  deriveLargestShare,
  deriveMakerCount,
  deriveMakersEnough,
  deriveMakersEven,
  largestOwnerShare,
  largestShare,
  makerCount,
  makersEnough,
  makersEven,
} from "./spread.ts";
import type { Equipment } from "./subject.ts";
import { sourcesOf } from "./suppliers.ts";
import { deriveTested, tested } from "./tested.ts";
import { deriveVulnerability, vulnerability } from "./vulnerability.ts";

/**
 * A fact, how it is derived, and what the derivation looks at: pack parameters, the element's own first day, and who made
 * it and what it is (`names`), so that the fact rests on the statements by which its names mean that, and its function
 * (`function`), which may settle it or leave it open with nothing else known.
 */
type Derive<Subject> = readonly [
  definition: FactDefinition,
  derive: (setting: Setting, subject: Subject) => Fact,
  looksAt?: {
    readonly parameters?: readonly string[];
    readonly ownFirstUse?: true;
    readonly names?: true;
    readonly function?: true;
  },
];

const eraParameters = ["criticalList", "draftTransition", "firstUseMeans", "exemptEraMustBeShown"];

/** Facts about equipment that is alike: what it is, whose, since when. */
const ofEquipment: readonly Derive<Equipment>[] = [
  [critical, deriveCritical, { parameters: ["criticalList"], function: true }],
  [segment, deriveSegment, { function: true }],
  [increasedRisk, deriveIncreasedRisk],
  [era, deriveEra, { parameters: eraParameters, ownFirstUse: true }],
  [
    certificate,
    deriveCertificate,
    { parameters: [...eraParameters, "lapse", "certifiedLate"], ownFirstUse: true, names: true, function: true },
  ],
  [notice, deriveNotice, { parameters: ["criticalList"], names: true }],
  [standStill, deriveStandStill, { parameters: ["criticalList"], names: true }],
  [guarantee, deriveGuarantee, { parameters: ["exemptEraMustBeShown"], names: true }],
  [prohibited, deriveProhibited, { names: true }],
  [orderOnFile, deriveOrderOnFile, { names: true }],
  ...roleFacts.map(([definition, of]): Derive<Equipment> => [definition, of, { names: true }]),
  ...operatorRoleFacts,
  [oversight, deriveOversight, { names: true }],
  [oversightEnough, deriveOversightEnough, { parameters: ["oversightAtLeast"], names: true }],
  [tested, deriveTested, { names: true }],
  [vulnerability, deriveVulnerability, { names: true }],
  [contractParts, deriveContractParts, { names: true }],
  [seesTraffic, deriveSeesTraffic, { parameters: ["assumedCapabilities"], function: true }],
  [remoteDisruption, deriveRemoteDisruption, { parameters: ["assumedCapabilities"], function: true }],
  [fiveG, deriveFiveG, { parameters: ["nonStandalone"], function: true }],
  [highRateTransmission, deriveHighRateTransmission, { parameters: ["transmissionMeans"], function: true }],
];

/** Facts about the people who work on an element: operator, and the parties that the tables name. */
const ofMaintenance: readonly (readonly [
  FactDefinition,
  (setting: Setting, operator: string, parties: string) => Fact,
])[] = [
  [maintenance, deriveMaintenance],
  [accessAllowed, deriveAccessAllowed],
];

const ofNetwork: readonly Derive<NetworkSegment>[] = [
  [scope, deriveScope],
  [networkSegment, deriveNetworkSegment],
  [makerCount, deriveMakerCount],
  [makersEnough, deriveMakersEnough],
  [makersEven, deriveMakersEven],
  [largestShare, deriveLargestShare],
  [largestOwnerShare, deriveLargestOwnerShare],
  [roleShare, deriveRoleShare],
];

/** Every fact that a rule may look at. */
export const catalogue: readonly FactDefinition[] = [
  ...ofEquipment.map(([definition]) => definition),
  ...ofMaintenance.map(([definition]) => definition),
  ...ofNetwork.map(([definition]) => definition),
];

/** The facts about equipment that the pack's rules read. */
export function equipmentFacts(setting: Setting, equipment: Equipment): Facts {
  const own = forOperator(setting, equipment.operator);
  return Object.fromEntries(
    ofEquipment.flatMap((one) => (reads(setting, one[0]) ? [[one[0].name, ofOne(own, one, equipment)] as const] : [])),
  );
}

function ofOne(setting: Setting, [definition, of, looksAt]: Derive<Equipment>, equipment: Equipment): Fact {
  const fact = keptOpen(definition, setting, (one) => of(one, equipment));
  const names = looksAt?.names ? sourcesOf(equipment.maker, equipment.product) : [];
  return names.length === 0 ? fact : { ...fact, sources: [...fact.sources, ...names] };
}

/** Those facts that hang on the function of equipment: what they are when nothing else is known of it. */
export function functionFacts(setting: Setting, equipment: Equipment): Facts {
  return derive(
    setting,
    ofEquipment.filter(([, , looksAt]) => looksAt?.function === true),
    equipment,
  );
}

/**
 * The same facts with one parameter of the pack set otherwise: only those that look at it are derived anew, the others
 * are the very same objects.
 */
export function revisedFacts(setting: Setting, equipment: Equipment, facts: Facts, name: string): Facts {
  const touched = byParameter.get(name) ?? ofEquipment.filter(([, , looksAt]) => looksAt?.parameters?.includes(name));
  byParameter.set(name, touched);
  return rederive(setting, equipment, facts, touched);
}

/** The same for equipment that differs in the elements' own first day alone. */
export function laterFacts(setting: Setting, equipment: Equipment, facts: Facts): Facts {
  return rederive(setting, equipment, facts, byFirstUse);
}

const byParameter = new Map<string, readonly Derive<Equipment>[]>();
const byFirstUse = ofEquipment.filter(([, , looksAt]) => looksAt?.ownFirstUse === true);

function rederive(setting: Setting, equipment: Equipment, facts: Facts, touched: readonly Derive<Equipment>[]): Facts {
  const used = touched.filter(([{ name }]) => name in facts);
  if (used.length === 0) return facts;
  const own = forOperator(setting, equipment.operator);
  const revised: Record<string, Fact> = { ...facts };
  for (const one of used) revised[one[0].name] = ofOne(own, one, equipment);
  return revised;
}

/** The facts about who works on it that the pack's rules read. */
export function maintenanceFacts(setting: Setting, operator: string, parties: string): Facts {
  const read = ofMaintenance.filter(([definition]) => reads(setting, definition));
  return Object.fromEntries(
    read.map(([definition, of]) => [
      definition.name,
      keptOpen(definition, setting, (one) => of(one, operator, parties)),
    ]),
  );
}

/** The facts about a segment, of an operator's network or the nation's, that the pack's rules read. */
export function networkFacts(setting: Setting, counts: NetworkSegment): Facts {
  const { scope: whose, operator } = counts.element;
  return derive(whose === "operator" ? forOperator(setting, operator) : setting, ofNetwork, counts);
}

function derive<Subject>(setting: Setting, modules: readonly Derive<Subject>[], subject: Subject): Facts {
  const read = modules.filter(([definition]) => reads(setting, definition));
  return Object.fromEntries(
    read.map(([definition, of]) => [definition.name, keptOpen(definition, setting, (one) => of(one, subject))]),
  );
}

const readBy = new WeakMap<Setting["pack"], ReadonlySet<string>>();

function reads({ pack }: Setting, { name }: FactDefinition): boolean {
  const names = readBy.get(pack) ?? new Set(pack.rules.flatMap((rule) => rule.reads));
  readBy.set(pack, names);
  return names.has(name);
}
