import { catalogue } from "../facts/catalogue.ts";
import { UserError } from "../model/errors.ts";
import type { FactDefinition } from "../model/fact.ts";
import type { Pack, PackFile } from "../model/pack.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { Problem } from "../model/problem.ts";
import { type PackTestResult, readPackTests, runPackTests, uncoveredRules } from "../policy/pack-tests.ts";
import { readCases } from "./pack-cases.ts";
import { loadWhole, packFiles, shippedPacks } from "./packs.ts";

/** A pack as `pack list` shows it; `pack` absent: it does not load, and `problems` say why. */
export interface PackReport {
  readonly name: string;
  readonly origin: "shipped" | "own";
  readonly pack?: Pack;
  readonly problems: readonly Problem[];
}

/** What came of a pack's tests. A pack without tests, or whose tests cannot be read, has not passed them. */
export interface PackTestReport extends PackReport {
  readonly results: readonly PackTestResult[];
  readonly uncovered: readonly string[];
  readonly passed: boolean;
}

/** Where packs are looked for: the shipped ones, and those of a folder (a pack itself, or a workspace with `packs/`). */
export interface PackPlaces {
  readonly shipped: FolderFiles;
  readonly own?: FolderFiles;
}

/** Every pack of the places, or the one of that name, loaded. Throws `UserError` if there is none. */
export function validatePacks(places: PackPlaces, name?: string): readonly PackReport[] {
  const found = find(places).filter((one) => name === undefined || one.name === name);
  if (found.length > 0)
    return found.map(({ name: own, origin, files }) => ({ name: own, origin, ...loadWhole(files) }));
  const known = find(places).map((one) => one.name);
  throw new UserError(
    `no pack \`${name ?? ""}\``,
    known.length > 0 ? `packs here: ${known.join(" ")}` : "a pack is a folder with a `pack.yaml`",
  );
}

/** The same, with each pack's own tests run. */
export function testPacks(places: PackPlaces, name?: string): readonly PackTestReport[] {
  const files = new Map(find(places).map((one) => [`${one.origin} ${one.name}`, one.files]));
  return validatePacks(places, name).map((report) => {
    const own = files.get(`${report.origin} ${report.name}`) ?? [];
    const { tests, problems } = report.pack ? readCases(report.pack, own) : readPackTests(own);
    const results = report.pack ? runPackTests(report.pack, tests) : [];
    const passed =
      report.pack !== undefined && problems.length === 0 && results.length > 0 && results.every((one) => one.passed);
    const uncovered = report.pack ? uncoveredRules(report.pack, results) : [];
    return { ...report, problems: [...report.problems, ...problems], results, uncovered, passed };
  });
}

interface Found {
  readonly name: string;
  readonly origin: "shipped" | "own";
  readonly files: readonly PackFile[];
}

function find({ shipped, own }: PackPlaces): readonly Found[] {
  const named = shippedPacks(shipped).map(
    (name): Found => ({ name, origin: "shipped", files: packFiles(shipped, name) }),
  );
  return own ? [...ownPacks(own), ...named] : named;
}

function ownPacks(own: FolderFiles): readonly Found[] {
  const here = packFiles(own, ".");
  if (here.length > 0) return [{ name: own.root.split("/").at(-1) ?? "pack", origin: "own", files: here }];
  const manifests = own.list("packs", ["pack.yaml"]).names.filter((path) => path.split("/").length === 3);
  return manifests.map((path): Found => {
    const name = path.split("/")[1]!;
    return { name, origin: "own", files: packFiles(own, `packs/${name}`) };
  });
}

/** Every fact that a rule may read. */
export function factList(): readonly FactDefinition[] {
  return catalogue;
}
