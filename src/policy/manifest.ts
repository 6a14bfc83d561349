import type { Static } from "typebox";
import type { FactDefinition } from "../model/fact.ts";
import { type PackFile, PackManifest, type Parameter, type ParameterValue } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import { type Action, actions as everyAction } from "../model/verdict.ts";
import { compareText, refusal } from "./refusal.ts";
import { readYaml } from "./yaml.ts";

const name = "pack.yaml";

export type Overrides = Readonly<Record<string, ParameterValue>>;

/** `pack.yaml`, checked, with the actions in the order of the vocabulary and the parameters as they hold here. */
export interface ReadManifest {
  readonly manifest: PackManifest;
  readonly actions: readonly Action[];
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Reads `pack.yaml`; what does not fit the schema, the vocabulary or the catalogue is a problem with file and line. */
export function readManifest(
  files: readonly PackFile[],
  catalogue: readonly FactDefinition[],
  overrides: Overrides,
): { readonly read?: ReadManifest; readonly problems: readonly Problem[] } {
  const file = files.find((candidate) => candidate.path === name);
  if (!file) {
    const hint = "a pack is a folder with `pack.yaml` and at least one `.cedar` file at its top";
    return { problems: [refusal({ file: name }, "expected a file `pack.yaml` in the pack, got none", hint)] };
  }
  const { value: manifest, problems, lineOf } = readYaml(file, PackManifest);
  if (!manifest) return { problems };
  const at = (...path: readonly (string | number)[]) => ({ file: name, line: lineOf(path) });
  const found = [
    ...checkActions(manifest, at),
    ...checkEra(manifest, catalogue, at),
    ...checkDefaults(manifest, at),
    ...checkOverrides(manifest, overrides, at),
  ];
  if (found.length > 0) return { problems: found };
  const actions = everyAction.filter((action) => manifest.actions.includes(action));
  return { read: { manifest, actions, parameters: settle(manifest, overrides) }, problems: [] };
}

type At = (...path: readonly (string | number)[]) => { readonly file: string; readonly line: number };

function checkActions({ actions }: PackManifest, at: At): readonly Problem[] {
  return actions.flatMap((action, index) => {
    const known = everyAction.some((candidate) => candidate === action);
    if (known && actions.indexOf(action) === index) return [];
    const message = known ? `action \`${action}\` stands here twice` : `expected an action, got \`${action}\``;
    return [refusal(at("actions", index), message, `actions: ${everyAction.join(", ")}`)];
  });
}

function checkEra({ era }: PackManifest, catalogue: readonly FactDefinition[], at: At): readonly Problem[] {
  if (!era) return [];
  const unknown = Object.keys(era.current).filter((key) => !era.facts.includes(key));
  const stray = unknown.map((key) =>
    refusal(
      at("era", "current", key),
      `\`${key}\` is not among the era facts`,
      "add it to `era.facts`, or take it out",
    ),
  );
  const wrong = era.facts.flatMap((fact, index) => {
    const definition = catalogue.find((candidate) => candidate.name === fact);
    if (definition?.mode !== "selecting") {
      const message = `expected an era fact that is selecting, got \`${fact}\``;
      return [refusal(at("era", "facts", index), message, "name facts of the catalogue that choose a regime")];
    }
    const current = Object.hasOwn(era.current, fact) ? era.current[fact] : undefined;
    if (definition.values.some((value) => value === current)) return [];
    const message = `expected the current value of \`${fact}\`, got \`${current ?? ""}\``;
    return [refusal(at("era", "current"), message, `one of ${definition.values.join(", ")}`)];
  });
  return [...stray, ...wrong];
}

function checkDefaults({ parameters }: PackManifest, at: At): readonly Problem[] {
  return Object.entries(parameters ?? {}).flatMap(([key, parameter]) => {
    const expected = expects(parameter, parameter.default);
    if (!expected) return [];
    const message = `expected the default of parameter \`${key}\` to be ${expected}, got \`${parameter.default}\``;
    return [refusal(at("parameters", key, "default"), message, "change the default or what is allowed")];
  });
}

function checkOverrides({ parameters }: PackManifest, overrides: Overrides, at: At): readonly Problem[] {
  const declared = parameters ?? {};
  return Object.entries(overrides).flatMap(([key, value]) => {
    const parameter = Object.hasOwn(declared, key) ? declared[key] : undefined;
    if (!parameter) {
      const names = Object.keys(declared).sort(compareText).join(", ") || "none";
      return [refusal(at("parameters"), `the pack has no parameter \`${key}\``, `its parameters: ${names}`)];
    }
    const expected = expects(parameter, value);
    if (!expected) return [];
    const message = `expected parameter \`${key}\` to be ${expected}, got \`${value}\``;
    return [refusal(at("parameters", key), message, "mend the value where the pack is named, in `freigabe.yaml`")];
  });
}

/** What a value of the parameter must be; `undefined` if `value` is. */
function expects(parameter: Static<typeof Parameter>, value: ParameterValue): string | undefined {
  const { values, minimum, maximum } = parameter;
  if (values) return values.some((word) => word === value) ? undefined : `one of ${values.join(", ")}`;
  const type = typeof parameter.default;
  if (typeof value !== type) return `a ${type}`;
  if (typeof value !== "number") return undefined;
  if (!Number.isFinite(value)) return "a number";
  if (minimum !== undefined && value < minimum) return `at least ${minimum}`;
  return maximum !== undefined && value > maximum ? `at most ${maximum}` : undefined;
}

function settle({ parameters }: PackManifest, overrides: Overrides): Readonly<Record<string, ParameterValue>> {
  const names = Object.keys(parameters ?? {}).sort(compareText);
  return Object.fromEntries(
    names.map((key) => [key, Object.hasOwn(overrides, key) ? overrides[key]! : parameters![key]!.default]),
  );
}
