/** Levels of the Traffic Light Protocol 2.0 (FIRST, August 2022), from the freest to the narrowest. */
export const tlpLevels = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof tlpLevels)[number];

/** The narrower of two levels. */
export function narrower(a: Tlp, b: Tlp): Tlp {
  return tlpLevels.indexOf(a) >= tlpLevels.indexOf(b) ? a : b;
}

/** Whether somebody cleared up to `limit` may have what is marked `level`. */
export function within(level: Tlp, limit: Tlp): boolean {
  return tlpLevels.indexOf(level) <= tlpLevels.indexOf(limit);
}

/**
 * Marking definitions that stand for a level: TLP 2.0 (STIX extension `extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d`)
 * and TLP 1 (STIX 2.1, section 7.2.1.4), whose white is clear and whose amber allowed no less than amber does.
 */
export const tlpMarkings: ReadonlyMap<string, Tlp> = new Map<string, Tlp>([
  ["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "clear"],
  ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "green"],
  ["marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", "amber"],
  ["marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", "amber+strict"],
  ["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", "red"],
  ["marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", "clear"],
  ["marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", "green"],
  ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", "amber"],
  ["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", "red"],
]);
