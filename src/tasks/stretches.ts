import { equipmentCuts } from "../facts/certificate.ts";
import { deployedOn } from "../facts/first-use.ts";
import { identify } from "../facts/subject.ts";
import { addDays, type Day, type DaySpan } from "../model/day.ts";
import { splitFunctions } from "../model/functions.ts";
import type { EquipmentKey } from "../model/inventory.ts";
import type { Way } from "./settings.ts";

/** Elements of a key whose first day of use makes no difference to any fact: from `lo` to before `hi`. */
export interface Stretch {
  readonly lo: Day | null;
  readonly hi: Day | null;
  /** A day of the stretch, standing for all of them; open below where the day is not known. */
  readonly own: DaySpan;
}

/** The stretches of first days between which no fact of the key can change, as far as its elements reach. */
export function stretchesOf(ways: readonly Way[], key: EquipmentKey, asOf: Day): readonly Stretch[] {
  const cuts = cutsOf(ways, key).filter((cut) => key.inService !== null && key.inService < cut && cut <= asOf);
  const dated = key.inService === null ? [] : between([null, ...cuts, null]);
  return key.inServiceUnknown > 0 ? [...dated, { lo: null, hi: null, own: { to: asOf } }] : dated;

  function between(ends: readonly (Day | null)[]): readonly Stretch[] {
    return ends.slice(0, -1).map((lo, index) => {
      const hi = ends[index + 1] ?? null;
      const day = lo ?? key.inService ?? asOf;
      // Both ends null would mean "day not known" to the store.
      return { lo: lo ?? "1000-01-01", hi: hi ?? addDays(asOf, 1), own: { from: day, to: day } };
    });
  }
}

function cutsOf(ways: readonly Way[], key: EquipmentKey): readonly Day[] {
  const names = splitFunctions(key.functions);
  const cuts = ways.flatMap(({ setting }) => {
    const known = identify(setting, key);
    return (names.length > 0 ? names : [undefined]).flatMap((name) =>
      equipmentCuts(setting, {
        ...known,
        operator: key.operator,
        registered: undefined,
        release: key.release,
        digest: key.digest,
        ...(name !== undefined && { function: name }),
        firstUse: deployedOn(setting.asOf),
      }),
    );
  });
  return [...new Set(cuts)].sort();
}
