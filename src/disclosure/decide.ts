import { type Condition, type Telling, tellings, type Variant } from "../model/condition.ts";
import type { Day } from "../model/day.ts";
import type { ObjectClass } from "../model/disclosure.ts";
import { assurances } from "../model/exchange.ts";
import type { Lists, Partner } from "../model/sharing.ts";
import { within } from "../model/tlp.ts";
import type { Verdict } from "../model/verdict.ts";
import { decide } from "../policy/decide.ts";
import { factsOf, type KnownPosture } from "./facts.ts";
import { postureAge } from "./posture-age.ts";

/** What stands against giving something to a partner. */
export interface Obstacle {
  readonly kind: "tlp" | "recipients" | "marking" | "private" | "collection" | "condition" | "tearline";
  /** Id of the condition, for one. */
  readonly condition?: string;
  readonly text: string;
  readonly variant: Variant;
  readonly tell: Telling;
  readonly onImprove: "queue" | "auto";
  readonly verdict?: Verdict;
}

/** `idle`: neither given nor taken back, for it is only given instead of something. */
export interface ClassDecision {
  readonly outcome: "open" | "closed" | "idle";
  readonly obstacles: readonly Obstacle[];
  /** What would be withheld if its condition were not only tried. */
  readonly tried: readonly Obstacle[];
}

export interface Asked {
  readonly partner: Partner;
  readonly posture: KnownPosture | undefined;
  /** Why none of the postures that came counts; absent: none came. */
  readonly noPosture?: string;
  readonly lists: Lists;
  readonly conditions: ReadonlyMap<string, Condition>;
  readonly today: Day;
  /** Collections that the partner may read. */
  readonly reads: ReadonlySet<string>;
  /** It is the originator itself: what is posted here for nobody by name is told to it. */
  readonly isOriginator?: true;
}

/**
 * Whether a partner may have the objects of a class, and what stands against it. The one function behind disclosure,
 * preview, explanation and what-if. Open only if everything is known to hold.
 */
export function decideClass(wanted: ObjectClass, asked: Asked): ClassDecision {
  if (wanted.owner === asked.partner.id) return { outcome: "open", obstacles: [], tried: [] };
  const found = [
    ...markingObstacles(wanted, asked),
    ...placeObstacles(wanted, asked),
    ...wanted.conditions.flatMap((id) => meets(id, asked)),
  ];
  const tried = found.filter(({ variant }) => variant === "full");
  const obstacles = found.filter(({ variant }) => variant !== "full");
  if (obstacles.length > 0) return { outcome: "closed", obstacles, tried };
  if (wanted.instead) return insteadOf(wanted.instead, asked, tried);
  return { outcome: "open", obstacles: [], tried };
}

/** The lesser object goes to those from whom only conditions keep the full one, all of which allow it. */
function insteadOf(full: ObjectClass, asked: Asked, tried: readonly Obstacle[]): ClassDecision {
  const { outcome, obstacles } = decideClass(full, asked);
  const given = outcome === "closed" && obstacles.every(({ variant }) => variant === "tearline");
  if (given) return { outcome: "open", obstacles: [], tried };
  const text = outcome === "open" ? "the full object is given" : "the full object is withheld without a lesser one";
  return { outcome: "idle", obstacles: [fixed("tearline", text)], tried };
}

function markingObstacles(
  { tlp, recipients, unreadable, private: own }: ObjectClass,
  { partner, isOriginator }: Asked,
): readonly Obstacle[] {
  const named = recipients?.includes(partner.id) ?? isOriginator === true;
  return [
    ...(own ? [fixed("private", "it was made for one view alone")] : []),
    ...(unreadable ? [fixed("marking", "it carries a marking that is not known here")] : []),
    ...(recipients && !named ? [fixed("recipients", "it is for others by name")] : []),
    ...(tlp === "red" && !named ? [fixed("tlp", "TLP:RED, and the partner is not named")] : []),
    ...(tlp && tlp !== "red" && !within(tlp, partner.tlp)
      ? [fixed("tlp", `TLP:${tlp.toUpperCase()}, and the partner may have up to TLP:${partner.tlp.toUpperCase()}`)]
      : []),
  ];
}

function placeObstacles({ within: places = [] }: ObjectClass, { reads }: Asked): readonly Obstacle[] {
  const shut = places.some((collections) => !collections.some((id) => reads.has(id)));
  return shut ? [fixed("collection", "it points at what stands in a collection that is not open to the partner")] : [];
}

function fixed(kind: Obstacle["kind"], text: string): Obstacle {
  return { kind, text, variant: "none", tell: "nothing", onImprove: "auto" };
}

function meets(id: string, asked: Asked): readonly Obstacle[] {
  const condition = asked.conditions.get(id);
  if (!condition) {
    const text = `condition \`${id}\` is not known here, or its file has a problem`;
    return [{ ...fixed("condition", text), condition: id, onImprove: "queue" }];
  }
  if (asked.today < condition.from) return [];
  const { otherwise: variant, tell, onImprove } = condition;
  const against = (text: string, verdict?: Verdict): readonly Obstacle[] => [
    { kind: "condition", condition: id, text, variant, tell, onImprove, ...(verdict && { verdict }) },
  ];
  const unusable = postureFault(condition, asked);
  if (unusable !== undefined && needsPosture(condition)) return against(unusable);
  const facts = factsOf(condition, { ...asked, posture: unusable === undefined ? asked.posture : undefined });
  const verdict = decide(condition.pack, { action: "disclose", asOf: asked.today }, facts);
  return verdict.outcome === "admitted" ? [] : against(wordsOf(condition, verdict), verdict);
}

/** A condition over nothing but identity needs no posture. */
function needsPosture({ pack }: Condition): boolean {
  return pack.rules.some(({ reads }) => reads.some((name) => name !== "nationNamed" && name !== "purposeNamed"));
}

/** The age of a posture is that of the older of its two days: what was in use then, and what was known then. */
function postureFault({ oldest, assurance }: Condition, asked: Asked): string | undefined {
  const { posture, partner, today, noPosture } = asked;
  if (!posture) return noPosture ?? `there is no posture of \`${partner.id}\``;
  const { asOf, knownAt } = posture.predicate;
  const ages = postureAge(posture.predicate, today);
  const [age, day] = ages.asOf > ages.knownAt ? [ages.asOf, asOf] : [ages.knownAt, knownAt];
  if (age > oldest) return `the posture is ${age} days old (${day}), at most ${oldest} are accepted`;
  const ahead = asOf > today ? asOf : knownAt;
  if (ahead > today) return `the posture is of ${ahead}, a day that is still to come`;
  if (assurances.indexOf(posture.assurance) < assurances.indexOf(assurance)) {
    return `the posture is vouched for as \`${posture.assurance}\`, at least \`${assurance}\` is accepted`;
  }
  return undefined;
}

function wordsOf({ pack }: Condition, { outcome, reasons, why }: Verdict): string {
  const titles = pack.rules.filter(({ id }) => reasons.includes(id)).map(({ title }) => title);
  const open = outcome === "undecided" && why.length > 0 ? ` (${why.map(({ text }) => text).join("; ")})` : "";
  return `${outcome === "refused" ? "does not hold" : "is not known to hold"}: ${titles.join("; ")}${open}`;
}

/** How much a partner may be told about what keeps a class from it: as little as any obstacle allows. */
export function tellable({ obstacles }: ClassDecision): Telling {
  const least = Math.min(...obstacles.map(({ tell }) => tellings.indexOf(tell)));
  return tellings[Number.isFinite(least) ? least : 0] ?? "nothing";
}
