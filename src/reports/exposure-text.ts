import type { Seen } from "../model/exposure.ts";
import type { ExposedFunction, ExposeRow, ExposeState, WhatIfExpose } from "../model/whatif-expose.ts";
import { percentText, spanText } from "./span-text.ts";
import { columns, grouped, paint, printable, type Style, wrap } from "./terminal.ts";

/** What somebody could see, for people: the answer, shares, functions with their data, what would end, what was left out. */
export function exposureText(result: WhatIfExpose, style: Style): string {
  const sections = [
    [paint(style, "bold", title(result)), ...answer(result)],
    [paint(style, "bold", "What passes it, in percent of what has a path"), ...shares(result)],
    [paint(style, "bold", "What it stands behind, and what that sees"), ...functions(result)],
    [paint(style, "bold", "What would end (what is seen in the mean, in percent)"), ...ended(result)],
    result.notes.flatMap((note) => wrap(note, "  ")),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function title({ suspect, asOf, knownAt, channels }: WhatIfExpose): string {
  return `What could ${printable(suspect)} see? as of ${asOf}, known at ${knownAt}; channels: ${channels.join(", ")}`;
}

function answer({ elements, links, suppliers, mayInclude, rows, channels, demo, functions }: WhatIfExpose): string[] {
  const nation = rows.find((row) => row.state === "as-is" && row.function === "" && row.channel === together(channels));
  const held = `it stands behind ${spanText(elements.held)} of ${grouped(elements.total)} elements and ${spanText(links.held)} of ${grouped(links.total)} links`;
  const who = [
    ...(suppliers.length > 1 ? [`looked at as one: ${suppliers.join(", ")}`] : []),
    ...(mayInclude.length > 0 ? [`may include, for owners or seats are not known: ${mayInclude.join(", ")}`] : []),
    ...(demo ? ["DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
  ];
  const seen = nation && (nation.metadata.people ?? nation.metadata.traffic);
  const inClear = nation && (nation.content.people ?? nation.content.traffic);
  const base = nation?.metadata.people ? "people's traffic" : "traffic";
  const nothing =
    elements.held.least === 0 && links.held.least === 0 && functions.every((one) => one.elements.least === 0);
  return [
    ...wrap(
      `${nothing && elements.held.most === 0 ? "it stands behind nothing, so it sees nothing: " : ""}${held}`,
      "  ",
    ),
    ...(seen && inClear
      ? wrap(
          `${percentText(seen.expected)} of ${base} passes it in the mean (${percentText(seen.must)} on every path, ${percentText(seen.may)} on some path); ${percentText(inClear.expected)} in clear`,
          "  ",
        )
      : wrap("no traffic with a path was looked at, so no share can be told", "  ")),
    ...(nothing && elements.held.most > 0
      ? wrap("surely nothing is theirs; the upper ends stand for what nobody is known to stand behind", "  ")
      : []),
    ...who.flatMap((text) => wrap(text, "  ")),
  ];
}

/** The nation by channel, then operators and regions for all that was looked at together. */
function shares({ rows, channels }: WhatIfExpose): string[] {
  const asIs = rows.filter((row) => row.state === "as-is" && row.function === "");
  const nation = asIs.filter(({ scope }) => scope === "nation");
  const parts = asIs.filter(({ scope, channel }) => scope !== "nation" && channel === together(channels));
  if (nation.length === 0) return ["  nothing was looked at"];
  const head = ["", "base", "every path", "in the mean", "some path", "in clear (mean)"];
  return columns([head, ...[...nation, ...parts].flatMap(shareLines)]);
}

const together = (channels: readonly string[]) => (channels.length === 1 ? channels[0] : "any");

function shareLines({ scope, name, channel, metadata, content }: ExposeRow): string[][] {
  const through = channel === "any" ? "through any channel" : `  through ${channel}`;
  const where = scope === "nation" ? through : `${scope} ${printable(name === "" ? "not given" : name)}`;
  return (["traffic", "people"] as const).flatMap((base) => {
    const [seen, inClear] = [metadata[base], content[base]];
    return seen && inClear ? [[where, base, ...numbers(seen), spanText(inClear.expected, 1)]] : [];
  });
}

const numbers = ({ must, expected, may }: Seen) => [must, expected, may].map((span) => spanText(span, 1));

function functions({ functions: all, channels, rows }: WhatIfExpose): string[] {
  const single = all.filter(({ channel }) => channel !== "any" || channels.length === 1);
  const names = [...new Set(single.map((held) => held.function))].sort();
  const [sure, perhaps] = [[], []] as [string[], string[]];
  for (const name of names) {
    const held = single.filter((one) => one.function === name);
    (held.some(({ elements }) => elements.least > 0) ? sure : perhaps).push(name);
  }
  const lines = sure.flatMap((name) =>
    functionLines(
      single.filter((held) => held.function === name),
      rows,
    ),
  );
  const rest = perhaps.map((name) => (name === "" ? "elements without a known function" : printable(name))).join(", ");
  return [
    ...(lines.length > 0 ? lines : ["  surely nothing"]),
    ...(rest === "" ? [] : wrap(`perhaps, for somebody is not known there: ${rest}`, "  ")),
    ...(lines.length > 0
      ? wrap("Techniques by id and name: MITRE FiGHT; which of them fit a function is our reading.", "  ")
      : []),
  ];
}

function functionLines(held: readonly ExposedFunction[], rows: readonly ExposeRow[]): string[] {
  const sure = held.filter(({ elements }) => elements.least > 0);
  const [first] = sure;
  if (!first) return [];
  const counts = sure.map(({ channel, elements, of }) => `${channel} ${spanText(elements)} of ${grouped(of)}`);
  const open = held.filter(({ elements }) => elements.most > 0 && elements.least === 0).map(({ channel }) => channel);
  const told: readonly (readonly [string, readonly string[]])[] = [
    ["perhaps also", open],
    ["sees", first.sees.map(({ data, confirmed }) => (confirmed ? `${data} (confirmed)` : data))],
    ["can take down", first.takesDown],
    ["still hidden by", first.protection],
    ["passed by", passing(first.function, sure, rows)],
    ["techniques", first.techniques.map(({ id, name }) => `${id} ${name}`)],
    ["basis", [`${first.source}; ${first.certainty}`]],
  ];
  return [
    ...wrap(`${named(first.function)}: ${counts.join(", ")}`, "  "),
    ...told
      .filter(([, what]) => what.length > 0)
      .flatMap(([word, what]) => wrap(`${word}: ${what.join("; ")}`, "    ")),
  ];
}

const named = (name: string) => (name === "" ? "(function not known)" : printable(name));

function passing(name: string, held: readonly ExposedFunction[], rows: readonly ExposeRow[]): readonly string[] {
  return held.flatMap(({ channel }) => {
    const row = rows.find((one) => one.function === name && one.channel === channel);
    const seen = row && (row.metadata.people ?? row.metadata.traffic);
    const base = row?.metadata.people ? "people's traffic" : "traffic";
    return seen ? [`${percentText(seen.expected)} of ${base} (${channel})`] : [];
  });
}

const stateWords: Readonly<Record<ExposeState, string>> = {
  "as-is": "as it is",
  mediated: "maintenance mediated",
  encrypted: "links encrypted (IPsec from end to end)",
  both: "both",
};

function ended({ rows, channels, functions: all }: WhatIfExpose): string[] {
  const nation = rows.filter((row) => row.scope === "nation" && row.function === "");
  const shown = nation.filter(({ channel }) => [together(channels), "maintained", "managed"].includes(channel));
  const lines = shown.flatMap((row) => {
    const seen = row.metadata.people ?? row.metadata.traffic;
    const inClear = row.content.people ?? row.content.traffic;
    return seen && inClear
      ? [[`${row.channel}: ${stateWords[row.state]}`, spanText(seen.expected, 1), spanText(inClear.expected, 1)]]
      : [];
  });
  const gone = all.filter(({ channel, elements, mediated }) => channel !== "any" && mediated.least < elements.least);
  const lost = gone.map(
    (one) => `${one.channel} ${named(one.function)} from ${spanText(one.elements)} to ${spanText(one.mediated)}`,
  );
  return [
    ...(lines.length > 0 ? columns([["", "passes", "in clear"], ...lines]) : []),
    ...(lost.length > 0
      ? wrap(`mediated maintenance would take away: ${lost.join("; ")}`, "  ")
      : ["  mediated maintenance would take no element away"]),
  ];
}
