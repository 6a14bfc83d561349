import type { FactDefinition, GradedFact, Why } from "../model/fact.ts";
import type { OversightPredicate } from "../model/statement.ts";
import { graded } from "./build.ts";
import { type Claim, sourceOf } from "./knowledge.ts";
import { accepted, type Setting } from "./setting.ts";
import type { Equipment } from "./subject.ts";
import { resolveToday, sourcesOf } from "./suppliers.ts";

const top = 6;

export const oversight: FactDefinition = {
  name: "oversight",
  mode: "graded",
  values: [0, 1, 2, 3, 4, 5, top],
  labels: [
    "none",
    "a declaration only",
    "audit of the maker's process",
    "test of the product by a lab",
    "review of the source",
    "reproducible build",
    "reproducible build, matched to what is deployed",
  ],
  question: "How far does the maker let others look inside the product?",
  subject: "element",
  who: ["maker", "authority"],
};

/**
 * What reviewers signed about the product, else about the maker; two that differ make it contested down to the lower, and a
 * level below the grade that the pack takes only lowers. Of a product that is not known every level of its maker's products
 * may hold.
 */
export function deriveOversight(
  setting: Setting,
  { maker, product }: Pick<Equipment, "maker" | "product">,
): GradedFact {
  const { knowledge, asOf } = setting;
  if (maker.id === undefined) return graded(0, top, [], [maker.why]);
  const about = knowledge.oversight.filter(({ says, by }) => {
    const named = resolveToday(knowledge, says.maker, by.signedOn, asOf);
    return named.id !== undefined && named.id === maker.id;
  });
  const ofMaker = about.filter(({ says }) => says.product === undefined);
  const ofProducts = Map.groupBy(about, ({ says }) => says.product);
  if (product.id !== undefined) return levelOf(setting, beside(ofProducts.get(product.id) ?? []));
  ofProducts.delete(undefined);
  const each = [...ofProducts.values()].map((said) => levelOf(setting, beside(said)));
  return each.reduce(either, levelOf(setting, ofMaker));

  /** What is said of a product; what none that the pack takes says of it, is said of the maker. */
  function beside(said: readonly Claim<OversightPredicate>[]): readonly Claim<OversightPredicate>[] {
    return accepted(setting, "oversight", said).length > 0 ? said : [...ofMaker, ...said];
  }
}

function either(one: GradedFact, other: GradedFact): GradedFact {
  const [worst, best] = [
    Math.min(Number(one.worst), Number(other.worst)),
    Math.max(Number(one.best), Number(other.best)),
  ];
  const text = "its product is not known, and the maker's products differ";
  const why: readonly Why[] = worst === best ? [] : [{ code: "missing", text, who: "operator" }];
  return graded(worst, best, [...one.sources, ...other.sources], [...one.why, ...other.why, ...why]);
}

function levelOf(setting: Setting, said: readonly Claim<OversightPredicate>[]): GradedFact {
  const { knowledge, asOf } = setting;
  const sources = said.flatMap((claim) => [
    sourceOf(
      claim,
      `oversight/${claim.says.maker}`,
      `oversight level ${claim.says.level} of \`${claim.says.product ?? claim.says.maker}\``,
    ),
    ...sourcesOf(resolveToday(knowledge, claim.says.maker, claim.by.signedOn, asOf)),
  ]);
  if (accepted(setting, "oversight", said).length === 0)
    return graded(
      0,
      top,
      [],
      [{ code: "missing", text: "nobody entitled has signed a level of oversight", who: "maker" }],
    );
  const running = said.filter(({ says }) => says.until === undefined || asOf <= says.until);
  const taken = accepted(setting, "oversight", running).map(({ says }) => says.level);
  if (taken.length === 0)
    return graded(0, top, sources, [
      { code: "expired", text: "the term of the oversight statement has ended", who: "maker" },
    ]);
  const levels = running.map(({ says }) => says.level);
  const why: readonly Why[] = [
    {
      code: "contested",
      text: `signed levels of oversight differ: ${[...new Set(levels)].sort().join(", ")}`,
      who: "maker",
    },
  ];
  return graded(Math.min(...levels), Math.max(...taken), sources, why);
}

export const oversightEnough: FactDefinition = {
  name: "oversightEnough",
  mode: "graded",
  values: [false, true],
  question: "Does the level of oversight reach the pack's parameter `oversightAtLeast`?",
  subject: "element",
  who: ["maker", "authority"],
};

/** The level cut at the pack's parameter. */
export function deriveOversightEnough(setting: Setting, equipment: Equipment): GradedFact {
  const { worst, best, sources, why } = deriveOversight(setting, equipment);
  const wanted = Number(setting.parameters.oversightAtLeast ?? top);
  return graded(Number(worst) >= wanted, Number(best) >= wanted, sources, why);
}
