import { postureChannels, postureDomains } from "../model/exchange.ts";
import { listDigest } from "../model/list-digest.ts";
import type { PosturePredicate } from "../model/statement.ts";
import { counted, paint, printable, type Style, wrap } from "./terminal.ts";

type Told = Omit<PosturePredicate, "signedAt">;

const column = 13;

/** A posture for people who are about to sign and send it: what it says, and what it leaves open. */
export function postureText(posture: Told, open: readonly string[], style: Style): string {
  const { partner, asOf, knownAt, assurance, elements, examined, oversight, registers, lines: links = 0 } = posture;
  const { unreadFiles = 0 } = posture;
  const lines = [
    paint(style, "bold", `Posture of ${printable(partner)} as of ${asOf}, known at ${knownAt}, ${assurance}`),
    `  ${counted(elements, "element")}, ${counted(links, "line")} beside them, ${counted(elements - examined, "record")} unread; oversight ${span(oversight.worst, oversight.best)} of 6; ` +
      `oldest register ${registers === undefined ? "none" : counted(registers.oldest, "day")}`,
    ...(unreadFiles > 0
      ? [`  ${counted(unreadFiles, "file")} of the inventory not read: any share may be anything`]
      : []),
    ...posture.lists.flatMap((list) => ["", ...ofRole(posture, list.role, list.suppliers, style)]),
    "",
    `  ${"worked on".padEnd(column)}${postureDomains.map((name) => name.padEnd(column)).join("")}`,
    ...(["abroad", "unmediated"] as const).map((what) => {
      const cells = postureDomains.map((domain) => {
        const found = posture.work.find((one) => one.domain === domain);
        return (found ? `${span(found[what].best, found[what].worst)} %` : "-").padEnd(column);
      });
      return `  ${what.padEnd(column)}${cells.join("")}`;
    }),
    "",
    ...(open.length > 0
      ? [paint(style, "bold", "What leaves shares open"), ...open.flatMap((text) => wrap(text, "  ")), ""]
      : []),
    "Percent of elements and lines, from what is sure to what may be. No element, site or product is named.",
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function ofRole({ cells }: Told, role: string, suppliers: readonly string[], style: Style): readonly string[] {
  const rows = postureChannels.map((channel) => {
    const row = postureDomains.map((domain) => {
      const cell = cells.find((one) => one.role === role && one.channel === channel && one.domain === domain);
      return (cell ? `${span(cell.best, cell.worst)} %` : "-").padEnd(column);
    });
    return `  ${channel.padEnd(column)}${row.join("")}`;
  });
  return [
    paint(style, "bold", `${printable(role)}: ${suppliers.map(printable).join(", ") || "nobody"}`),
    `  ${suppliers.length > 0 ? `list ${listDigest(suppliers).slice(0, 12)}` : "an empty list shows no originator anything"}`,
    `  ${"".padEnd(column)}${postureDomains.map((name) => name.padEnd(column)).join("")}`,
    ...rows,
  ];
}

function span(least: number, most: number): string {
  return least === most ? `${least}` : `${least} to ${most}`;
}
