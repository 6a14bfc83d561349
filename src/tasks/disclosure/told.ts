import { readClass } from "../../disclosure/class.ts";
import { decideClass, type Obstacle, tellable } from "../../disclosure/decide.ts";
import { type Collection, type Partner, rightsIn } from "../../model/sharing.ts";
import { askedOf, bringUpToDate, type Desk } from "./desk.ts";

/** What a partner may know about what it does not get. */
export interface ToldWithheld {
  readonly kind: "withheld";
  readonly partner: string;
  readonly conditions: readonly {
    readonly condition: string;
    readonly title?: string;
    readonly reason?: string;
    /** What its own posture would have to say. */
    readonly unlock?: readonly string[];
    readonly objects?: number;
  }[];
}

/**
 * What is withheld from a partner by conditions whose originators want that known, and as much of it as they want. What else
 * is withheld leaves no trace here. Only objects that carry such a condition count, so the answer is as that of a server
 * which has no others.
 */
export async function toldTo(desk: Desk, partner: Partner): Promise<ToldWithheld> {
  await bringUpToDate(desk, partner);
  const asked = await askedOf(desk, partner);
  const { sharing } = desk.house();
  const readable = sharing.collections
    .filter((one: Collection) => rightsIn(sharing, one, partner.id).read)
    .map(({ id }) => id);
  const found = new Map<string, { obstacle: Obstacle; objects: number }>();
  for (const { classId, key } of await desk.store.classes()) {
    const decision = decideClass(readClass(key), asked);
    if (decision.outcome !== "closed" || tellable(decision) === "nothing") continue;
    const objects = await desk.store.countClass(classId, readable);
    if (objects === 0) continue;
    for (const obstacle of decision.obstacles) {
      if (obstacle.condition === undefined) continue;
      const before = found.get(obstacle.condition);
      found.set(obstacle.condition, { obstacle, objects: (before?.objects ?? 0) + objects });
    }
  }
  const conditions = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([condition, { obstacle, objects }]) => {
      const title = asked.conditions.get(condition)?.title;
      const more = obstacle.tell === "reason" || obstacle.tell === "unlock";
      return {
        condition,
        ...(more && title !== undefined && { title }),
        ...(more && { reason: obstacle.text }),
        ...(obstacle.tell === "unlock" && { unlock: unlocking(desk, condition, obstacle), objects }),
      };
    });
  return { kind: "withheld", partner: partner.id, conditions };
}

/** The remedies of the rules that stand against it; without a posture, that one is needed. */
function unlocking(desk: Desk, id: string, { verdict }: Obstacle): readonly string[] {
  const condition = desk.house().conditions.get(id);
  if (!condition) return [];
  if (!verdict)
    return [`a posture at most ${condition.oldest} days old, vouched for as \`${condition.assurance}\` or better`];
  return condition.pack.rules.filter((rule) => verdict.reasons.includes(rule.id)).map(({ remedy }) => remedy);
}
