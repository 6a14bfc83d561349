import type { UndecidedBasis } from "../../src/model/basis.ts";
import type { Fact, FactDefinition, Facts, FactValue, Source } from "../../src/model/fact.ts";
import type { Pack, PackFile } from "../../src/model/pack.ts";
import { loadPack } from "../../src/policy/load.ts";

/** An invented catalogue that the tests of this room share; it says nothing about any law. */
export const catalogue: readonly FactDefinition[] = [
  define("era", "selecting", ["none", "notice", "certificate"]),
  define("listed", "selecting", [false, true]),
  define("functionClass", "selecting", ["radio", "core", "transport"]),
  define("noticeGiven", "graded", [false, true]),
  define("certificate", "graded", ["none", "product", "release"]),
  define("oversight", "graded", [0, 1, 2, 3, 4, 5, 6]),
  define("notProhibited", "graded", [false, true]),
  define("share", "graded", ["above", "at", "below"], "network"),
];

function define(
  name: string,
  mode: FactDefinition["mode"],
  values: readonly FactValue[],
  subject: FactDefinition["subject"] = "element",
): FactDefinition {
  return { name, mode, values, subject, question: `what is ${name}?`, who: ["operator"] };
}

export const manifest = `name: demo-pack
version: "1"
title: An invented pack
actions: [operate, deploy, depend]
era: { facts: [era], current: { era: certificate } }
parameters:
  limit: { default: 50, minimum: 10, maximum: 90, confirmed: false, title: A limit }
  lapse: { default: undecided, values: [undecided, refused], confirmed: false, title: What happens at the end }
`;

/** A rule with all its annotations; \`extra\` are more of them. */
export function rule(id: string, body: string, kind = "duty", extra = ""): string {
  return `@id("${id}") @kind("${kind}") @title("Title of ${id}") @cites("invented") @certainty("own-policy")
@remedy("Remedy of ${id}") @waivable("nobody") ${extra}
forbid (principal, action, resource) ${body};
`;
}

export const blanket = "permit (principal, action, resource);\n";

export const rules: string = [
  blanket,
  rule(
    "CERT",
    'when { context.listed && context.era == Era::"certificate" }\nunless { context.certificate == Certificate::"release" }',
  ),
  rule("LIMIT", 'when { context.share == Share::"above" }', "limit"),
  rule("NOTICE", 'when { context.listed && context.era == Era::"notice" } unless { context.noticeGiven }'),
  rule("ORDER", "unless { context.notProhibited }", "prohibition", '@from("2026-03-01")'),
  rule("OVERSIGHT", "unless { context.oversight >= 3 }", "advice"),
].join("\n");

export function filesOf(cedar: string = rules, yaml: string = manifest): readonly PackFile[] {
  return [
    { path: "pack.yaml", text: yaml },
    { path: "rules.cedar", text: cedar },
  ];
}

/** Loads a pack that must be in order. */
export function packOf(cedar: string = rules, yaml: string = manifest, facts = catalogue): Pack {
  const { pack, problems } = loadPack(filesOf(cedar, yaml), facts);
  if (!pack) throw new Error(JSON.stringify(problems, null, 2));
  return pack;
}

/** Facts from what is possible: selecting ones list all values, graded ones worst and best; one value is known. */
export function factsOf(
  given: Readonly<Record<string, readonly FactValue[]>>,
  why: Readonly<Record<string, UndecidedBasis>> = {},
  sources: Readonly<Record<string, readonly Source[]>> = {},
): Facts {
  return Object.fromEntries(
    Object.entries(given).map(([name, values]): [string, Fact] => {
      const mode = catalogue.find((fact) => fact.name === name)?.mode;
      const open =
        values.length > 1 ? [{ code: why[name] ?? "missing", text: `${name} is open`, who: "operator" } as const] : [];
      const rest = { sources: sources[name] ?? [], why: open };
      if (mode === "selecting") return [name, { kind: "selecting", possible: values, ...rest }];
      return [name, { kind: "graded", worst: values[0]!, best: values.at(-1)!, ...rest }];
    }),
  );
}
