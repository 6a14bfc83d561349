import { domainOfFunction } from "../model/functions.ts";
import { bases } from "../model/measure.ts";
import type { PackManifest } from "../model/pack.ts";
import { registerKinds } from "../model/statement.ts";
import { era } from "./era.ts";
import { accessWords } from "./maintenance.ts";
import { readings } from "./subject.ts";

/** A name in `pack.yaml` that no fact would find: JSON Pointer, what was expected there, and what to write. */
export interface Stray {
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
}

const open = ["undecided", "refused", "admitted"];

/** Parameters that facts look at, with their words; `undefined`: a number. */
const parameterWords: Readonly<Record<string, readonly string[] | undefined>> = {
  criticalList: ["in-force"],
  draftTransition: ["existing-exempt", "none", "statutory-year", "undecided"],
  firstUseMeans: ["any", ...readings],
  exemptEraMustBeShown: ["yes", "no"],
  lapse: open,
  certifiedLate: open,
  oversightAtLeast: undefined,
  accessAtMost: Object.keys(accessWords),
  largestShareLimit: undefined,
  largestShareLimitNation: undefined,
  ownerShareLimit: undefined,
  ownerShareLimitNation: undefined,
  effectiveAtLeast: undefined,
  effectiveAtLeastNation: undefined,
  effectiveCounts: ["makers", "components"],
  makersAtLeast: undefined,
  makersAtLeastNation: undefined,
  roleShareLimit: undefined,
  shareBase: bases,
  assumedCapabilities: ["yes", "no"],
  nonStandalone: ["yes", "no", "undecided"],
  transmissionMeans: ["interfaces", "all", "undecided"],
};
/** Names of all parameters that facts look at. */
export const parameterNames = Object.keys(parameterWords);

/** Facts that cut a measure at a parameter: without it they would cut nowhere. */
const cutBy: Readonly<Record<string, string>> = {
  oversightEnough: "oversightAtLeast",
  accessAllowed: "accessAtMost",
  largestShare: "largestShareLimit",
  largestOwnerShare: "ownerShareLimit",
  makersEnough: "makersAtLeast",
  makersEven: "effectiveAtLeast",
  roleShare: "roleShareLimit",
};

const gradedKinds = [
  ...["certificate", "test-result", "order", "update-statement", "notice", "guarantee", "oversight", "document"],
  ...registerKinds.map((kind) => `register-${kind}`),
];

/**
 * Names in a pack's data that nothing would find. A misspelt class or function would otherwise not be critical, and a
 * misspelt parameter would limit nothing: both would admit in silence. `reads`: facts that the pack's rules read;
 * `weights`: parameters that choose what a rule weighs.
 */
export function strayNames(
  manifest: PackManifest,
  reads: ReadonlySet<string>,
  weights: ReadonlySet<string> = new Set(),
): readonly Stray[] {
  return [
    ...parameters(manifest, reads, weights),
    ...oneRole(manifest, reads),
    ...capabilities(manifest),
    ...classes(manifest),
    ...references(manifest),
    ...keys("lowestGrade", manifest.lowestGrade, gradedKinds),
    ...keys("maxAgeDays", manifest.maxAgeDays, ["document", ...registerKinds.map((kind) => `register-${kind}`)]),
    ...repeats(
      "lists",
      manifest.lists?.map(({ id }) => id),
    ),
    ...repeats(
      "schemes",
      manifest.schemes?.map(({ id }) => id),
    ),
    ...repeats(
      "classes",
      manifest.classes?.map(({ id }) => id),
    ),
    ...overlaps("regimes", manifest.regimes),
    ...overlaps(
      "lists",
      manifest.lists?.map((list) => (list.draft ? undefined : list)),
    ),
  ];
}

function parameters(
  { parameters: declared = {}, lists = [] }: PackManifest,
  reads: ReadonlySet<string>,
  weights: ReadonlySet<string>,
): readonly Stray[] {
  const drafts = lists.filter(({ draft }) => draft).map(({ id }) => id);
  const found = Object.entries(declared).flatMap(([name, { values = [], default: usual }]): readonly Stray[] => {
    if (weights.has(name)) return [];
    if (!(name in parameterWords)) return [unknown(`/parameters/${name}`, name, parameterNames)];
    const words = [...(parameterWords[name] ?? []), ...(name === "criticalList" ? drafts : [])];
    if (parameterWords[name] === undefined) return [];
    const wrong = [...values, ...(typeof usual === "string" ? [usual] : [])].find((value) => !words.includes(value));
    return wrong === undefined ? [] : [unknown(`/parameters/${name}`, wrong, words)];
  });
  const missing = Object.entries(cutBy).filter(([fact, name]) => reads.has(fact) && !(name in declared));
  return [
    ...found,
    ...missing.map(([fact, name]) => ({
      pointer: "/parameters",
      message: `a rule reads \`${fact}\`, which cuts at the parameter \`${name}\`, and the pack does not declare it`,
      hint: `declare \`${name}\` under \`parameters\` with a default`,
    })),
  ];
}

/** A share of makers with a role is of one role: which of several a rule means it could not say. */
function oneRole({ roles = {} }: PackManifest, reads: ReadonlySet<string>): readonly Stray[] {
  const count = Object.keys(roles).length;
  if (!reads.has("roleShare") || count === 1) return [];
  const message = `a rule reads \`roleShare\`, which speaks of the one role of the pack, and the pack has ${count}`;
  return [{ pointer: "/roles", message, hint: "declare one role under `roles`" }];
}

