import { createReadStream } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { type Assessment, lookedAtNothing } from "../model/assessment.ts";
import type { ReportData } from "../model/report-data.ts";
import { assessmentText } from "../reports/assessment-text.ts";
import { asJson } from "../reports/json.ts";
import type { Assessed } from "../tasks/assess.ts";
import type { Io } from "./command.ts";
import { deliver, deliverFile, type Output } from "./outputs.ts";

export const assessFormats = ["text", "json", "csv", "measures", "html", "sarif", "junit"] as const;
export type AssessFormat = (typeof assessFormats)[number];
/** Formats that show single elements and their chains, not only counts. */
export const detailed: readonly AssessFormat[] = ["html", "sarif", "junit"];
export const languages = ["en", "de"] as const;

/** What the outputs are made from. */
export interface Shown {
  readonly result: Assessed;
  readonly dir: string;
  readonly csv: Output<AssessFormat> | undefined;
  readonly language: (typeof languages)[number];
}

/** What an output says; nothing for the CSV, which is a file already. */
export async function textOf(output: Output<AssessFormat>, shown: Shown, io: Io): Promise<string> {
  const { result, dir, csv, language } = shown;
  const { assessment } = result;
  switch (output.format) {
    case "text":
      return assessmentText(assessment, { colour: colours(output, io) }, nextSteps(assessment, dir));
    case "json":
      return asJson(assessment);
    case "csv":
      return "";
    case "measures": {
      const { measuresCsv } = await import("../reports/measures-csv.ts");
      return measuresCsv(assessment);
    }
    case "html": {
      const { reportHtml } = await import("../reports/html/report.ts");
      return reportHtml(reportOf(result), { language, ...(csv?.name !== undefined && { csv: csv.name }) });
    }
    case "sarif": {
      const { reportSarif } = await import("../reports/sarif.ts");
      return reportSarif(reportOf(result), { base: baseOf(dir, io) });
    }
    case "junit": {
      const { reportJunit } = await import("../reports/junit.ts");
      return reportJunit(reportOf(result));
    }
  }
}

function reportOf({ report }: Assessed): ReportData {
  if (!report) throw new Error("a report was asked for and not made");
  return report;
}

/** The workspace as seen from where the command runs, mostly the root of a repository; empty if it lies elsewhere. */
function baseOf(dir: string, { cwd }: Io): string {
  const path = relative(cwd, resolve(cwd, dir)).split(sep);
  if (path[0] === "" || path[0] === ".." || path.join("") === "") return "";
  return `${path.map(encodeURIComponent).join("/")}/`;
}

/** Puts an output where it belongs; `csv` is the finished table of verdicts. */
export async function show(
  output: Output<AssessFormat>,
  text: string | undefined,
  csv: string | undefined,
  io: Io,
): Promise<void> {
  if (output.format !== "csv") return deliver(output, text ?? "", io);
  if (csv === undefined) throw new Error("the CSV was asked for and not written");
  if (output.path !== undefined) return deliverFile({ ...output, path: output.path }, csv, io);
  for await (const chunk of createReadStream(csv, { encoding: "utf8" })) io.out(chunk);
}

function colours(output: Output<AssessFormat>, io: Io): boolean {
  return output.path === undefined && io.colours;
}

function nextSteps(assessment: Assessment, dir: string): readonly string[] {
  const { reasons } = assessment;
  if (lookedAtNothing(assessment)) return [`./freigabe import --help         # bring an inventory in`];
  const [first] = reasons;
  return [
    ...(first ? [`./freigabe explain ${dir} ${first.example}`] : []),
    `./freigabe assess ${dir} --output csv=verdicts.csv`,
    `./freigabe gate ${dir} --order ORDER.csv        # before buying`,
  ];
}
