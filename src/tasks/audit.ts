import type { QuestionGroup } from "../model/ports/store.ts";
import { audit } from "../policy/audit.ts";
import { factsOf, type Questions } from "./ask.ts";
import type { Way } from "./settings.ts";

const seed = 20190311;

/** What came of asking Cedar again. A group is doubtful if a question of it was answered otherwise. */
export interface Audit {
  readonly questions: number;
  readonly asked: number;
  readonly differences: readonly unknown[];
  isDoubtful(group: QuestionGroup): boolean;
}

/** Asks Cedar again about a seeded sample of the distinct questions of the binding packs, or about all. */
export function auditQuestions(questions: Questions, ways: readonly Way[], sample: number | "all"): Audit {
  const doubtful = new Set<QuestionGroup>();
  const differences: unknown[] = [];
  let [asked, count] = [0, 0];
  for (const [way, { setting, use, differs }] of ways.entries()) {
    if (use !== "binding" || differs.kind !== "nothing") continue;
    const cases = questions.groups.flatMap((group) =>
      questions.equipment[group.equipment]![way]!.map((_, index) => ({
        group,
        question: setting,
        facts: factsOf(questions, group, way, index),
      })),
    );
    const result = audit(setting.pack, cases, { sample, seed });
    asked += result.asked;
    count += result.questions;
    differences.push(...result.differences);
    for (const { index } of result.differences) doubtful.add(cases[index]!.group);
  }
  return { questions: count, asked, differences, isDoubtful: (group) => doubtful.has(group) };
}
