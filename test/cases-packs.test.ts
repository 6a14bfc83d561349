/** The packs beside de-2026 on whole workspaces: roles through ownership, shares in two bases, operators and the nation. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { operators } from "../scripts/worlds/cast.ts";
import { answersTo, type Case, element, gateOf } from "./kit/cases.ts";

type Config = NonNullable<Case["config"]>;
/** Elements of a maker with one function, of products that no table needs to know. */
const some = (count: number, maker: string | undefined, functions: string, changes: Record<string, string> = {}) =>
  Array.from({ length: count }, (_, at) => ({
    ...element(
      `${maker}-${functions}-${changes.operator ?? ""}${changes.site ?? ""}${at}`,
      functions,
      "",
      "1",
      "2024-01-08",
    ),
    product: undefined,
    maker,
    ...changes,
  }));
/** `DEMO Lotus Holding` is no supplier: only the ownership table leads from it to `DEMO-lotus`. */
const holding = [{ supplier: "DEMO Lotus Holding", source: "invented" }];
const uk = (parameters: Record<string, string> = {}): Config => ({
  binding: [{ pack: "uk-2022", parameters }],
  roles: { "uk-designated": holding },
});

test("uk-2022: equipment of a designated vendor by segment and day, its subsidiaries too", async () => {
  const elements = [
    ...some(1, "DEMO-lotus", "AMF"),
    ...some(1, "DEMO-lotus", "gNB"),
    ...some(1, "DEMO-lotus", "MME"),
    ...some(1, "DEMO-nordwerk", "UPF"),
    ...some(1, "DEMO-lotus", "optical-transport"),
  ];
  const { rows } = await answersTo({ elements, config: uk() });
  const said = rows.map(({ element: id, verdict, rules }) => `${id} ${verdict} ${rules}`.trim());
  assert.deepEqual(said, [
    "DEMO-lotus-AMF-0 refused/rule UK-CORE",
    "DEMO-lotus-MME-0 refused/rule UK-CORE",
    "DEMO-lotus-gNB-0 admitted/no-duty",
    "DEMO-lotus-optical-transport-0 undecided/missing UK-TRANSMISSION",
    "DEMO-nordwerk-UPF-0 admitted/no-duty",
  ]);
  const settled = await answersTo({ elements, config: uk({ nonStandalone: "no", transmissionMeans: "all" }) });
  assert.equal(
    settled.of("DEMO-lotus-MME-0").verdict,
    "refused/rule",
    "the core of telecoms networks, not of 5G alone",
  );
  assert.equal(settled.of("DEMO-lotus-optical-transport-0").verdict, "refused/rule");
  const later = await answersTo({ elements, config: uk() }, { asOf: "2028-01-01" });
  assert.equal(later.of("DEMO-lotus-gNB-0").verdict, "refused/rule");
});

const access = (designated: number, others: number) => [
  ...some(designated, "DEMO-lotus", "gNB"),
  ...some(others, "DEMO-nordwerk", "gNB"),
];

test("uk-2022: the share of designated vendors in access, up to 35 percent", async () => {
  const shareOf = async (elements: Case["elements"]) => {
    const { assessment } = await answersTo({ elements, config: uk() });
    return assessment.network.map(({ scope, outcome, reasons, detail }) => [
      scope,
      outcome,
      reasons.join(),
      detail.split("; ")[1],
    ]);
  };
  const role = "makers with the role `uk-designated`";
  assert.deepEqual(await shareOf(access(7, 13)), [
    ["operator", "admitted", "", `${role} 35.0 %`],
    ["nation", "admitted", "", `${role} 35.0 %`],
  ]);
  assert.deepEqual((await shareOf(access(8, 12)))[0], ["operator", "refused", "UK-ACCESS-35", `${role} 40.0 %`]);
  const unsure = [...access(7, 12), ...some(1, undefined, "gNB")];
  assert.deepEqual((await shareOf(unsure))[0], ["operator", "undecided", "UK-ACCESS-35", `${role} 35.0 to 40.0 %`]);
});

