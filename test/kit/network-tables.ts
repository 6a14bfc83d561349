/** Tables of small networks, in files that tests hand to the store. */
import type { TableName } from "../../src/model/columns.ts";
import { type GivenFile, uses } from "../tables.ts";

/** A table from its header and lines. */
export const table = (name: TableName, header: string, ...lines: readonly string[]): GivenFile => ({
  table: name,
  text: [header, ...lines, ""].join("\n"),
});
export const elements = (...lines: readonly string[]) =>
  table("elements", "id,operator,site,maker,product,release,functions,status", ...lines);
export const sites = (...lines: readonly string[]) => table("sites", "id,region,latitude,longitude", ...lines);
export const regions = (...lines: readonly string[]) => table("regions", "name,people,year,source", ...lines);
export const links = (...lines: readonly string[]) =>
  table("links", "id,operator,from,to,kind,weight,capacity,maker,protection", ...lines);
export const demands = (...lines: readonly string[]) => table("demands", "operator,from,to,value,path", ...lines);
export const pools = (...lines: readonly string[]) =>
  table("pools", "id,operator,function,members,needed,regions", ...lines);

/** Two operators, one site of both, one that the sites table does not have, and equipment that stands nowhere. */
export const world: readonly GivenFile[] = [
  sites("s1,Bayern,48.1,11.5", "s2,Hessen,,", "s3,,95,8", "hub,Hessen,50.1,8.6", "empty,Saarland,49,7"),
  regions("Bayern,13000000,2024,DEMO", "Bremen,680000,2024,DEMO"),
  elements(
    "g1,alpha,s1,mk,radio,7,gNB,",
    "g2,alpha,s2,mk,radio,7,gNB,",
    "g3,alpha,away,mk,radio,8,gNB,",
    "g4,beta,s1,,,,gNB,",
    "amf1,alpha,hub,mk,amf,1,AMF,",
    "amf2,alpha,s3,other,amf,2,AMF;SMF,",
    "lost,alpha,,mk,amf,1,AMF,",
    "core,alpha,hub,mk,core,1,UDM,",
    "old,beta,s2,mk,radio,7,gNB,retired",
  ),
  uses("beta,core,shared,,,"),
];

export const options = { sites: true } as const;
