import type { PackManifest } from "../model/pack.ts";
import type { Problem } from "../model/problem.ts";
import type { ReadManifest } from "./manifest.ts";
import { refusal } from "./refusal.ts";
import type { ReadRule } from "./rules.ts";

const weights = ["advice", "limit"] as const;
type Parameter = NonNullable<PackManifest["parameters"]>[string];

/**
 * Puts what a parameter says, `advice` or `limit`, in the place of the kind of every rule that has `@as`. The parameter
 * must be declared with just these words, and as confirmed: it is a choice, and no source could settle it.
 */
export function weigh(
  rules: readonly ReadRule[],
  { manifest, parameters }: Pick<ReadManifest, "manifest" | "parameters">,
): { readonly rules: readonly ReadRule[]; readonly problems: readonly Problem[] } {
  const weighed = rules.map((read): { readonly read?: ReadRule; readonly problems: readonly Problem[] } => {
    const { as } = read.rule;
    if (as === undefined) return { read, problems: [] };
    const declared = Object.hasOwn(manifest.parameters ?? {}, as) ? manifest.parameters?.[as] : undefined;
    const fault = faultOf(as, declared);
    if (fault !== undefined) return { problems: [refusal(read.rule, fault, hint)] };
    const kind = weights.find((word) => word === parameters[as]);
    if (kind === undefined) throw new Error(`parameter ${as} is ${parameters[as]}, which its values do not allow`);
    return { read: { ...read, rule: { ...read.rule, kind } }, problems: [] };
  });
  return {
    rules: weighed.flatMap(({ read }) => read ?? []),
    problems: weighed.flatMap(({ problems }) => problems),
  };
}

const hint = "declare it under `parameters` with `values: [advice, limit]` and `confirmed: true`";

function faultOf(name: string, declared: Parameter | undefined): string | undefined {
  if (!declared) return `\`@as("${name}")\` names a parameter that the pack does not declare`;
  const words = [...(declared.values ?? [])].sort().join(", ");
  if (words !== weights.join(", "))
    return `expected parameter \`${name}\` to have the values advice, limit, got \`${words}\``;
  if (!declared.confirmed) return `expected parameter \`${name}\` to be confirmed: how much a rule weighs is a choice`;
  return undefined;
}
