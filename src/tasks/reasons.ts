import { namedActions } from "../facts/actions.ts";
import type { Reason } from "../model/assessment.ts";
import type { Rule } from "../model/pack.ts";
import type { Verdict } from "../model/verdict.ts";
import { leastChange } from "../policy/change.ts";
import { type JudgedGroup, whoCanAct } from "./judge.ts";
import type { Way } from "./settings.ts";
import { countBy, countWhere } from "./tally.ts";

const mostChanges = 8;

/** A verdict that a rule stands against, with the elements it holds of. */
interface Against {
  readonly rule: Rule;
  readonly verdict: Verdict;
  readonly one: JudgedGroup;
}

/** The rules that stand against admission in the binding packs, largest first, with who can act and the least change. */
export function reasonsOf(ways: readonly Way[], judged: readonly JudgedGroup[]): readonly Reason[] {
  const rules = new Map(
    ways.flatMap(({ setting: { pack } }) => pack.rules.map((rule) => [`${pack.name} ${rule.id}`, rule])),
  );
  const against = judged.flatMap((one) =>
    one.binding.deciding.flatMap((verdict) =>
      verdict.reasons.map((id): Against => ({ rule: rules.get(`${verdict.pack} ${id}`)!, verdict, one })),
    ),
  );
  const groups = [...Map.groupBy(against, ({ rule, verdict }) => `${verdict.pack} ${rule.id}`).values()];
  return groups
    .map((group) => asReason(group))
    .sort((a, b) => b.refused + b.undecided - a.refused - a.undecided || (a.rule < b.rule ? -1 : 1))
    .map((reason, index) => (index < mostChanges ? withChange(ways, reason, groups) : reason));
}

function asReason(group: readonly Against[]): Reason {
  const { rule, verdict } = group[0]!;
  const { id, title, cites, certainty, remedy } = rule;
  const groups = [...new Set(group.map(({ one }) => one))];
  const example = groups.map((one) => one.group.example).sort()[0]!;
  return {
    rule: id,
    pack: verdict.pack,
    title,
    cites,
    certainty,
    remedy,
    refused: countWhere(groups, ({ binding }) => binding.outcome === "refused"),
    undecided: countWhere(groups, ({ binding }) => binding.outcome === "undecided"),
    who: countBy(groups, ({ binding }) => whoCanAct(binding.deciding).join(" or ")),
    example,
  };
}

/** The least change for the element that stands as example. */
function withChange(ways: readonly Way[], reason: Reason, groups: readonly (readonly Against[])[]): Reason {
  const own = groups.flat().find(({ one, rule, verdict }) => {
    return rule.id === reason.rule && verdict.pack === reason.pack && one.group.example === reason.example;
  });
  const setting = ways.find((way) => way.setting.pack.name === reason.pack && way.differs.kind === "nothing")?.setting;
  if (!own || !setting) return reason;
  const { facts } = own.verdict;
  const { actions } = leastChange(setting.pack, setting, facts, namedActions(setting, facts));
  return actions
    ? { ...reason, change: actions.map(({ id, title, who, effort }) => ({ id, title, who, effort })) }
    : reason;
}
