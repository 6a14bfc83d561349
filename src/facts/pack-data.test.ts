import assert from "node:assert/strict";
import { test } from "node:test";
import type { PackManifest } from "../model/pack.ts";
import { strayNames } from "./pack-data.ts";

const certainty = { cites: "invented", certainty: "own-policy" } as const;
const title = "invented";

const sound: PackManifest = {
  name: "sound",
  version: "1",
  title,
  actions: ["operate"],
  parameters: { lapse: { default: "undecided", values: ["undecided", "refused"], confirmed: false, title } },
  lowestGrade: { certificate: "transcript" },
  maxAgeDays: { "register-orders": 30 },
  regimes: [
    { era: "none", title, until: "2020-12-31" },
    { era: "certificate", title, from: "2021-01-01" },
  ],
  lists: [{ id: "list", title, classes: ["core"], ...certainty }],
  schemes: [{ id: "scheme", title, years: 2, minorUpdates: false, documents: true, ...certainty }],
  classes: [{ id: "core", title, functions: ["AMF"], schemes: ["scheme"], ...certainty }],
  documents: [
    { id: "document", function: "AMF", scheme: "scheme", admissible: "2021-01-01", duty: "2021-01-01", ...certainty },
  ],
};

test("data whose names all exist is taken", () => {
  assert.deepEqual(strayNames(sound, new Set(["certificate"])), []);
});

const [list, klass, document] = [sound.lists![0]!, sound.classes![0]!, sound.documents![0]!];
const spoilt: readonly (readonly [what: string, change: Partial<PackManifest>, pointer: string])[] = [
  ["a class that a list misspells", { lists: [{ ...list, classes: ["cor"] }] }, "/lists/0/classes/0"],
  [
    "a function that a class misspells",
    { classes: [{ ...klass, functions: ["AMF", "AMG"] }] },
    "/classes/0/functions/1",
  ],
  ["a function in two classes", { classes: [klass, { ...klass, id: "twin" }] }, "/classes/1/functions/0"],
  ["a scheme that does not exist", { classes: [{ ...klass, schemes: ["skeme"] }] }, "/classes/0/schemes/0"],
  ["a document of no scheme", { documents: [{ ...document, scheme: "skeme" }] }, "/documents/0/scheme"],
  ["a document for no function", { documents: [{ ...document, function: "SMF" }] }, "/documents/0/function"],
  ["an era that no fact knows", { regimes: [{ era: "certifikate", title }] }, "/regimes/0/era"],
  [
    "regimes that overlap",
    {
      regimes: [
        { era: "none", title },
        { era: "gap", title, from: "2021-01-01" },
      ],
    },
    "/regimes/1",
  ],
  ["lists that overlap", { lists: [list, { ...list, id: "other" }] }, "/lists/1"],
  ["one id twice", { schemes: [...sound.schemes!, sound.schemes![0]!] }, "/schemes/1"],
  ["a grade for no kind", { lowestGrade: { certifikate: "issuer" } }, "/lowestGrade/certifikate"],
  ["an age for no register", { maxAgeDays: { orders: 30 } }, "/maxAgeDays/orders"],
  [
    "a function under a capability that nobody knows",
    { capabilities: [{ capability: "sees-traffic", functions: ["UPF", "UPG"], ...certainty }] },
    "/capabilities/0/functions/1",
  ],
  [
    "a function classified twice",
    {
      capabilities: [
        { capability: "sees-traffic", functions: ["UPF"], ...certainty },
        { capability: "remote-disruption", functions: ["UPF"], ...certainty },
        { capability: "sees-traffic", holds: false, functions: ["UPF"], ...certainty },
      ],
    },
    "/capabilities/2/functions/0",
  ],
  [
    "a parameter that no fact looks at",
    { parameters: { laps: { default: "x", confirmed: true, title } } },
    "/parameters/laps",
  ],
  [
    "a word that a parameter does not know",
    { parameters: { lapse: { default: "undecided", values: ["undecided", "rejected"], confirmed: false, title } } },
    "/parameters/lapse",
  ],
];

for (const [what, change, pointer] of spoilt) {
  test(`${what} is refused by place`, () => {
    const found = strayNames({ ...sound, ...change }, new Set());
    assert.deepEqual(
      found.map((stray) => stray.pointer),
      [pointer],
    );
  });
}

test("a rule that reads a cut fact needs the parameter it is cut at", () => {
  for (const [fact, parameter] of [
    ["largestShare", "largestShareLimit"],
    ["makersEnough", "makersAtLeast"],
  ] as const) {
    const [stray] = strayNames(sound, new Set([fact]));
    assert.match(stray?.message ?? "", new RegExp(parameter));
  }
});

test("a share of makers with a role is of the one role of the pack", () => {
  const parameters = { roleShareLimit: { default: 35, confirmed: true, title } };
  const pointers = (roles: PackManifest["roles"]) =>
    strayNames({ ...sound, parameters, ...(roles && { roles }) }, new Set(["roleShare"])).map(({ pointer }) => pointer);
  assert.deepEqual(pointers({ one: { title } }), []);
  assert.deepEqual(pointers({ one: { title }, two: { title } }), ["/roles"]);
  assert.deepEqual(pointers(undefined), ["/roles"]);
});

test("a parameter that chooses what a rule weighs is no stray", () => {
  const parameters = { makersWeigh: { default: "advice", values: ["advice", "limit"], confirmed: true, title } };
  const strays = (weights: readonly string[]) => strayNames({ ...sound, parameters }, new Set(), new Set(weights));
  assert.deepEqual(strays(["makersWeigh"]), []);
  assert.equal(strays([]).length, 1);
});
