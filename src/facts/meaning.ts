import type { Day } from "../model/day.ts";
import type { Why } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import type { Known } from "./build.ts";
import type { Setting } from "./setting.ts";
import { type Ids, type Named, resolve } from "./suppliers.ts";

/**
 * Whether a text means `own`: this one, none of ours, or nobody can tell. None of ours only if the text means another id of
 * the tables, or a signed confirmation says so, and `own` is an id itself; what neither we nor the tables have might be
 * anything. `own` absent: what stands here is not named.
 */
export function means(setting: Setting, kind: Named, text: string, own: string | undefined, day: Day): Known {
  if (own === undefined) return "unknown";
  if (text === own) return true;
  const ids = idsFor(setting, kind);
  const named = resolve(setting.knowledge, kind, text, day, ids).id;
  if (named === own) return true;
  return named === undefined || !isKnown(setting, kind, own) ? "unknown" : false;
}

/** Whether one of the texts means `own`. A list without a name says nothing, so it may mean all. */
export function isAmong(
  setting: Setting,
  kind: Named,
  texts: readonly string[],
  own: string | undefined,
  day: Day,
): Known {
  const each = texts.map((text) => means(setting, kind, text, own, day));
  if (each.includes(true)) return true;
  return each.length === 0 || each.includes("unknown") ? "unknown" : false;
}

/** Why the first text that nobody here can place does not mean anything; absent: all are placed. */
export function unplaced(setting: Setting, kind: Named, texts: readonly string[], day: Day): Why | undefined {
  if (texts.length === 0) return emptyList(kind);
  const ids = idsFor(setting, kind);
  for (const text of texts) {
    const named = resolve(setting.knowledge, kind, text, day, ids);
    if (named.id === undefined) return named.why;
  }
  return undefined;
}

/** Whether the tables (of functions: we or the pack) have an id. */
export function isKnown(setting: Setting, kind: Named, id: string): boolean {
  return idsFor(setting, kind)?.has(id) ?? resolve(setting.knowledge, kind, id, setting.asOf).id === id;
}

function emptyList(kind: Named): Why {
  return {
    code: "identity",
    text: `a list of ${kind}s without a name says nobody and could mean anybody`,
    who: "authority",
  };
}

const functions = new WeakMap<Setting["pack"], ReadonlySet<string>>();

/** Functions are those that we know and those of the pack; all else is as the tables have it. */
function idsFor({ pack }: Setting, kind: Named): Ids | undefined {
  if (kind !== "function") return undefined;
  const own = pack.manifest.classes?.flatMap((one) => one.functions) ?? [];
  const known = functions.get(pack) ?? new Set([...domainOfFunction.keys(), ...own]);
  functions.set(pack, known);
  return known;
}
