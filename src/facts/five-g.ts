import type { FactDefinition, SelectingFact, Source, Why } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import { selecting } from "./build.ts";
import { parameter, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

/**
 * Functions of 4G alone (TS 23.401 clause 4.4, TS 23.402 clause 4.3.4, TS 36.300 clause 4); non-standalone 5G (TS 37.340)
 * runs over them too.
 */
const fourG: readonly string[] = ["eNB", "MME", "SGW", "PGW", "HSS", "PCRF", "ePDG"];
const interfaces = "third-party-interface";
/** Stands in the transport network, and nobody's traffic runs through it. */
const timing = "timing-source";

export const fiveG: FactDefinition = {
  name: "fiveG",
  mode: "selecting",
  values: [false, true],
  question: "Does the equipment serve a 5G network (4G functions: as the pack's parameter `nonStandalone` says)?",
  subject: "element",
  who: ["operator"],
};

export const highRateTransmission: FactDefinition = {
  name: "highRateTransmission",
  mode: "selecting",
  values: [false, true],
  question:
    "Is it high-data-rate transmission inside the core or between operators, as the pack's parameter `transmissionMeans` reads that?",
  subject: "element",
  who: ["operator", "authority"],
};

/** Everything in a mobile network serves 5G but what is of 4G alone. */
export function deriveFiveG(setting: Setting, { function: name }: Equipment): SelectingFact {
  if (name === undefined || !fourG.includes(name)) return answer(fiveG, name, [true]);
  const word = parameter(setting, "nonStandalone");
  const possible = word === "yes" ? [true] : word === "no" ? [false] : [false, true];
  const text = `whether 4G equipment (\`${name}\`) serves 5G too is not settled: parameter \`nonStandalone\``;
  return answer(fiveG, name, possible, { code: "missing", text, who: "operator" });
}

/** What is certainly meant are interfaces to other networks; whether other transmission equipment is, the tables do not tell. */
export function deriveHighRateTransmission(setting: Setting, { function: name }: Equipment): SelectingFact {
  const known = name === interfaces || name === timing || domainOfFunction.get(name ?? "") !== "transport";
  if (known) return answer(highRateTransmission, name, [name === interfaces]);
  const word = parameter(setting, "transmissionMeans");
  const possible = word === "all" ? [true] : word === "interfaces" ? [false] : [false, true];
  const text = `whether \`${name}\` carries high data rates in the core or between operators is not settled: parameter \`transmissionMeans\``;
  return answer(highRateTransmission, name, possible, { code: "missing", text, who: "authority" });
}

function answer(
  definition: FactDefinition,
  name: string | undefined,
  possible: readonly boolean[],
  why?: Why,
): SelectingFact {
  const source: Source = { kind: "row", file: "elements", text: `function \`${name ?? ""}\`` };
  if (name !== undefined && domainOfFunction.has(name)) return selecting(definition, possible, [source], why && [why]);
  const text = name === undefined ? "the element's function is not named" : `\`${name}\` is no function we know`;
  return selecting(definition, [false, true], [source], [{ code: "missing", text, who: "operator" }]);
}