test("uk-2022: the base of the share is a parameter, and the other base's answer is told where it differs", async () => {
  const elements = [
    ...some(1, "DEMO-lotus", "gNB", { site: "DEMO-site-1" }),
    ...some(9, "DEMO-nordwerk", "gNB", { site: "DEMO-site-2" }),
  ];
  const tables = { sites: [{ id: "DEMO-site-1" }, { id: "DEMO-site-2" }] };
  const byElement = await answersTo({ elements, tables, config: uk() });
  assert.equal(byElement.assessment.network[0]?.outcome, "admitted");
  assert.match(byElement.assessment.network[0]?.detail ?? "", /^10 elements .* 10\.0 %; counted by sites: refused$/);
  const bySite = await answersTo({ elements, tables, config: uk({ shareBase: "site" }) });
  assert.equal(bySite.assessment.network[0]?.outcome, "refused");
  assert.match(bySite.assessment.network[0]?.detail ?? "", /^2 sites .* 50\.0 %; counted by elements: admitted$/);
});

const two: Case["tables"] = {
  operators: [...operators, { id: "DEMO-south", name: "DEMO Südnetz GmbH", increased_risk: "yes" }],
};
const keys: Case["keys"] = [{ id: "DEMO-south-security", party: "DEMO-south", role: "operator" }];
const south = { operator: "DEMO-south" };
const diverse = (parameters: Record<string, string> = {}): Config => ({
  binding: [{ pack: "de-2026" }, { pack: "diversity", parameters }],
});
const nationwide: Case = {
  elements: [...some(3, "DEMO-nordwerk", "RU"), ...some(3, "DEMO-taiga", "RU", south)],
  tables: two,
  keys,
};

test("diversity: as shipped it advises about operators and the nation, and refuses nothing", async () => {
  const { assessment } = await answersTo({ ...nationwide, config: diverse() });
  const said = assessment.network.map(({ scope, operator, outcome, advice }) => [
    scope,
    operator,
    outcome,
    advice.join(" "),
  ]);
  assert.deepEqual(said, [
    ["operator", "DEMO-north", "admitted", "DIV-EFFECTIVE DIV-MAKERS DIV-OWNER DIV-SHARE"],
    ["operator", "DEMO-south", "admitted", "DIV-EFFECTIVE DIV-MAKERS DIV-OWNER DIV-SHARE"],
    ["nation", "", "admitted", "DIV-NATION-EFFECTIVE DIV-NATION-MAKERS"],
  ]);
});

test("diversity: lines of two operators that break the nation's limit together are named together", async () => {
  const config = diverse({ shareWeighsNation: "limit" });
  const order = ["first,DEMO-north,DEMO-nordwerk,,,RU,1", "second,DEMO-south,DEMO-nordwerk,,,RU,1"];
  const { lines, network } = await gateOf({ ...nationwide, config }, order);
  assert.deepEqual(
    lines.map(({ outcome, reasons }) => [outcome, ...reasons.map(({ rule, with: names }) => [rule, names])]),
    [
      ["refused", ["DIV-NATION-SHARE", ["first", "second"]]],
      ["refused", ["DIV-NATION-SHARE", ["first", "second"]]],
    ],
  );
  const nation = network.find(({ scope }) => scope === "nation");
  assert.deepEqual([nation?.operator, nation?.outcome], ["", "refused"]);
});

test("diversity: what operators share counts once for the nation", async () => {
  const shared = some(2, "DEMO-taiga", "RU").map((row) => ({ ...row, operator: undefined }));
  const elements = [...some(2, "DEMO-nordwerk", "RU"), ...shared];
  const uses = shared.flatMap(({ id }) =>
    ["DEMO-north", "DEMO-south"].map((operator) => ({ operator, element: id, kind: "shared" })),
  );
  const { assessment } = await answersTo({ elements, tables: { ...two, uses }, keys, config: diverse() });
  assert.deepEqual(
    assessment.network.map(({ scope, operator, detail }) => [scope, operator, detail.split(" ")[0]]),
    [
      ["operator", "DEMO-north", "4"],
      ["operator", "DEMO-south", "2"],
      ["nation", "", "4"],
    ],
  );
});

