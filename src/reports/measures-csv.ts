import type { Assessment } from "../model/assessment.ts";
import { csvText, ends } from "./csv.ts";

type Row = readonly (string | number)[];

const header = [
  ...["analysis", "who", "by", "state", "channel", "scope", "name", "part", "base"],
  ...["measure", "unit", "least", "most", "of", "unknown"],
];

/**
 * Every number of dependence, exposure and outage, a line each: whose, of what part, in what base, and of how much. Both ends of
 * a number are given; `unknown` is how much of `of` nobody is known to stand behind. What is not known has no line.
 */
export function measuresCsv({ dependence, exposure, outage }: Assessment): string {
  return csvText([header, ...dependenceRows(dependence), ...exposureRows(exposure), ...outageRows(outage)]);
}

function dependenceRows({ rows }: Assessment["dependence"]): readonly Row[] {
  return rows.flatMap(({ by, channel, scope, name, part, base, total, unknown, holders, ...row }) => {
    const line = (who: string, measure: string, unit: string, span: Parameters<typeof ends>[0]): readonly Row[] =>
      span
        ? [["dependence", who, by, "", channel, scope, name, part, base, measure, unit, ...ends(span), total, unknown]]
        : [];
    return [
      ...holders.flatMap((holder) => line(holder.name, "share", "percent", holder.share)),
      ...line("", "largest share", "percent", row.largest),
      ...line("", "holders", "count", row.count),
      ...line("", "HHI", "0 to 10000", row.hhi),
      ...line("", "effective number", "count", row.effective),
      ...line("", "effective number, alike counted", "count", row.similar),
    ];
  });
}

function exposureRows({ rows }: Assessment["exposure"]): readonly Row[] {
  return rows.flatMap(({ supplier, channel, scope, name, traffic, people }) =>
    [["traffic", traffic] as const, ["people", people] as const].flatMap(([base, seen]) =>
      seen
        ? [
            ["every path", seen.must] as const,
            ["mean of equal paths", seen.expected] as const,
            ["some path", seen.may] as const,
          ].map(
            ([measure, span]): Row => [
              ...["exposure", supplier, "supplier", "", channel, scope, name, "", base, measure, "percent"],
              ...[...ends(span), "", ""],
            ],
          )
        : [],
    ),
  );
}

function outageRows({ scenarios }: Assessment["outage"]): readonly Row[] {
  return scenarios.flatMap(({ suspect, state, channels, rows }) =>
    rows.flatMap(({ scope, name, sites, people, traffic, withoutUpdates: stale }) => {
      const line = (
        base: string,
        measure: string,
        unit: string,
        of: number | "",
        span: Parameters<typeof ends>[0],
      ): readonly Row[] =>
        span
          ? [
              [
                ...["outage", suspect, "supplier", state, channels.join(";"), scope, name, "", base, measure, unit],
                ...[...ends(span), of, ""],
              ],
            ]
          : [];
      return [
        ...line("site", "still served", "radio sites", sites.before, sites.served),
        ...line("site", "dark by what stands there", "radio sites", sites.before, sites.own),
        ...line("site", "dark by a pool", "radio sites", sites.before, sites.pool),
        ...line("site", "dark by lost paths", "radio sites", sites.before, sites.cutOff),
        ...line("people", "served by their own network", "people", people?.total ?? "", people?.served),
        ...line("people", "served with roaming", "people", people?.total ?? "", people?.roaming),
        ...line("traffic", "still served", "as in demands", traffic?.total ?? "", traffic?.served),
        ...line("traffic", "no longer fits", "as in demands", traffic?.total ?? "", traffic?.overloaded),
        ...line("site", "without updates", "radio sites", sites.before, stale?.sites),
        ...line("people", "without updates", "people", people?.total ?? "", stale?.people),
        ...line("traffic", "without updates", "as in demands", traffic?.total ?? "", stale?.traffic),
      ];
    }),
  );
}