/** A function may stand once under each capability: classified twice, the first entry would win in silence. */
function capabilities({ capabilities: all = [] }: PackManifest): readonly Stray[] {
  const named = all.flatMap(({ capability, functions }, at) =>
    functions.map((name, index) => ({ capability, name, pointer: `/capabilities/${at}/functions/${index}` })),
  );
  return named.flatMap(({ capability, name, pointer }, at): readonly Stray[] => {
    if (!domainOfFunction.has(name)) return [unknown(pointer, name, [...domainOfFunction.keys()])];
    const twice = named.findIndex((other) => other.capability === capability && other.name === name) < at;
    const message = `function \`${name}\` is classified twice for \`${capability}\``;
    return twice ? [{ pointer, message, hint: "say once whether it has the capability" }] : [];
  });
}

function classes({ classes: all = [], lists = [] }: PackManifest): readonly Stray[] {
  const ids = all.map(({ id }) => id);
  const named = lists.flatMap((list, at) => {
    const said = classesIn(list).map(({ id, below }) => ({ id, pointer: `/lists/${at}/${below}` }));
    return said.flatMap(({ id, pointer }, index): readonly Stray[] => {
      if (!ids.includes(id)) return [unknown(pointer, id, ids)];
      const twice = said.findIndex((other) => other.id === id) < index;
      const message = `class \`${id}\` stands twice in list \`${list.id}\``;
      return twice ? [{ pointer, message, hint: "say once whether the list makes it critical" }] : [];
    });
  });
  const functions = all.flatMap(({ functions: names }, at) =>
    names.map((name, index) => ({ name, pointer: `/classes/${at}/functions/${index}` })),
  );
  return [
    ...named,
    ...functions.flatMap(({ name, pointer }, at): readonly Stray[] => {
      if (!domainOfFunction.has(name)) return [unknown(pointer, name, [...domainOfFunction.keys()])];
      const twice = functions.findIndex((other) => other.name === name) < at;
      const message = `function \`${name}\` stands in two classes`;
      return twice ? [{ pointer, message, hint: "put each function into one class" }] : [];
    }),
  ];
}

/** The classes that a list names, as critical or as not, and where. */
function classesIn({
  classes: all,
  notCritical = [],
}: NonNullable<PackManifest["lists"]>[number]): readonly { readonly id: string; readonly below: string }[] {
  const others = notCritical.flatMap(({ classes: ids }, at) =>
    ids.map((id, index) => ({ id, below: `notCritical/${at}/classes/${index}` })),
  );
  return [...all.map((id, index) => ({ id, below: `classes/${index}` })), ...others];
}

function references({ classes: all = [], schemes = [], documents = [], regimes = [] }: PackManifest): readonly Stray[] {
  const ids = schemes.map(({ id }) => id);
  const functions = new Set(all.flatMap(({ functions: names }) => names));
  const eras = era.values.map(String);
  return [
    ...all.flatMap((one, at) =>
      one.schemes.flatMap((id, index) =>
        ids.includes(id) ? [] : [unknown(`/classes/${at}/schemes/${index}`, id, ids)],
      ),
    ),
    ...documents.flatMap(({ scheme }, at) =>
      ids.includes(scheme) ? [] : [unknown(`/documents/${at}/scheme`, scheme, ids)],
    ),
    ...documents.flatMap(({ function: name }, at) =>
      functions.has(name) ? [] : [unknown(`/documents/${at}/function`, name, [...functions])],
    ),
    ...regimes.flatMap(({ era: name }, at) => (eras.includes(name) ? [] : [unknown(`/regimes/${at}/era`, name, eras)])),
  ];
}

function keys(
  field: string,
  given: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[],
): readonly Stray[] {
  return Object.keys(given ?? {}).flatMap((key) =>
    known.includes(key) ? [] : [unknown(`/${field}/${key}`, key, known)],
  );
}

function repeats(field: string, ids: readonly string[] = []): readonly Stray[] {
  return ids.flatMap((id, at) =>
    ids.indexOf(id) === at
      ? []
      : [
          {
            pointer: `/${field}/${at}`,
            message: `\`${id}\` stands twice in \`${field}\``,
            hint: "give each its own id",
          },
        ],
  );
}

type Spanned = { readonly from?: string; readonly until?: string } | undefined;

function overlaps(field: string, spans: readonly Spanned[] = []): readonly Stray[] {
  return spans.flatMap((span, at) => {
    const clash = spans
      .slice(0, at)
      .some(
        (other) =>
          span && other && (span.from ?? "") <= (other.until ?? "9999") && (other.from ?? "") <= (span.until ?? "9999"),
      );
    return clash
      ? [
          {
            pointer: `/${field}/${at}`,
            message: `its days overlap with those of another entry of \`${field}\``,
            hint: "on each day at most one holds: mend `from` and `until`",
          },
        ]
      : [];
  });
}

function unknown(pointer: string, got: string, expected: readonly string[]): Stray {
  const shown = expected.length > 24 ? `${expected.slice(0, 24).join(", ")}, ...` : expected.join(", ");
  return {
    pointer,
    message: `expected one of the known names, got \`${got}\``,
    hint: shown === "" ? "none is declared" : shown,
  };
}
