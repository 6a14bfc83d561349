/** Version of the weights below: a similarity is comparable with another only under the same. */
export const componentWeights = "freigabe-components-1 (own-policy)";

/**
 * What it means for two products to have a component in common, by its CycloneDX type (ECMA-424, `component.type`). Own
 * policy, no authority sets such weights: what can fail or be commanded by whoever made it weighs, an operating system, firmware
 * or a chip most; small libraries would swamp everything and weigh nothing. Types that are not named weigh nothing.
 */
export const weightOfType: Readonly<Record<string, number>> = {
  "operating-system": 10,
  firmware: 10,
  device: 10,
  platform: 5,
  "device-driver": 3,
  application: 2,
  container: 1,
  "machine-learning-model": 1,
  framework: 0,
  library: 0,
  file: 0,
  data: 0,
  "cryptographic-asset": 0,
};
