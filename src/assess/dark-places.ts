import type { Network } from "../model/network.ts";
import { baselineOf } from "./outage-baseline.ts";
import { frameOf } from "./outage-frame.ts";
import type { Scenario } from "./outage-hits.ts";
import { evaluated } from "./outage-lanes.ts";

/** Radio places that serve with nobody gone, and which of them go dark in each scenario. */
export interface DarkPlaces {
  readonly places: Uint32Array;
  /** By scenario, in the order of `places`: 1 where dark whatever is not known. */
  readonly dark: readonly Uint8Array[];
  /** The same if all that is not known is hit too. */
  readonly mayBeDark: readonly Uint8Array[];
}

/** Which radio places go dark, one by one, for maps; sums of them are what `outage` tells. */
export function darkPlaces(network: Network, scenarios: readonly Scenario[]): DarkPlaces {
  const frame = frameOf(network);
  const { served } = baselineOf(frame, false);
  const dark: Uint8Array[] = [];
  const mayBeDark: Uint8Array[] = [];
  for (const lanes of evaluated(frame, served, scenarios)) {
    for (const lane of lanes.scenarios.keys()) {
      const flags = (words: Uint32Array) => Uint8Array.from(words, (word) => (word >>> lane) & 1);
      dark.push(flags(lanes.sure.darkness.dark));
      mayBeDark.push(flags(lanes.most.darkness.dark));
    }
  }
  return { places: served.place, dark, mayBeDark };
}
