import { stringify } from "yaml";
import type { Config } from "../../src/model/config.ts";
import type { Signed, World } from "../../test/kit/world.ts";
import { asOf, element, keys, labTested, ordersRegister, owners, ownRegister, products, suppliers } from "./cast.ts";

const withPapers = ["DEMO-2023", "DEMO-undated-notified"];
const operators = [
  ...["DEMO-2020", "DEMO-2023", "DEMO-2023-silent", "DEMO-december-2025", "DEMO-2026", "DEMO-undated"],
  ...["DEMO-undated-notified", "DEMO-mixed"],
];

const amf = { maker: "DEMO-nordwerk", product: "DEMO-core", release: "21.3", functions: "AMF" };
const radio = { maker: "DEMO-lotus", product: "DEMO-radio", release: "V5.1", functions: "gNB" };

const config: Config = {
  name: "first-use",
  title: "DEMO: the same equipment, first used on different days",
  country: "DE",
  demo: true,
  binding: [{ pack: "de-2026" }],
  roles: { "de-2024-contract-maker": [] },
  days: { asOf, knownAt: asOf },
};

function notice(operator: string) {
  const declaration = { declaration: "notice", operator, product: "DEMO-core", functions: ["AMF"] };
  return { declarationId: `DEMO-notice-${operator}`, ...declaration, given: "2023-01-09" };
}

const guarantee: Signed = {
  file: "evidence/guarantee-core.json",
  by: ["DEMO-nordwerk-key"],
  on: "2023-01-02",
  says: {
    kind: "declaration",
    predicate: {
      ...{ declarationId: "DEMO-guarantee-1", declaration: "guarantee", maker: "DEMO-nordwerk", product: "DEMO-core" },
      given: "2023-01-02",
    },
  },
};

/** The configuration with other parameters, to copy over `freigabe.yaml`. */
function variant(why: string, parameters: Readonly<Record<string, string>>): string {
  const changed: Config = { ...config, binding: [{ pack: "de-2026", parameters }] };
  return `# ${why}\n${stringify(changed, { lineWidth: 110 })}`;
}

/** One AMF release without a certificate; only the day of first use differs, and with it the duty. */
export const firstUse: World = {
  config,
  tables: {
    suppliers,
    owners,
    products: products.filter(({ id }) => id === "DEMO-core" || id === "DEMO-radio"),
    operators: operators.map((id) => ({ id, name: `${id} (invented)`, increased_risk: "yes" })),
    elements: [
      element("DEMO-amf-2020", amf, "2020-06-01", { operator: "DEMO-2020" }),
      element("DEMO-amf-2023", amf, "2023-05-02", { operator: "DEMO-2023" }),
      element("DEMO-amf-2023-silent", amf, "2023-05-02", { operator: "DEMO-2023-silent" }),
      element("DEMO-amf-december-2025", amf, "2025-12-15", { operator: "DEMO-december-2025" }),
      element("DEMO-amf-2026", amf, "2026-03-02", { operator: "DEMO-2026" }),
      element("DEMO-amf-undated", amf, undefined, { operator: "DEMO-undated" }),
      element("DEMO-amf-undated-notified", amf, undefined, { operator: "DEMO-undated-notified" }),
      element("DEMO-amf-old", amf, "2020-06-01", { operator: "DEMO-mixed" }),
      element("DEMO-amf-more", amf, "2026-03-02", { operator: "DEMO-mixed" }),
      element("DEMO-amf-updated", { ...amf, release: "21.4" }, "2020-06-01", {
        ...{ operator: "DEMO-mixed", release_since: "2026-03-02" },
      }),
      element("DEMO-gnb-2023", radio, "2023-04-03", { operator: "DEMO-mixed" }),
      element("DEMO-gnb-2026", radio, "2026-04-13", { operator: "DEMO-2026" }),
    ],
  },
  keys: [
    ...keys.filter(({ role }) => role !== "operator" && role !== "approver"),
    ...operators.map((party) => ({ id: `${party}-security`, party, role: "operator" as const })),
  ],
  signed: [
    guarantee,
    ...["DEMO-nordwerk", "DEMO-lotus"].map(labTested),
    ordersRegister(),
    ...operators.flatMap((operator) => [
      ownRegister("certificates", [], operator),
      ownRegister("notices", withPapers.includes(operator) ? [notice(operator)] : [], operator),
      ownRegister("maintenance", [], operator),
    ]),
  ],
  files: {
    "variants/draft-list.yaml": variant("As if the draft list of October 2025 were in force.", {
      criticalList: "draft-2025-10",
    }),
    "variants/draft-list-no-transition.yaml": variant("The draft list, and no exemption for what is in use.", {
      ...{ criticalList: "draft-2025-10", draftTransition: "none" },
    }),
    "variants/first-use-of-the-type.yaml": variant("First use means: of the type by the operator.", {
      firstUseMeans: "type",
    }),
    "variants/first-use-of-the-release.yaml": variant("First use means: of the release by the operator.", {
      firstUseMeans: "release",
    }),
    "variants/first-use-of-the-element.yaml": variant("First use means: of the single element.", {
      firstUseMeans: "element",
    }),
  },
};
