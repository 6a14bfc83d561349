import type { GateResult, OrderLine } from "../model/gate-result.ts";
import { withoutExceptions } from "./exceptions-text.ts";
import { recordedText } from "./recorded.ts";
import { counted, paint, printable, type Style, wrap } from "./terminal.ts";
import { outcomeColour, outcomeSigns } from "./words.ts";

/** A gate's result for people: each line with its reasons and the least change, then the count. */
export function gateText(result: GateResult, style: Style): string {
  const { order, action, asOf, knownAt, demo, verdicts, problems } = result;
  const head = [
    paint(style, "bold", `${printable(order.file)}: may these lines ${action}? as of ${asOf}, known at ${knownAt}`),
    `  packs: ${result.packs.map(({ name, version, use }) => `${name} v${version} (${use})`).join(", ")}`,
    ...(demo ? ["  DEMONSTRATION: keys and evidence named `DEMO-` count here"] : []),
  ];
  const faults = problems
    .filter(({ place }) => place.file === order.file)
    .flatMap(({ place, message, hint }) =>
      wrap(`${place.file}:${place.line ?? 1}: ${message}${hint ? ` (${hint})` : ""}`, "  "),
    );
  const count = `${counted(order.lines, "line")}: ${verdicts.admitted} admitted, ${verdicts.refused} refused, ${verdicts.undecided} undecided (${order.setAside} could not be read).`;
  const recorded = recordedText(result.recorded, "`--no-record` was asked for");
  const nothing = order.lines === 0 ? ["  no line was looked at, so nothing is cleared"] : [];
  return `${[...head, ...nothing, ...result.lines.flatMap((line) => ["", ...ofLine(line, style)]), ...(faults.length > 0 ? ["", ...faults] : []), "", count, recorded].join("\n")}\n`;
}

function ofLine(line: OrderLine, style: Style): string[] {
  const bought = `${line.product} ${line.release}`.trim();
  const what = [line.operator, bought === "" ? "" : `${line.quantity} x ${bought}`, line.functions]
    .filter((text) => text.trim() !== "")
    .join(", ");
  const compare = Object.entries(line.compare).map(([pack, outcome]) => `${pack}: ${outcome}`);
  return [
    paint(
      style,
      outcomeColour(line.outcome, line.basis),
      `${outcomeSigns[line.outcome]} ${printable(line.id)}: ${line.outcome} (${line.bases.join(", ")})`,
    ),
    ...(what === "" ? [] : wrap(what, "    ")),
    ...withoutExceptions(line, "    "),
    ...line.reasons.flatMap(({ rule, title, cites, with: others }) =>
      wrap(`${rule} requires: ${title} (${cites})${others ? `; lines ${others.join(", ")} together` : ""}`, "    "),
    ),
    ...[...new Set(line.why.map(({ text, who }) => `open: ${text}; who can act: ${who}`))].flatMap((text) =>
      wrap(text, "      "),
    ),
    ...(line.change
      ? wrap(`least change: ${line.change.map(({ title, who }) => `${title} (${who})`).join("; and ")}`, "    ")
      : []),
    ...(compare.length > 0 ? [`    beside it: ${compare.join(", ")}`] : []),
  ];
}
