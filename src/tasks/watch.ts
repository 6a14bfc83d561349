import type { Assessment } from "../model/assessment.ts";
import type { CompareVerdicts, VerdictDifference } from "../model/ports/compare.ts";
import type { InventoryStore, LoadedTables, TableFile } from "../model/ports/store.ts";
import { type AssessOptions, assess } from "./assess.ts";
import type { Shell } from "./shell.ts";

/** What the next look at a workspace needs of the world. */
export interface WatchShell extends Shell {
  /** What changes when one of these files does, as far as their names and times tell. */
  stampOf(files: readonly TableFile[]): string;
  readonly compare: CompareVerdicts;
  /** Two paths where the CSVs of verdicts may lie: that of the last good look, and that of the one to come. */
  readonly csvs: readonly [string, string];
}

/** One look: the assessment, whether the tables were read for it, and how its verdicts differ from those of the last good one. */
export interface Look {
  readonly assessment: Assessment;
  readonly engineFailed: boolean;
  readonly tablesRead: boolean;
  readonly difference?: VerdictDifference;
}

/** Decides about a workspace again and again. */
export interface Watching {
  /** Throws `UserError` as `assess` does; the last good look then stays the one to compare with. */
  look(now: Date): Promise<Look>;
  close(): Promise<void>;
}

const mostExamples = 20;

/**
 * Decides about a workspace each time it is asked to. Tables stay loaded until one of them, or what is to be kept of them,
 * changes; evidence, packs and questions are read, loaded and asked anew. Verdicts are compared where they lie.
 */
export function watchWorkspace(shell: WatchShell, options: AssessOptions): Watching {
  const kept = keepTables(shell);
  let last: string | undefined;
  return {
    async look(now) {
      const reads = kept.reads();
      const csv = shell.csvs.find((path) => path !== last) ?? shell.csvs[0];
      const result = await assess({ ...shell, now, openStore: async () => kept.store }, { ...options, csv });
      const difference = last === undefined ? undefined : await shell.compare(last, csv, mostExamples);
      last = csv;
      return { ...result, tablesRead: kept.reads() > reads, ...(difference && { difference }) };
    },
    close: kept.close,
  };
}

/** A store that answers a second `load` of the same, unchanged files from the first, and outlives its `close`. */
function keepTables(shell: WatchShell) {
  let open: { readonly store: InventoryStore; readonly key: string; readonly loaded: LoadedTables } | undefined;
  let reads = 0;
  const drop = async () => {
    const { store } = open ?? {};
    open = undefined;
    await store?.close();
  };
  const loaded = () => {
    if (!open) throw new Error("the store was asked before `load`");
    return open.store;
  };
  const store: InventoryStore = {
    async load(files, asOf, columns, options) {
      const marks = [...(options?.marks ?? [])];
      const key = JSON.stringify([
        files,
        shell.stampOf(files),
        asOf,
        columns,
        options?.knownAt,
        options?.sites === true,
        marks,
      ]);
      if (open?.key === key) return open.loaded;
      await drop();
      const fresh = await shell.openStore();
      try {
        reads += 1;
        open = { store: fresh, key, loaded: await fresh.load(files, asOf, columns, options) };
        return open.loaded;
      } catch (error) {
        await fresh.close();
        throw error;
      }
    },
    recall: (recorded) => loaded().recall(recorded),
    idSets: (parts) => loaded().idSets(parts),
    writeRecord: (path) => loaded().writeRecord(path),
    rows: (table) => loaded().rows(table),
    equipmentKeys: () => loaded().equipmentKeys(),
    maintenanceKeys: () => loaded().maintenanceKeys(),
    questions: (ranges, maintenance) => loaded().questions(ranges, maintenance),
    siteCounts: (kinds, most) => loaded().siteCounts(kinds, most),
    listElements: (kinds, most, options) => loaded().listElements(kinds, most, options),
    network: () => loaded().network(),
    siteIds: (numbers) => loaded().siteIds(numbers),
    sharedElements: () => loaded().sharedElements(),
    element: (id) => loaded().element(id),
    elements: (ids) => loaded().elements(ids),
    standing: (ids) => loaded().standing(ids),
    similarIds: (id) => loaded().similarIds(id),
    writeCsv: (...words) => loaded().writeCsv(...words),
    close: async () => undefined,
  };
  return { store, reads: () => reads, close: drop };
}
