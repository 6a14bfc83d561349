import { outageIn } from "../assess/outage.ts";
import { baselineOf, lookedAt } from "../assess/outage-baseline.ts";
import { frameOf } from "../assess/outage-frame.ts";
import { usualChannels } from "../assess/outage-hits.ts";
import type { Span } from "../model/measure.ts";
import type { Channel, Network } from "../model/network.ts";
import type { OutageState } from "../model/outage.ts";
import type { OutageResult } from "../model/whatif-outage.ts";
import { networkOf } from "./network-of.ts";
import { nationOf } from "./outage.ts";
import type { Shell } from "./shell.ts";
import { type Suspicion, suspectsOf } from "./suspects.ts";
import { type Days, openWorkspace } from "./workspace.ts";

export interface OutageRequest extends Suspicion, Days {
  readonly state: OutageState;
  /** Empty: those usual for the state. */
  readonly channels: readonly Channel[];
  /** Percent served, of what was served before. */
  readonly threshold: number;
}

/**
 * Answers what is still served if suppliers, looked at as one, stop, turn hostile, or send no more updates. Throws `UserError`
 * for a supplier, owner or country nobody knows, and what opening a workspace throws.
 */
export async function whatIfOutage(shell: Shell, request: OutageRequest): Promise<OutageResult> {
  const store = await shell.openStore();
  try {
    const workspace = await openWorkspace(shell, store, request, { sites: true });
    shell.progress("reading the network");
    const network = await networkOf(workspace);
    const suspect = suspectsOf(workspace, network, request);
    shell.progress("looking at what is left");
    const frame = frameOf(network);
    const channels = request.channels.length > 0 ? request.channels : usualChannels(request.state);
    const [scenario] = outageIn(frame, baselineOf(frame), [{ suspect, state: request.state, channels }]);
    const { sites, people } = nationOf(scenario!.rows);
    const { config, asOf, knownAt, inputs } = workspace;
    return {
      kind: "whatif-outage",
      workspace: config.name,
      ...{ asOf, knownAt, demo: config.demo === true, threshold: request.threshold },
      scenario: scenario!,
      below: {
        sites: isBelow(sites.served, { least: sites.before, most: sites.before }, request.threshold),
        people: people && isBelow(people.served, people.before, request.threshold),
      },
      people: figuresOf(network),
      demands: { origin: network.demands.origin, count: network.demands.count, loose: network.demands.loose },
      looked: lookedAt(frame),
      inputs: inputs.map(({ file, sha256, bytes }) => ({ file, sha256, bytes })),
    };
  } finally {
    await store.close();
  }
}

/** Whether less than so many percent is left; null where there was nothing, of which nothing can be left. */
function isBelow(served: Span, before: Span, threshold: number): OutageResult["below"]["sites"] {
  if (before.most === 0) return null;
  const part = threshold / 100;
  if (served.most < part * before.least) return "yes";
  return served.least >= part * before.most ? "no" : "open";
}

/** Whose figures of people these are, and of when. */
function figuresOf({ regions }: Network): OutageResult["people"] {
  const known = regions.filter(({ people }) => people !== null);
  return {
    years: [...new Set(known.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b),
    sources: [...new Set(known.flatMap(({ source }) => source ?? []))].sort(),
  };
}
