import type { SourceDependence, TopicDependence } from "../model/sources.ts";
import { counted, paint, printable, type Style, wrap } from "./terminal.ts";

const shownSources = 5;

/** How much a partner depends on single sources, for people. */
export function sourcesText(result: SourceDependence, style: Style): string {
  const { partner, topics, losses, floor } = result;
  const [overall, ...rest] = topics;
  const small = rest.filter(({ numbers }) => !numbers);
  const lines = [
    paint(style, "bold", `What ${printable(partner)} knows, and from whom: ${counted(result.items, "item")}`),
    ...(result.settled
      ? []
      : [
          "",
          `Nothing was settled for ${printable(partner)} yet, so nothing was given: its first poll, or \`serve\`, does it.`,
        ]),
    ...(overall && result.settled ? topicLines(overall, floor) : []),
    ...rest.filter(({ numbers }) => numbers).flatMap((topic) => topicLines(topic, floor)),
    ...(small.length > 0
      ? [
          "",
          ...wrap(
            `fewer than ${floor} items, so no numbers: ${small.map(({ topic, items }) => `${printable(topic)} ${items}`).join(", ")}`,
            "",
          ),
        ]
      : []),
    ...(losses.length > 0 ? ["", paint(style, "bold", "Topics that would fall below that")] : []),
    ...losses.flatMap(({ kind, name, title, topics: lost }) =>
      wrap(
        `${kind === "source" ? "if it stops" : "if it bites"}, ${nameOf(name, title)}: ${lost.map(printable).join(", ")}`,
        "  ",
      ),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function topicLines({ topic, items, numbers }: TopicDependence, floor: number): readonly string[] {
  if (!numbers) return ["", `${printable(topic)}: ${counted(items, "item")}, fewer than ${floor}, so no numbers`];
  const { hhi, effective, sources, unknown, conditions } = numbers;
  return [
    "",
    `${printable(topic)}: ${counted(items, "item")}, HHI ${span(hhi)}, effective number of sources ${span(effective)}`,
    ...sources.slice(0, shownSources).map(({ source, title, exclusive, credited, leadHours }) => {
      const lead = leadHours === undefined ? "" : `, ${leadHours} hours ahead (median)`;
      return `  ${nameOf(source, title)}: alone ${percent(exclusive)}, credited ${percent(credited)}${lead}`;
    }),
    ...(sources.length > shownSources ? [`  and ${sources.length - shownSources} more`] : []),
    ...(unknown > 0 ? [`  origin not known: ${percent(unknown)}`] : []),
    ...conditions.map(({ condition, part }) => `  hangs on condition ${printable(condition)}: ${percent(part)}`),
  ];
}

/** A name is whatever its poster says; the id beside it is the source. */
function nameOf(source: string, title: string | undefined): string {
  return title === undefined ? printable(source) : `${printable(title)} (${printable(source)})`;
}

function span([least, most]: readonly [number, number]): string {
  const short = (value: number) => String(Math.round(value * 100) / 100);
  return least === most ? short(least) : `${short(least)} to ${short(most)}`;
}

function percent(part: number): string {
  return `${Math.round(part * 1000) / 10} %`;
}