test("a pack that does not look at `scope` is asked about operators alone", async () => {
  const files = {
    "packs/own/pack.yaml": 'name: own\nversion: "1"\ntitle: Own\nactions: [depend]\n',
    "packs/own/rules.cedar": `permit (principal, action, resource);
@id("TWO") @kind("limit") @title("Two makers") @cites("invented") @certainty("own-policy") @remedy("r") @waivable("nobody")
forbid (principal, action, resource) unless { context.makerCount >= 2 };\n`,
  };
  const config: Config = { binding: [{ pack: "de-2026" }, { pack: "own" }] };
  const { assessment } = await answersTo({ ...nationwide, files, config });
  assert.deepEqual(
    assessment.network.map(({ scope, outcome }) => [scope, outcome]),
    [
      ["operator", "refused"],
      ["operator", "refused"],
    ],
  );
});

test("us-covered-list: listed by ownership and able to do harm; a function that nobody classified is open", async () => {
  const config: Config = { binding: [{ pack: "us-covered-list" }], roles: { "us-covered": holding } };
  const functions = ["UPF", "timing-source", "antenna", "5G-EIR"];
  const elements = [...functions.flatMap((name) => some(1, "DEMO-lotus", name)), ...some(1, "DEMO-taiga", "UPF")];
  const { of, assessment } = await answersTo({ elements, config });
  const said = (id: string) => [of(id).verdict, of(id).rules];
  assert.deepEqual(said("DEMO-lotus-UPF-0"), ["refused/rule", "US-DISRUPTION;US-TRAFFIC"]);
  assert.deepEqual(said("DEMO-lotus-timing-source-0"), ["refused/rule", "US-DISRUPTION"]);
  assert.deepEqual(said("DEMO-lotus-antenna-0"), ["admitted/no-duty", ""]);
  assert.deepEqual(said("DEMO-lotus-5G-EIR-0"), ["undecided/missing", "US-DISRUPTION;US-TRAFFIC"]);
  assert.deepEqual(said("DEMO-taiga-UPF-0"), ["admitted/no-duty", ""]);
  const hanging = assessment.packs[0]?.parameters.find(({ name }) => name === "assumedCapabilities")?.hanging;
  assert.deepEqual(hanging, { no: 3 }, "what rests on our own reading is counted");
});

test("us-covered-list: a role that nobody filled in leaves what it bars open", async () => {
  const config: Config = { binding: [{ pack: "us-covered-list" }], roles: {} };
  const { rows } = await answersTo({ elements: some(1, "DEMO-taiga", "UPF"), config });
  assert.equal(rows[0]?.verdict, "undecided/missing");
});

test("eu-toolbox: whether the radio access network is a key asset is a parameter, and what hangs on it is counted", async () => {
  const config = (parameters: Record<string, string> = {}): Config => ({
    binding: [{ pack: "eu-toolbox", parameters }],
    roles: { "eu-high-risk": holding },
  });
  const elements = [...some(1, "DEMO-lotus", "AMF"), ...some(2, "DEMO-lotus", "gNB")];
  const { of, assessment } = await answersTo({ elements, config: config() });
  assert.equal(of("DEMO-lotus-AMF-0").verdict, "refused/rule");
  assert.equal(of("DEMO-lotus-gNB-0").verdict, "admitted/no-duty");
  const list = assessment.packs[0]?.parameters.find(({ name }) => name === "criticalList");
  assert.deepEqual(list?.hanging, { "with-access-2023": 2 });
  const wide = await answersTo({ elements, config: config({ criticalList: "with-access-2023" }) });
  assert.equal(wide.of("DEMO-lotus-gNB-0").verdict, "refused/rule");
});

test("several packs bind: the worst wins, and one that only compares changes nothing", async () => {
  const elements = some(1, "DEMO-lotus", "gNB");
  const roles = { "de-2024-contract-maker": [], "us-covered": holding };
  const alone = await answersTo({ elements, config: { binding: [{ pack: "de-2026" }], roles } });
  assert.equal(alone.rows[0]?.verdict, "admitted/no-duty");
  const beside = { binding: [{ pack: "de-2026" }], compare: [{ pack: "us-covered-list" }], roles };
  assert.equal((await answersTo({ elements, config: beside })).rows[0]?.verdict, "admitted/no-duty");
  const both = { binding: [{ pack: "de-2026" }, { pack: "us-covered-list" }], roles };
  assert.equal((await answersTo({ elements, config: both })).rows[0]?.verdict, "refused/rule");
});
