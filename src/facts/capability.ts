import type { FactDefinition, GradedFact, Source, Why } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import type { Capability } from "../model/pack.ts";
import { graded } from "./build.ts";
import { parameter, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

const shape = { mode: "graded", values: [true, false], subject: "element", who: ["authority"] } as const;

export const seesTraffic: FactDefinition = {
  ...shape,
  name: "seesTraffic",
  question:
    "Can equipment of this function route or redirect users' traffic, or see it (by the pack's `capabilities`)?",
};

export const remoteDisruption: FactDefinition = {
  ...shape,
  name: "remoteDisruption",
  question: "Can equipment of this function disrupt the network from afar (by the pack's `capabilities`)?",
};

/** Capability `sees-traffic` of the function, by the pack. */
export function deriveSeesTraffic(setting: Setting, equipment: Equipment): GradedFact {
  return derive(setting, equipment, "sees-traffic");
}

/** Capability `remote-disruption` of the function, by the pack. */
export function deriveRemoteDisruption(setting: Setting, equipment: Equipment): GradedFact {
  return derive(setting, equipment, "remote-disruption");
}

/** From the pack's list alone. A function that it does not classify is open: silence clears nothing. */
function derive(setting: Setting, { function: name }: Equipment, capability: Capability["capability"]): GradedFact {
  const entry = taken(setting).find((one) => one.capability === capability && one.functions.includes(name ?? ""));
  if (!entry || entry.holds === "open")
    return graded(true, false, [], [unclassified(setting, name, capability, entry)]);
  const holds = entry.holds !== false;
  const text = `\`${name}\` ${holds ? "has" : "has not"} \`${capability}\` (${entry.cites}; ${entry.certainty})`;
  const source: Source = { kind: "pack", pack: setting.pack.name, text };
  return graded(holds, holds, [source]);
}

/** The pack's entries; its own readings only where its parameter `assumedCapabilities` lets them count. */
function taken(setting: Setting): readonly Capability[] {
  const all = setting.pack.manifest.capabilities ?? [];
  return parameter(setting, "assumedCapabilities") === "no" ? all.filter((one) => one.certainty !== "own-policy") : all;
}

function unclassified({ pack }: Setting, name: string | undefined, capability: string, entry?: Capability): Why {
  if (name === undefined) return { code: "missing", text: "the element's function is not named", who: "operator" };
  if (!domainOfFunction.has(name))
    return { code: "missing", text: `\`${name}\` is no function we know`, who: "operator" };
  const text = `pack \`${pack.name}\` does not say whether \`${name}\` has \`${capability}\`${entry ? `: ${entry.cites}` : ""}`;
  return { code: "missing", text, who: "authority" };
}
