import type { NetboxElement } from "../../readers/netbox.ts";
import { lookup, type NetboxMap } from "./map.ts";

/** What fails or is switched off still stands in the network; only what is not yet there is planned. */
const statuses: ReadonlyMap<string, string> = new Map(
  Object.entries({
    active: "active",
    offline: "active",
    failed: "active",
    paused: "active",
    decommissioning: "active",
    planned: "planned",
    staged: "planned",
    inventory: "planned",
  }),
);

/** The status of an element in our words, first as the map says; `undefined` if it has none or nobody knows it. */
export function statusOf({ status }: NetboxElement, map: NetboxMap): string | undefined {
  if (status === null) return undefined;
  return lookup(map.statuses, { pk: 0, name: status, slug: "" }) ?? statuses.get(status);
}
