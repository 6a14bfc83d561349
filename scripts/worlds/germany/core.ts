import { elbe, isar, neckar, type Operator, rhein } from "./cast.ts";
import { type Block, beside, cores, others, radioManagers } from "./core-plan.ts";
import { type Region, regions } from "./laender.ts";
import { element, type Kind, type Parts, type Row, tie, together } from "./parts.ts";
import { managerId } from "./radio.ts";
import { dataCentre, nearest, type Site, siteRow } from "./sites.ts";
import { hubsOf } from "./transport.ts";

const placesOf: Readonly<Record<string, readonly (readonly [land: string, name: string])[]>> = {
  [rhein.id]: [
    ["Nordrhein-Westfalen", "data centre west"],
    ["Bayern", "data centre south"],
    ["Berlin", "data centre east"],
  ],
  [isar.id]: [
    ["Nordrhein-Westfalen", "data centre one"],
    ["Hessen", "data centre two"],
    ["Sachsen", "data centre three"],
  ],
  [elbe.id]: [
    ["Hamburg", "data centre north"],
    ["Bayern", "data centre south"],
    ["Hessen", "data centre middle"],
  ],
  [neckar.id]: [
    ["Rheinland-Pfalz", "data centre one"],
    ["Hessen", "data centre two"],
    ["Berlin", "data centre three"],
  ],
};
const serversOfAPlace = 8;

/** The three data centres of an operator, in the order of their numbers. */
export function centresOf(operator: Operator): readonly Site[] {
  return placesOf[operator.id]!.map(([land], at) => dataCentre(operator, at + 1, land));
}

/** The hub nearest to each data centre: security gateways stand there, where the access network begins. */
function edgesOf(operator: Operator): readonly Site[] {
  const hubs = hubsOf(operator);
  return centresOf(operator).map((centre) => nearest(centre, hubs)!);
}

/** Every operator's core: functions on a platform on servers in three places, the systems that manage it, and who works on them. */
export function allCores(): Parts {
  return together([...cores.map(([operator, blocks]) => core(operator, blocks)), managers(), sharedSepp()]);
}

function core(operator: Operator, blocks: readonly Block[]): Parts {
  const centres = centresOf(operator).map((site, at) => ({ site, name: placesOf[operator.id]![at]![1] }));
  const edges = edgesOf(operator);
  const managing = others.find(([other]) => other === operator)?.[1] ?? [];
  const numbers = new Map<string, number>();
  const placed = [...blocks, ...managing, ...beside].flatMap((one) => instances(operator, one, numbers));
  return together([
    {
      sites: centres.map(({ site, name }) => siteRow(site, `${operator.name}, ${name}`)),
      elements: [],
      relations: [],
      uses: [],
    },
    ...centres.map(({ site }, at) => platform(operator, site, at + 1)),
    ...placed.map(({ row, at }) =>
      row.functions === "security-gateway"
        ? atEdge(hosted(operator, edges[at]!, at + 1, row), edges[at]!)
        : hosted(operator, centres[at]!.site, at + 1, row),
    ),
  ]);
}

/** A security gateway stands in the first plane of its hub: without it the second plane still carries. */
function atEdge(parts: Parts, hub: Site): Parts {
  const ties = parts.elements.map(({ id }) => tie(String(id), "part-of", `DEMO-${hub.id}-T1`));
  return { ...parts, relations: [...parts.relations, ...ties] };
}

/** Instances of a block, numbered on within their function, spread over the three places in turn. */
function instances(operator: Operator, one: Block, numbers: Map<string, number>): readonly { row: Row; at: number }[] {
  return one.functions.flatMap(([name, count]) =>
    Array.from({ length: count }, () => {
      const number = (numbers.get(name) ?? 0) + 1;
      numbers.set(name, number);
      const kind = { maker: one.maker, product: one.product, release: one.release, functions: name };
      const row = element(`DEMO-${operator.letter}-${short(name)}-${number}`, operator.id, "", kind, one.since);
      return { row: { ...row, digest: one.digest }, at: (number - 1) % 3 };
    }),
  );
}

