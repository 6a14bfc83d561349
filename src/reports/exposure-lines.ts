import type { Exposure, ExposureRow } from "../model/exposure.ts";
import { channels } from "../model/network.ts";
import { spanText } from "./span-text.ts";
import { columns, counted, paint, printable, type Style, wrap } from "./terminal.ts";

const mostSuppliers = 8;

/** What each supplier could see, in a few lines: of the nation's traffic, by channel; those who surely see most first. */
export function exposureLines({ rows, suppliers, ...looked }: Exposure, style: Style): string[] {
  const title = paint(style, "bold", "Exposure: what each supplier could see");
  const nation = rows.filter(({ scope }) => scope === "nation");
  if (suppliers === 0) return [];
  if (nation.length === 0) return [title, ...wrap(nothingText(suppliers, looked), "  ")];
  const told = [...new Set(nation.map(({ supplier }) => supplier))];
  const people = nation.some((row) => row.people !== null);
  const shares = (name: string) => {
    const own = nation.filter(({ supplier }) => supplier === name);
    return ["any", ...channels].map((channel) => meanOf(own.find((row) => row.channel === channel)));
  };
  const more = suppliers - Math.min(told.length, mostSuppliers);
  return [
    title,
    ...columns([
      ["supplier", "any channel", ...channels],
      ...told.slice(0, mostSuppliers).map((name) => [printable(name), ...shares(name)]),
    ]),
    ...(more > 0 ? [`  and ${counted(more, "more supplier")} (\`whatif expose DIR --supplier X\` tells each)`] : []),
    ...wrap(baseText(people, looked), "  "),
  ];
}

function nothingText(suppliers: number, { demands, links }: Pick<Exposure, "demands" | "links">): string {
  const why = links === 0 ? "there are no links" : `${counted(demands, "demand")}, none with a path`;
  return `No share can be told: ${why}. What the ${counted(suppliers, "supplier")} stand behind sees something all the same (\`whatif expose DIR --supplier X\`).`;
}

/** In the mean, equal-cost paths taken equally; of people's traffic if known. */
function meanOf(row: ExposureRow | undefined): string {
  const seen = row?.people ?? row?.traffic;
  return seen ? spanText(seen.expected, 1) : "";
}

function baseText(people: boolean, looked: Pick<Exposure, "origin" | "demands" | "routed">): string {
  const { origin, demands, routed } = looked;
  const what = people ? "people's traffic" : "traffic";
  const from = origin === "table" ? "demands.csv" : "a model: each radio site to its gateways, by its people";
  const without = demands - routed;
  const left = without > 0 ? `; ${counted(without, "demand")} without a path count in no share` : "; all have a path";
  return `Percent of ${what} that passes equipment or links of theirs, in the mean of equal paths; the upper end if all that nobody is known to stand behind is theirs too; empty: surely nothing. From ${counted(demands, "demand")} (${from})${left}.`;
}
