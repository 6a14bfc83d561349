import type { ReportData } from "../../model/report-data.ts";
import type { Language } from "./text.ts";

/** What every section is made from. */
export interface View {
  readonly data: ReportData;
  readonly language: Language;
  /** Name of the CSV beside the report; absent: none was written. */
  readonly csv?: string;
}
