import type { FactDefinition, SelectingFact } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import { selecting } from "./build.ts";
import type { Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";

const managementOf: Readonly<Record<string, string>> = {
  "RAN-management": "access-management",
  "transport-management": "transport-management",
  "core-management": "core-management",
  MANO: "core-management",
};

export const segment: FactDefinition = {
  name: "segment",
  mode: "selecting",
  values: ["access", "transport", "core", "access-management", "transport-management", "core-management", "other"],
  question: "In which part of the network does the function work, and does it manage that part?",
  subject: "element",
  who: ["operator"],
};

const anyManagement = [...new Set(Object.values(managementOf)), "other"];

/** The segment of a function name; `undefined` if the name is not one that we know. */
export function segmentOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const domain = domainOfFunction.get(name);
  return domain === "management" ? (managementOf[name] ?? "other") : domain;
}

/** A system of management that is none of one part alone may manage any of them. */
export function deriveSegment(_setting: Setting, { function: name }: Equipment): SelectingFact {
  const found = segmentOf(name);
  if (found === "other") {
    const text = `\`${name}\` may manage any part of the network: the tables do not tell which`;
    const source = { kind: "row", file: "elements", text: `function \`${name}\`` } as const;
    return selecting(segment, anyManagement, [source], [{ code: "missing", text, who: "operator" }]);
  }
  const text = name === undefined ? "the element's function is not named" : `\`${name}\` is no function we know`;
  const source = { kind: "row", file: "elements", text: `function \`${name ?? ""}\`` } as const;
  return selecting(
    segment,
    found === undefined ? segment.values : [found],
    [source],
    [{ code: "missing", text, who: "operator" }],
  );
}
