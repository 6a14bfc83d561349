import type { CoalitionResult } from "../model/market.ts";
import { percentText, spanText } from "./span-text.ts";
import { columns, grouped, paint, printable, type Style, wrap } from "./terminal.ts";

/** What a coalition would change, for people: by country, of the whole, who gains, how concentrated markets become. */
export function coalitionText(result: CoalitionResult, style: Style): string {
  const who = printable(result.suppliers.join(" and "));
  const sections = [
    [paint(style, "bold", `If ${countriesText(result.countries.length)} shut out ${who}`), ...answer(result)],
    [paint(style, "bold", `Share of ${who} there`), ...countries(result)],
    ...result.markets.map((market) => marketLines(market, result, style)),
    foot(result),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function answer({ gone, countries: all, suppliers }: CoalitionResult): string[] {
  const whose = suppliers.length > 1 ? "their" : "its";
  const told = `a figure is at hand for ${gone.joined} of the ${countriesText(all.length)} and for ${gone.figures} in all`;
  if (gone.joined === 0)
    return wrap(`no figure tells of any of these countries, so what would be gone is not known; ${told}`, "  ");
  if (gone.percent === null)
    return wrap(
      `no figure tells of a market that ${suppliers.length > 1 ? "they have" : "it has"} in any country; ${told}`,
      "  ",
    );
  const weights =
    gone.weights === "size"
      ? "countries weighed by the size of their markets"
      : "every country counts the same, for the table has no sizes of their markets";
  return wrap(
    `${percentText(gone.percent)} of ${whose} market in the countries with a figure would be gone (${weights}; ${told})`,
    "  ",
  );
}

const countriesText = (count: number) => (count === 1 ? "1 country" : `${grouped(count)} countries`);

function countries({ countries: all }: CoalitionResult): string[] {
  const [known, unknown] = [all.filter(({ share }) => share), all.filter(({ share }) => !share)];
  const rows = known.map(({ country, share, figure }) => [
    country,
    percentText(share!, 0),
    `${figure!.segment} ${figure!.year}`,
    figure!.tag,
  ]);
  const none = unknown.map(({ country }) => country).join(", ");
  const others = known.flatMap(({ country, passedOver }) =>
    passedOver.length === 0 ? [] : [`${country}: of the same year also ${passedOver.join("; ")}, not used`],
  );
  return [
    ...columns(rows),
    ...others.flatMap((line) => wrap(printable(line), "  ")),
    ...(unknown.length > 0 ? wrap(`no figure: ${none}`, "  ") : []),
  ];
}

function marketLines(
  market: CoalitionResult["markets"][number],
  { suppliers }: CoalitionResult,
  style: Style,
): string[] {
  const { area, segment, year, measure, source, before, after, without } = market;
  const shareOf = (state: typeof before, supplier: string) =>
    percentText(state.shares.find((one) => one.supplier === supplier)!.share);
  const row = (
    name: string,
    cells: readonly (readonly [state: typeof before, cell: (state: typeof before) => string])[],
  ) => [name, ...cells.map(([state, cell]) => cell(state))];
  const states = after ? [before, after, without] : [before, without];
  const heads = after ? ["now", "after", "if all of it joined"] : ["now", "if all of it joined"];
  const rows = [
    ["", ...heads],
    ...before.shares.map(({ supplier }) => {
      const mark = suppliers.includes(supplier) ? `${printable(supplier)} (shut out)` : printable(supplier);
      return row(
        mark,
        states.map((state) => [state, (one) => shareOf(one, supplier)]),
      );
    }),
    row(
      "HHI",
      states.map((state) => [state, ({ hhi }) => spanText(hhi)]),
    ),
  ];
  return [
    paint(style, "bold", printable(`${area}, ${segment}, ${year}, by ${measure}`)),
    ...columns(rows),
    ...wrap(`source: ${source}`, "  "),
  ];
}

function foot({ context, markets, inputs }: CoalitionResult): string[] {
  const told = context.map(
    ({ area, year, measure, value, source, tag }) =>
      `${area}, ${year}: ${measure} ${spanText(value)} (${source}; ${tag})`,
  );
  const method =
    "What is lost is shared out among the others in proportion to what they have. Shares of revenue, sites and users are not the same thing; a figure for several suppliers together leaves the part of one of them open. HHI on 0 to 10 000.";
  return [
    ...told.flatMap((line) => wrap(line, "  ")),
    ...wrap(
      markets.length === 0
        ? "No market in the table has a share for every supplier, so nobody's gain is worked out."
        : method,
      "  ",
    ),
    ...wrap(
      `Tags: S read in the source, S2 in a secondary one, D computed. Table: ${inputs.map(({ file }) => file).join(", ")}`,
      "  ",
    ),
  ];
}
