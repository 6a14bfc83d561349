import assert from "node:assert/strict";
import { test } from "node:test";
import { equipmentOf, packNamed, settingOf } from "../../test/kit/facts.ts";
import { deriveRemoteDisruption, deriveSeesTraffic } from "./capability.ts";
import { deriveFiveG, deriveHighRateTransmission } from "./five-g.ts";

const us = packNamed("us-covered-list");
const asked = (name: string | undefined, assumedCapabilities = "yes") => {
  const setting = settingOf({ pack: us, parameters: { assumedCapabilities } });
  const equipment = equipmentOf();
  const { function: _, ...nameless } = equipment;
  const subject = name === undefined ? nameless : { ...equipment, function: name };
  return [deriveSeesTraffic(setting, subject), deriveRemoteDisruption(setting, subject)] as const;
};
const values = (...given: Parameters<typeof asked>) => asked(...given).map(({ worst, best }) => [worst, best]);

test("the capability test goes by function, as the pack classifies it", () => {
  assert.deepEqual(values("UPF"), [
    [true, true],
    [true, true],
  ]);
  assert.deepEqual(values("antenna"), [
    [false, false],
    [false, false],
  ]);
  assert.deepEqual(values("timing-source"), [
    [false, false],
    [true, true],
  ]);
});

test("a function that the pack does not classify is open, not cleared", () => {
  for (const name of ["5G-EIR", "core box", undefined]) {
    assert.deepEqual(
      values(name),
      [
        [true, false],
        [true, false],
      ],
      name ?? "no function",
    );
  }
  assert.match(asked("5G-EIR")[0].why[0]?.text ?? "", /does not say whether `5G-EIR` has `sees-traffic`/);
});

test("the pack's own readings count only where its parameter lets them", () => {
  assert.deepEqual(values("UPF", "no")[0], [true, false]);
  assert.deepEqual(values("N3IWF", "no")[0], [true, true], "this one was read in the source");
});

test("4G equipment serves 5G as the parameter says, everything else does", () => {
  const setting = (nonStandalone: string) => settingOf({ parameters: { nonStandalone } });
  const serves = (name: string, word = "undecided") =>
    deriveFiveG(setting(word), equipmentOf({ function: name })).possible;
  assert.deepEqual(serves("gNB"), [true]);
  assert.deepEqual(serves("transport-router"), [true]);
  assert.deepEqual(serves("eNB"), [false, true]);
  assert.deepEqual(serves("eNB", "yes"), [true]);
  assert.deepEqual(serves("MME", "no"), [false]);
  assert.deepEqual(serves("core box"), [false, true]);
});

test("which transmission is meant is the parameter's to say, but for interfaces to other networks", () => {
  const setting = (transmissionMeans: string) => settingOf({ parameters: { transmissionMeans } });
  const meant = (name: string, word = "undecided") =>
    deriveHighRateTransmission(setting(word), equipmentOf({ function: name })).possible;
  assert.deepEqual(meant("third-party-interface"), [true]);
  assert.deepEqual(meant("optical-transport"), [false, true]);
  assert.deepEqual(meant("optical-transport", "all"), [true]);
  assert.deepEqual(meant("optical-transport", "interfaces"), [false]);
  assert.deepEqual(meant("gNB"), [false]);
  assert.deepEqual(meant("core box"), [false, true]);
});
