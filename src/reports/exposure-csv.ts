import type { ExposeRow, WhatIfExpose } from "../model/whatif-expose.ts";
import { csvText, ends } from "./csv.ts";

const head = [
  ...["state", "channel", "function", "scope", "name", "view", "base"],
  ...["must_least", "must_most", "expected_least", "expected_most", "may_least", "may_most"],
];

/** The shares as CSV (RFC 4180), a line per state, channel, function, part of the network, view and base; in percent. */
export function exposureCsv({ rows }: WhatIfExpose): string {
  return csvText([head, ...rows.flatMap(linesOf)]);
}

function linesOf(row: ExposeRow): readonly (readonly (string | number)[])[] {
  const { state, channel, function: name, scope } = row;
  return (["metadata", "content"] as const).flatMap((view) =>
    (["traffic", "people"] as const).flatMap((base) => {
      const seen = row[view][base];
      if (seen === null) return [];
      const numbers = [seen.must, seen.expected, seen.may].flatMap(ends);
      return [[state, channel, name, scope, row.name, view, base, ...numbers]];
    }),
  );
}
