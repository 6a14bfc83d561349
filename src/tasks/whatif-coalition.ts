import { coalition } from "../assess/coalition.ts";
import { mostWanted } from "../assess/joint-shares.ts";
import { countryCodes, isUserAssigned } from "../model/countries.ts";
import { UserError } from "../model/errors.ts";
import { type CoalitionResult, type MarketFigure, otherSuppliers } from "../model/market.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { readMarket } from "../readers/figures.ts";
import { describeProblem } from "./packs.ts";

export interface CoalitionRequest {
  readonly suppliers: readonly string[];
  /** ISO 3166-1 alpha-2, either case. */
  readonly countries: readonly string[];
  readonly market: ReadFile;
}

const mostTold = 5;

/**
 * Answers how much of some suppliers' market is gone if countries shut them out, from a table of published figures. Throws
 * `UserError` if a row of the table does not fit, a supplier is not in it, more are asked about than can be looked at together, or a country is no assigned code.
 */
export function whatIfCoalition({ suppliers, countries, market }: CoalitionRequest): CoalitionResult {
  const { figures, problems } = readMarket(market);
  if (problems.length > 0)
    throw new UserError(
      problems.slice(0, mostTold).map(describeProblem).join("\n  "),
      "docs/coalition.md describes the table of figures",
    );
  const wanted = [...new Set(suppliers.map((name) => knownSupplier(name, figures)))].sort();
  const joined = [...new Set(countries.map((text) => countryCode(text, figures)))].sort();
  if (wanted.length === 0) throw new UserError("expected `--supplier`", "whose market is it about?");
  if (wanted.length > mostWanted) throw new UserError(`expected at most ${mostWanted} suppliers, got ${wanted.length}`);
  if (joined.length === 0) throw new UserError("expected `--countries`", "for example `--countries US,AU,JP`");
  return {
    kind: "coalition",
    suppliers: wanted,
    ...coalition(figures, { suppliers: wanted, countries: joined }),
    inputs: [{ file: market.name, sha256: market.sha256, rows: figures.length }],
  };
}

function knownSupplier(text: string, figures: readonly MarketFigure[]): string {
  const names = [...new Set(figures.flatMap((figure) => figure.suppliers))].filter((name) => name !== otherSuppliers);
  const found = names.find((name) => name.toLowerCase() === text.trim().toLowerCase());
  if (found !== undefined) return found;
  const hint = names.length > 0 ? `it names ${names.sort().join(", ")}` : "it has no shares of suppliers";
  throw new UserError(`the table of figures has no supplier \`${text}\``, hint);
}

/** Codes that people write and ISO 3166-1 does not have. */
const mistaken: Readonly<Record<string, string>> = { UK: "GB", EL: "GR" };

/** Assigned, or one of the codes left to users that the table itself gives figures for. */
function countryCode(text: string, figures: readonly MarketFigure[]): string {
  const code = text.trim().toUpperCase();
  const meant = mistaken[code];
  if (countryCodes.has(code)) return code;
  if (isUserAssigned(code) && figures.some(({ area }) => area === code)) return code;
  throw new UserError(
    `expected assigned codes of countries (ISO 3166-1 alpha-2), got \`${text}\``,
    meant === undefined ? "for example `US,AU,JP`" : `\`${meant}\` is meant?`,
  );
}
