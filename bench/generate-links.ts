import { dice, operators, type Shape, sitesOf } from "./generate.ts";

/** Of each operator's sites the first are hubs, joined to a mesh; of these the first are where its traffic goes. */
const mostHubs = 500;
const destinations = 50;

function hubsOf(shape: Shape): number {
  return Math.max(2, Math.min(mostHubs, Math.floor(sitesOf(shape) / operators / 50)));
}

/** Site `i` belongs to the operator of its remainder; `j` is its number among that operator's. */
const siteOf = (j: string) => `'DEMO-site-' || ((${j}) * ${operators} + o)`;
const operator = "'DEMO-operator-' || o";
const sitesSql = (shape: Shape) =>
  `(select i, i % ${operators} as o, i // ${operators} as j from range(${sitesOf(shape)}) as t(i))`;

/** One or two uplinks of every site to hubs, and a ring of the hubs with chords. */
export function linksSql(shape: Shape): string {
  const { seed } = shape;
  const hubs = hubsOf(shape);
  const hub = `${dice("hub", seed)} % ${hubs}`;
  const protection = `(['none', 'ipsec', 'macsec', null])[1 + ${dice("protection", seed)} % 4]`;
  const uplink = (to: string, which: string) => `
    select 'DEMO-up-' || i || '-${which}', ${operator}, ${siteOf("j")}, ${siteOf(to)}, 'uplink', 1::double, 100::double, ${protection}`;
  const trunk = (to: string, which: string) => `
    select 'DEMO-trunk-' || i || '-${which}', ${operator}, ${siteOf("j")}, ${siteOf(to)}, 'trunk', (1 + ${dice("weight", seed)} % 5)::double,
      100000::double, ${protection} from ${sitesSql(shape)} where j < ${hubs} and (${to}) <> j`;
  return `
    select * from (${uplink(hub, "a")} from ${sitesSql(shape)} where j >= ${hubs})
      as t(id, operator, "from", "to", kind, weight, capacity, protection)
    union all ${uplink(`(${hub} + 1) % ${hubs}`, "b")} from ${sitesSql(shape)} where j >= ${hubs} and ${dice("second", seed)} % 2 = 0
    union all ${trunk(`(j + 1) % ${hubs}`, "ring")}
    union all ${trunk(`(j * 7 + 3) % ${hubs}`, "chord")}
    order by id`;
}

/** Traffic of every site that is no hub, to one of the first hubs. */
export function demandsSql(shape: Shape): string {
  const { seed } = shape;
  const hubs = hubsOf(shape);
  const target = `${dice("target", seed)} % ${Math.min(destinations, hubs)}`;
  return `
    select ${operator} as operator, ${siteOf("j")} as "from", ${siteOf(target)} as "to", 1 + ${dice("value", seed)} % 10 as value
    from ${sitesSql(shape)} where j >= ${hubs} order by i`;
}

/** Every operator needs two AMFs, and a UPF for its first region. */
export function poolLines(): readonly string[] {
  const each = Array.from({ length: operators }, (_, o) => [
    `DEMO-amf-${o},DEMO-operator-${o},AMF,,2,`,
    `DEMO-upf-${o},DEMO-operator-${o},UPF,,1,DEMO-region-0`,
  ]);
  return ["id,operator,function,members,needed,regions", ...each.flat()];
}
