import type { Config } from "../../../src/model/config.ts";
import type { World } from "../../../test/kit/world.ts";
import { asOf, isar, keys, operators, owners, products, rhein, succession, suppliers } from "./cast.ts";
import { certificates, oversights, spoiledCertificate, testResults } from "./certificates.ts";
import { allCores } from "./core.ts";
import { documentFiles, vouching } from "./documents.ts";
import { fixedFiles } from "./envelopes.ts";
import { mapText } from "./laender.ts";
import { aliasesText, exceptionsText, orderText, papers, signedExceptions } from "./papers.ts";
import { element, type Parts, type Row, together } from "./parts.ts";
import { plannedAndRetired, radio } from "./radio.ts";
import { radioSites, sharedAmong } from "./sites.ts";
import { type Topology, topology } from "./topology.ts";
import { backhaul, rings } from "./transport.ts";

const invented = "invented for this example";
const underHolding = [
  { supplier: "DEMO-lotus", source: invented },
  { supplier: "DEMO-lotus-holding", source: `${invented}: whoever it controls has the role too` },
];
const having = (operator: string) => ({ operator, source: invented });

const config: Config = {
  name: "germany",
  title: "DEMO Germany: four operators, one nation",
  country: "DE",
  demo: true,
  binding: [{ pack: "de-2026" }],
  compare: ["de-2019", "uk-2022", "us-covered-list", "eu-toolbox", "diversity"].map((pack) => ({ pack })),
  roles: {
    "de-2024-contract-maker": underHolding,
    "uk-designated": [{ supplier: "DEMO-lotus", source: invented }],
    "us-covered": underHolding,
    "eu-high-risk": underHolding,
  },
  operatorRoles: {
    "de-2024-contract-operator": ["DEMO-rhein", "DEMO-isar", "DEMO-elbe"].map(having),
    "us-universal-service": ["DEMO-rhein", "DEMO-isar", "DEMO-elbe", "DEMO-neckar"].map(having),
  },
  days: { asOf, knownAt: asOf },
};

/** The whole example: made anew at every call, the same every time. */
export function germany(): World {
  const { sites, elements, relations, uses, ...connected } = network();
  return {
    config,
    tables: {
      ...{ suppliers, owners, succession, products, sites, relations, uses },
      operators: operators.map(({ id, name, customers }) => ({ id, name, increased_risk: "yes", customers })),
      elements: [...elements, ...unreadable],
      ...connected,
    },
    keys,
    signed: [...certificates, ...testResults, ...oversights, ...papers, ...signedExceptions, ...vouching],
    files: {
      "aliases.csv": aliasesText,
      "exceptions.yaml": exceptionsText,
      "map.geojson": mapText(),
      "order.csv": orderText,
      ...Object.fromEntries([spoiledCertificate()]),
      ...documentFiles,
      ...fixedFiles(),
    },
  };
}

/** Sites, elements and what ties them, sorted by id within each table, and how the sites are connected. */
function network(): Parts & Topology {
  const sites = radioSites();
  const shared = sharedAmong(sites);
  const parts = together([allCores(), rings(), radio(sites, shared), plannedAndRetired(sites), backhaul(sites)]);
  return {
    sites: parts.sites.toSorted(byText("id")),
    elements: parts.elements.toSorted(byText("id")),
    relations: parts.relations.toSorted(byText("from", "kind", "to")),
    uses: parts.uses.toSorted(byText("element", "operator")),
    ...topology(sites, shared, withMicrowave(parts.elements)),
  };
}

function withMicrowave(elements: readonly Row[]): ReadonlySet<string> {
  const links = elements.filter(({ functions }) => functions === "microwave-link");
  return new Set(links.map(({ site }) => String(site)));
}

function byText(...columns: readonly string[]): (a: Row, b: Row) => number {
  const name = (row: Row) => columns.map((column) => row[column]).join(" ");
  return (a, b) => (name(a) < name(b) ? -1 : 1);
}

const server = { maker: "DEMO-kiesel", product: "DEMO-K-SV", release: "F12", functions: "server" };

/** Rows as they come in real life: a thirteenth month, a word that is no status, an id that stands twice. */
const unreadable: readonly Row[] = [
  { ...element("DEMO-R-SV-91", rhein.id, "R-DC1", server), in_service_since: "2023-13-01" },
  { ...element("DEMO-R-SV-92", rhein.id, "R-DC1", server, "2023-05-02"), status: "in use" },
  element("DEMO-I-SV-91", isar.id, "I-DC1", server, "2023-05-02"),
  element("DEMO-I-SV-91", isar.id, "I-DC1", server, "2024-05-02"),
];
