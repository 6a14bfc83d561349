import type {
  DisclosureHistory,
  DisclosureReplay,
  Explained,
  Look,
  ObjectClass,
  Preview,
  QueueList,
  WhatIf,
} from "../model/disclosure.ts";
import { counted, paint, printable, type Style, wrap } from "./terminal.ts";

const signs: Readonly<Record<Look["outcome"], string>> = {
  given: "+",
  withheld: "x",
  queued: "?",
  rejected: "x",
  "not-shared": "-",
};
const words: Readonly<Record<Look["outcome"], string>> = {
  given: "gets it",
  withheld: "does not get it",
  queued: "waits for an officer",
  rejected: "an officer said no",
  "not-shared": "reads no collection that holds it",
};
const colours: Readonly<Record<Look["outcome"], "green" | "red" | "yellow" | "dim">> = {
  given: "green",
  withheld: "red",
  queued: "yellow",
  rejected: "red",
  "not-shared": "dim",
};

/** Who would get an object, and why not the others. */
export function previewText({ object, version, class: wanted, partners }: Preview, style: Style): string {
  const given = partners.filter(({ outcome }) => outcome === "given").length;
  const head = [paint(style, "bold", `${printable(object)}, version ${printable(version)}`), `  ${classText(wanted)}`];
  const body = partners.flatMap((look) => lookLines(look, style));
  return lines([...head, "", ...body, "", `${given} of ${partners.length} partners get it`]);
}

/** Why a partner gets an object, or does not. */
export function explainedText(explained: Explained, style: Style): string {
  const { object, version, class: wanted, past } = explained;
  return lines([
    paint(style, "bold", `${printable(object)}, version ${printable(version)}`),
    `  ${classText(wanted)}`,
    "",
    ...lookLines(explained, style),
    ...(past.length > 0 ? ["", "so far"] : []),
    ...past.map(
      ({ version: one, given, takenBack }) =>
        `  ${printable(one)}: given ${given}${takenBack === undefined ? "" : `, taken back ${takenBack}`}`,
    ),
  ]);
}

function lookLines(look: Look, style: Style): readonly string[] {
  const { partner, outcome, against, tried } = look;
  return [
    paint(style, colours[outcome], `${signs[outcome]} ${printable(partner)} ${words[outcome]}`),
    ...postureLines(look),
    ...against.flatMap(({ condition, text, variant }) => {
      const instead = variant === "tearline" ? "; a lesser object may go instead" : "";
      return wrap(`${condition === undefined ? "" : `${printable(condition)}: `}${printable(text)}${instead}`, "    ");
    }),
    ...tried.flatMap(({ condition, text }) => wrap(`only tried: ${printable(condition)}: ${printable(text)}`, "    ")),
  ];
}

/** How old the posture is that the answer rests on: what was in use, what was known, and its registers. */
function postureLines({ posture, noPosture }: Look): readonly string[] {
  if (!posture) return noPosture === undefined ? [] : wrap(noPosture, "    ");
  const { asOf, knownAt, assurance, signer, age, lists } = posture;
  const registers = age.registers === undefined ? "no register" : `registers ${counted(age.registers, "day")} old`;
  const days = (count: number) => (count < 0 ? "still to come" : `${counted(count, "day")} old`);
  return [
    ...wrap(
      `posture as of ${asOf} (${days(age.asOf)}), known at ${knownAt} (${days(age.knownAt)}), ${registers}; ${assurance}, signed by ${signer}`,
      "    ",
    ),
    ...lists.flatMap((text) => wrap(text, "    ")),
  ];
}

/** What another posture would open and close. */
export function whatIfText({ partner, opens, closes, objects }: WhatIf, style: Style): string {
  const change = (title: string, list: WhatIf["opens"], colour: "green" | "red") =>
    list.flatMap((one) => [
      paint(style, colour, `${title} ${one.objects} objects: ${classText(one.class)}`),
      ...one.against.flatMap((text) => wrap(printable(text), "    ")),
    ]);
  return lines([
    paint(style, "bold", `${printable(partner)}, if this were its posture`),
    ...change("+ opens", opens, "green"),
    ...change("x closes", closes, "red"),
    "",
    `opens ${objects.opens}, closes ${objects.closes}, leaves ${objects.stays} as they are`,
  ]);
}

/** What waits for an officer. */
export function queueText({ waiting }: QueueList): string {
  if (waiting.length === 0) return "nothing waits\n";
  return lines(
    waiting.flatMap(({ id, since, class: wanted, objects }) => [
      `${printable(id)}: ${objects} objects since ${since}`,
      `    ${classText(wanted)}`,
    ]),
  );
}

/** What the ledger says about disclosure. */
export function historyText({ entries }: DisclosureHistory): string {
  if (entries.length === 0) return "the ledger says nothing about that\n";
  return lines(
    entries.flatMap(({ index, time, text, turns }) => [
      `${String(index).padStart(6)}  ${time}  ${printable(text)}`,
      ...turns.flatMap(({ class: wanted, from, to, against, approvedBy }) => {
        const by = approvedBy === undefined ? "" : `, approved by ${printable(approvedBy)}`;
        const why = against.length > 0 ? `: ${against.map(printable).join("; ")}` : "";
        return wrap(`${from} -> ${to}${by}: ${classText(wanted)}${why}`, "          ");
      }),
    ]),
  );
}

/** What decides about an object, for people. */
export function classText({
  tlp,
  conditions,
  recipients,
  unreadable,
  private: own,
  within,
  instead,
}: ObjectClass): string {
  const parts = [
    ...(tlp === undefined ? [] : [`TLP:${tlp.toUpperCase()}`]),
    ...(conditions.length > 0 ? [`conditions ${conditions.map(printable).join(", ")}`] : []),
    ...(recipients ? [`for ${recipients.map(printable).join(", ") || "nobody"} alone`] : []),
    ...(unreadable ? ["a marking that is not known here"] : []),
    ...(own ? ["made for one view"] : []),
    ...(within ? ["what it points at stands in another collection"] : []),
    ...(instead ? [`instead of (${classText(instead)})`] : []),
  ];
  return parts.join("; ") || "no demands";
}

function lines(all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}

/** What came of deciding recorded disclosures again. */
export function replayText({ entries }: DisclosureReplay, style: Style): string {
  const count = (outcome: string) => entries.filter((entry) => entry.outcome === outcome).length;
  const classes = entries.reduce((sum, entry) => sum + entry.classes, 0);
  const odd = entries.flatMap(({ index, partner, outcome, differences }) =>
    outcome === "same"
      ? []
      : [
          paint(style, "red", `entry ${index}, ${printable(partner)}: ${outcome}`),
          ...differences.flatMap((one) => wrap(printable(one), "    ")),
        ],
  );
  const sum = `${entries.length} disclosures, ${classes} classes decided again: ${count("same")} the same, ${count("differs")} differ, ${count("missing")} lack an input`;
  return lines([...odd, sum]);
}
