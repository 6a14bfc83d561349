import { formatMicros } from "../../disclosure/time.ts";
import type { WarningCases } from "../../model/disclosure.ts";
import { UserError } from "../../model/errors.ts";
import type { WarningPredicate } from "../../model/statement.ts";
import { type CheckableSigner, certify } from "../certify.ts";
import { askedOf, type Desk, nowOf, scalesOf } from "./desk.ts";
import { overridesFor } from "./overrides.ts";
import { receive } from "./receive.ts";
import { decisionsFor, isSameCase, openedCases, type WarningCase, withheldWarnings } from "./warnings.ts";

/** Every case and how it stands now. What a partner is given by now, or is no longer there, has ended by itself. */
export async function casesOf(desk: Desk): Promise<WarningCases> {
  const now = nowOf(desk);
  const cases: WarningCases["cases"][number][] = [];
  const opened = Map.groupBy(await openedCases(desk.store), ({ partner }) => partner);
  for (const [partner, all] of opened) {
    const decisions = await decisionsFor(desk.store, partner, scalesOf(desk));
    const missed = await missedBy(desk, partner);
    for (const { object, version, opened: since, deadline } of all) {
      const decision = decisions.findLast(({ says }) => isSameCase(says, { object, version }));
      const isMissed = missed.some((one) => isSameCase(one, { object, version }));
      const waits = isMissed ? (now > deadline ? "overdue" : "open") : "ended";
      cases.push({
        ...{ id: `${partner}/${object}`, partner, object, version },
        ...{ opened: formatMicros(since), deadline: formatMicros(deadline) },
        state: decision?.says.decision ?? waits,
        ...(decision && { reason: decision.says.reason, by: decision.by }),
      });
    }
  }
  return { kind: "warning-cases", cases };
}

/** Cases whose deadline has passed and that nobody has decided; looks closer only where a deadline has. */
export async function overdueCases(desk: Desk): Promise<WarningCases["cases"]> {
  const now = nowOf(desk);
  if (!(await openedCases(desk.store)).some(({ deadline }) => deadline < now)) return [];
  return (await casesOf(desk)).cases.filter(({ state }) => state === "overdue");
}

/** Objects and versions that a partner misses by rule now. Nobody who is no partner any more misses anything. */
async function missedBy(desk: Desk, id: string): Promise<readonly Pick<WarningCase, "object" | "version">[]> {
  const { sharing } = desk.house();
  const partner = sharing.partners.find((one) => one.id === id);
  if (!partner) return [];
  const asked = await askedOf(desk, partner);
  const overrides = await overridesFor(desk.store, id, scalesOf(desk));
  const withheld = await desk.store.change((tx) =>
    withheldWarnings(tx, { sharing, asked, overrides, now: nowOf(desk) }),
  );
  return withheld.map(({ id: object, version }) => ({ object, version }));
}

export interface Decided {
  readonly decision: WarningPredicate["decision"];
  readonly reason: string;
  readonly instead?: string;
}

/** Signs what officers decide about a case that waits, and takes it; in words. Throws `UserError` if it does not count. */
export async function decideCase(
  desk: Desk,
  id: string,
  decided: Decided,
  officers: readonly CheckableSigner[],
): Promise<string> {
  const { partner, object, version } = await waitingCase(desk, id);
  const predicate = { decisionId: desk.uuid(), object, version, partner, ...decided };
  const content = { name: "decision.json", bytes: Buffer.from(JSON.stringify(predicate)), sha256: "" };
  const draft = { kind: "warning-decision" as const, content, settings: [], now: desk.clock(), complete: false };
  const { text } = certify(draft, officers);
  const answer = await receive(desk, text, { id: desk.house().sharing.originator, tlp: "red" });
  if ("refused" in answer)
    throw new UserError(`it does not count: ${answer.refused}`, "`--by KEY` names an officer, twice");
  return answer.text;
}

/** The case that is meant and still waits. Throws `UserError` if there is none. */
async function waitingCase(desk: Desk, id: string): Promise<WarningCases["cases"][number]> {
  const { cases } = await casesOf(desk);
  const waiting = cases.filter(({ state }) => state === "open" || state === "overdue");
  const found = waiting.findLast((one) => one.id === id);
  if (found) return found;
  const ids = waiting.map((one) => `\`${one.id}\``).join(", ");
  throw new UserError(`no case \`${id}\` waits`, `those that do: ${ids || "none"}`);
}
