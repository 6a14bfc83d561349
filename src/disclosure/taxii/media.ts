import { TaxiiProblem } from "./problem.ts";

export const taxiiMedia = "application/taxii+json;version=2.1";
export const stixMedia = "application/stix+json;version=2.1";
const longest = 2000;
const accepted = new Set([
  "*/*",
  "application/*",
  "application/taxii+json",
  "application/stix+json",
  "application/vnd.oasis.stix+json",
]);
const posted = new Set(["application/taxii+json", "application/stix+json", "application/vnd.oasis.stix+json"]);

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly quality: number;
}

/** Refuses a request whose `Accept` names nothing that is served here (TAXII 2.1, section 1.6.8.1). Throws 406. */
export function demandAccept(header: string | undefined): void {
  const ranges = header === undefined ? [] : readRanges(header);
  if (ranges.some(({ type, version, quality }) => accepted.has(type) && fits(version) && quality > 0)) return;
  throw new TaxiiProblem(406, "The media type is not served here", `expected \`Accept: ${taxiiMedia}\``);
}

/** Refuses a body of another media type (TAXII 2.1, section 5.4). Throws 415. */
export function demandContentType(header: string | undefined): void {
  const [range] = header === undefined ? [] : readRanges(header);
  if (range && posted.has(range.type) && fits(range.version)) return;
  throw new TaxiiProblem(
    415,
    "The media type of the body is not taken here",
    `expected \`Content-Type: ${taxiiMedia}\``,
  );
}

function fits(version: string | undefined): boolean {
  return version === undefined || version === "2.1";
}

/** Media ranges of RFC 9110, section 12.5.1; blanks, quoted values and weights are theirs. */
function readRanges(header: string): readonly MediaRange[] {
  if (header.length > longest) return [];
  return header.split(",").map((part) => {
    const [type = "", ...parameters] = part.split(";").map((word) => word.trim());
    const parameter = (name: string) =>
      parameters
        .map((word) => word.split("=").map((side) => side.trim()))
        .find(([key]) => key?.toLowerCase() === name)?.[1]
        ?.replaceAll('"', "");
    const quality = Number(parameter("q") ?? "1");
    return { type: type.toLowerCase(), version: parameter("version"), quality: Number.isFinite(quality) ? quality : 0 };
  });
}
