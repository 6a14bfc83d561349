import { contentOf } from "../model/content.ts";
import { grades } from "../model/evidence.ts";
import { fold } from "../model/name.ts";
import type { RegisterPredicate } from "../model/statement.ts";
import type { Claim } from "./knowledge.ts";
import { registerName } from "./register-name.ts";

type Edition = Claim<RegisterPredicate>;

/** Why a register closes nothing, however fresh and complete its latest edition calls itself. */
export interface Fault {
  /** `gap`: an edition is not there. `contradiction`: its editions cannot all be what they say. */
  readonly kind: "gap" | "contradiction";
  readonly text: string;
  /** Files of the editions it speaks of. */
  readonly files: readonly string[];
}

/** The editions of one register, and what is left of their order. */
export interface Series {
  /**
   * Each may be the latest: one, or several of which none is both the highest number and the newest day, or that have one
   * number and say different things; newest first.
   */
  readonly latest: readonly [Edition, ...Edition[]];
  /** All, lowest number first; of copies of one edition the one of best grade that was signed first. */
  readonly editions: readonly Edition[];
  /** Number of the edition with which it begins: 1, or the one that says of itself that it is the first. */
  readonly first: number;
  readonly fault?: Fault;
}

/** Sorts editions into their registers, in the order of the registers' names. */
export function seriesOf(registers: readonly Edition[]): readonly Series[] {
  const byName = Map.groupBy(registers, registerName);
  const alike = Map.groupBy(byName.keys(), fold);
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, editions]) => {
      const series = inSeries(editions);
      const other = alike.get(fold(name))?.find((one) => one !== name);
      const fault = series.fault ?? (other === undefined ? undefined : twoNames(series, byName.get(other)![0]!));
      return { ...series, ...(fault && { fault }) };
    });
}

/** Editions of one register go on under another name if the name is written another way. */
function twoNames({ latest: [{ by }] }: Series, other: Edition): Fault {
  const text = `the registers in \`${by.file}\` and \`${other.by.file}\` differ in keeper, operator or schemes by case, white space or hyphens alone, and may be one`;
  return { kind: "contradiction", text, files: [by.file, other.by.file] };
}

function inSeries(editions: readonly Edition[]): Series {
  const numbered = distinct(editions);
  const latest = undisputed(numbered);
  const first = Math.max(1, ...numbered.filter(({ says }) => says.first).map(({ says }) => says.edition));
  const fault = disputed(latest) ?? belowFirst(numbered, first) ?? missing(numbered, first);
  return { latest, editions: numbered, first, ...(fault && { fault }) };
}

/** Lowest number first, each content of a number once. */
function distinct(editions: readonly Edition[]): readonly Edition[] {
  const text = ({ by }: Edition) => JSON.stringify([grades.indexOf(by.grade), by.signedOn, by.file]);
  const sorted = editions.toSorted((a, b) => a.says.edition - b.says.edition || (text(a) < text(b) ? -1 : 1));
  const byNumber = [...Map.groupBy(sorted, ({ says }) => says.edition).values()];
  return byNumber.flatMap((same) => (same.length < 2 ? same : onceEach(same)));
}

function onceEach(same: readonly Edition[]): readonly Edition[] {
  return [...Map.groupBy(same, ({ says }) => contentOf(says)).values()].flatMap(([first]) => first ?? []);
}

/** Editions that no other one leaves behind in both number and day; newest day first, then highest number. */
function undisputed(numbered: readonly Edition[]): Series["latest"] {
  const found: Edition[] = [];
  for (const edition of numbered.toReversed()) {
    const isLeft = ({ says }: Edition) => says.edition > edition.says.edition && says.asOf >= edition.says.asOf;
    if (!found.some(isLeft)) found.push(edition);
  }
  const [newest, ...others] = found.sort(
    (a, b) => Number(a.says.asOf < b.says.asOf) - Number(a.says.asOf > b.says.asOf) || b.says.edition - a.says.edition,
  );
  if (!newest) throw new Error("a register has an edition");
  return [newest, ...others];
}

/** A higher number with an older day, or one number twice: one of the two is not what it says. */
function disputed([newest, ...others]: Series["latest"]): Fault | undefined {
  if (others.length === 0) return undefined;
  const of = ({ says, by }: Edition) => `edition ${says.edition} in \`${by.file}\` (as of ${says.asOf})`;
  const texts = others.map((other) =>
    other.says.edition === newest.says.edition
      ? `${of(newest)} and ${of(other)} have one number and differ`
      : `${of(other)} has the higher number and the older day than ${of(newest)}`,
  );
  return { kind: "contradiction", text: texts.join("; "), files: [newest, ...others].map(({ by }) => by.file) };
}

function belowFirst(numbered: readonly Edition[], first: number): Fault | undefined {
  const [below] = numbered;
  if (!below || below.says.edition >= first) return undefined;
  const { by } = numbered.find(({ says }) => says.edition === first)!;
  const text = `edition ${first} in \`${by.file}\` says that it is the first, and \`${below.by.file}\` is edition ${below.says.edition}`;
  return { kind: "contradiction", text, files: [by.file, below.by.file] };
}

function missing(numbered: readonly Edition[], first: number): Fault | undefined {
  const gaps: (readonly [from: number, to: number])[] = [];
  let next = first;
  for (const { says } of numbered) {
    if (says.edition > next) gaps.push([next, says.edition - 1]);
    next = says.edition + 1;
  }
  const { by } = numbered.at(-1)!;
  if (gaps.length === 0) return undefined;
  return { kind: "gap", text: `${editionsOf(gaps)} of the register in \`${by.file}\` not on file`, files: [by.file] };
}

const mostGaps = 3;

function editionsOf(gaps: readonly (readonly [number, number])[]): string {
  const named = gaps.slice(0, mostGaps).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  const more = gaps.length > mostGaps ? " and more" : "";
  return named.length === 1 && !named[0]!.includes(" ") ? `edition ${named[0]}` : `editions ${named.join(", ")}${more}`;
}
