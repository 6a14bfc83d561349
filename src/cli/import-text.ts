import { printable } from "../reports/terminal.ts";
import type { ImportResult } from "../tasks/import/import.ts";
import type { Tally } from "../tasks/import/incoming.ts";
import type { TableDifference } from "../tasks/import/merge.ts";

const shown = 10;

/** What an import did, for people; long lists are cut and say so. */
export function importText(result: ImportResult, dryRun: boolean): string {
  const { examined, taken, unreadable, setAside, remarks, problems, tables } = result;
  const aside = setAside.reduce((sum, { records }) => sum + records, 0);
  const sections = [
    `${result.source}: ${count(examined, "record")} looked at: ${taken} taken, ${aside} set aside, ${unreadable} unreadable`,
    section(
      "problems",
      problems.map(({ message, place, hint }) => `${place.file}${where(place)}: ${message}${hint ? ` (${hint})` : ""}`),
    ),
    section("set aside", setAside.map(row)),
    section("what stays unknown or was left alone", remarks.map(row), 30),
    section(
      dryRun || result.refused ? "what would change (nothing written)" : "what changed",
      tables.map(summary),
      tables.length,
    ),
    ...tables.flatMap(details),
  ];
  return `${sections.filter((text) => text !== "").join("\n")}\n`;
}

/** What to do after it. */
export function nextAfterImport({ refused, written, tables }: ImportResult, dryRun: boolean): string {
  if (refused)
    return "freigabe: hint: mend the records named above and import again, or take the others with `--partial`\n";
  if (dryRun) return "freigabe: nothing was written; run again without `--dry-run`\n";
  if (written.length === 0) return "freigabe: nothing was written: the tables hold all of it already\n";
  const gone = tables.some((table) => table.gone.length > 0);
  const note = gone ? "; rows no longer in the export stay until you delete them or set their status to retired" : "";
  return `freigabe: written: ${written.join(", ")}${note}\nfreigabe: next: \`freigabe match DIR\`, then \`freigabe assess DIR\`\n`;
}

function section(title: string, lines: readonly string[], most = shown): string {
  if (lines.length === 0) return "";
  const more = lines.length > most ? [`  ... and ${lines.length - most} more (all with \`--output json\`)`] : [];
  return [`\n${title}`, ...lines.slice(0, most).map((line) => `  ${printable(line)}`), ...more].join("\n");
}

function row({ reason, records }: Tally): string {
  return `${records === 0 ? "-".padStart(7) : String(records).padStart(7)}  ${reason}`;
}

function summary({ file, added, changed, unchanged, gone }: TableDifference): string {
  const touched = new Set(changed.map(({ id }) => id)).size;
  const parts = [`${added.length} added`, `${touched} changed`, `${unchanged} unchanged`];
  return `${file.padEnd(24)} ${[...parts, ...(gone.length > 0 ? [`${gone.length} no longer in the export`] : [])].join(", ")}`;
}

function details({ file, changed, gone }: TableDifference): readonly string[] {
  const cells = changed.map(({ id, column, from, to }) => `${id}: ${column} ${quoted(from)} -> ${quoted(to)}`);
  return [section(`changed in ${file}`, cells), section(`no longer in the export, kept in ${file}`, gone)];
}

function quoted(text: string): string {
  return text === "" ? "(empty)" : `\`${text}\``;
}

function where({ line, pointer }: { line?: number; pointer?: string }): string {
  return line !== undefined ? `:${line}` : pointer ? ` ${pointer}` : "";
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