/** Names in ids: those of 3GPP as they are, the others shortened. */
function short(name: string): string {
  const known: Readonly<Record<string, string>> = {
    ...{ "core-management": "CM", "transport-management": "TM", "OSS-BSS": "OSS", "lawful-interception": "LI" },
    ...{ "third-party-interface": "X", "security-gateway": "SEG", "timing-source": "TS" },
  };
  return known[name] ?? name;
}

function platform(operator: Operator, site: Site, number: number): Parts {
  const cloud = `DEMO-${operator.letter}-CP-${number}`;
  const servers = Array.from({ length: serversOfAPlace }, (_, at) => `DEMO-${operator.letter}-SV-${number}${at + 1}`);
  const bare: Kind = { maker: "DEMO-kiesel", product: "DEMO-K-SV", release: "F12", functions: "server" };
  const kind: Kind = { maker: "DEMO-cumulus", product: "DEMO-C-CP", release: "4.16", functions: "cloud-platform" };
  return {
    sites: [],
    elements: [
      element(cloud, operator.id, site.id, kind, "2022-04-04", "2025-10-06"),
      ...servers.map((id) => element(id, operator.id, site.id, bare, "2022-04-04")),
    ],
    relations: [
      ...servers.map((id) => tie(cloud, "runs-on", id)),
      tie(cloud, "managed-by", `DEMO-${operator.letter}-MANO-1`),
    ],
    uses: [],
  };
}

const ownBoxes = new Set(["third-party-interface", "security-gateway", "timing-source"]);

/** An element at its place: on the platform there unless it is a box of its own, built and maintained by its maker's people. */
function hosted(operator: Operator, site: Site, place: number, row: Row): Parts {
  const id = String(row.id);
  const isBox = ownBoxes.has(String(row.functions));
  const maker = String(row.maker);
  return {
    sites: [],
    elements: [{ ...row, site: site.id }],
    relations: [
      ...(isBox ? [] : [tie(id, "runs-on", `DEMO-${operator.letter}-CP-${place}`)]),
      tie(id, "built-by", maker, "DE"),
      ...workersOf(operator, id, maker),
    ],
    uses: [],
  };
}

/** People of the maker: at home and through the gateway but for a few, which the advice of `de-2026` then tells. */
function workersOf(operator: Operator, id: string, maker: string): readonly Row[] {
  const { isAbroad, access } = waysIn[maker] ?? { isAbroad: false, access: "mediated" };
  if (operator === neckar) return [tie(id, "maintained-by", maker, isAbroad ? "IN" : "DE", "")];
  return [tie(id, "maintained-by", maker, isAbroad ? "XL" : "DE", access)];
}

const waysIn: Readonly<Record<string, { readonly isAbroad: boolean; readonly access: string }>> = {
  "DEMO-lotus": { isAbroad: true, access: "unmediated" },
  "DEMO-jade": { isAbroad: true, access: "unmediated" },
  "DEMO-cumulus": { isAbroad: true, access: "mediated" },
};

/** A radio management system for each region and maker, at the operator's first place. */
function managers(): Parts {
  const all = radioManagers.flatMap(([operator, kind, since, releaseSince]) =>
    regions.map((region: Region) => {
      const id = managerId(operator, region, kind.maker);
      const site = centresOf(operator)[0]!;
      const row = element(id, operator.id, site.id, kind, since, releaseSince);
      return hosted(operator, site, 1, row);
    }),
  );
  return together(all);
}

/** One function that two operators run together: each of them answers for it. */
function sharedSepp(): Parts {
  const kind: Kind = { maker: "DEMO-borea", product: "DEMO-B-EDGE", release: "2.1", functions: "SEPP" };
  const ids = ["DEMO-RI-SEPP-1", "DEMO-RI-SEPP-2"];
  return {
    sites: [],
    elements: ids.map((id, at) => element(id, "", `R-DC${at + 1}`, kind, "2026-04-20")),
    relations: ids.flatMap((id, at) => [
      tie(id, "runs-on", `DEMO-R-CP-${at + 1}`),
      tie(id, "maintained-by", "DEMO-borea", "DE", "mediated"),
    ]),
    uses: ids.flatMap((id) => [
      { operator: rhein.id, element: id, kind: "shared", share: 60 },
      { operator: isar.id, element: id, kind: "shared", share: 40 },
    ]),
  };
}
