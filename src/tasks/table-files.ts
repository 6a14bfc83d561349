import { type TableName, tableNames, tables } from "../model/columns.ts";
import type { FolderFiles } from "../model/ports/files.ts";
import type { TableFile } from "../model/ports/store.ts";
import { documentProblem, type Problem } from "../model/problem.ts";

type Listing = ReturnType<FolderFiles["list"]>;

/** What tools and people lay beside data; it holds no record. */
const sideFile =
  /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.gitkeep|\.gitignore|_SUCCESS|README(?:\.md|\.txt)?|[^/]+\.crc)$/i;
const dataFile = /\.(?:csv|tsv|txt|parquet|xlsx?|ods|jsonl?|ndjson)(?:\.[a-z0-9]{1,4})?$/;
/** Tables of which a missing file would leave elements, or their operators, out of the count. */
const counted: readonly TableName[] = ["elements", "uses"];

/**
 * The files of every table: `NAME.csv` in the workspace, and for large tables all in the folder `NAME/`. Whatever else goes
 * by a table's name is refused and stands for a record that was not read, so that it cannot go unnoticed.
 */
export function tableFiles(files: FolderFiles): {
  readonly tables: readonly TableFile[];
  readonly problems: readonly Problem[];
} {
  const top = files.list(".", [""], 1);
  const found = tableNames.map((table) => filesOf(files, table, top));
  return { tables: found.flatMap((one) => one.tables), problems: found.flatMap((one) => one.problems) };
}

function filesOf(files: FolderFiles, table: TableName, top: Listing) {
  const inFolder = isLarge(table) ? files.list(table, [""]) : { names: [], refused: [] };
  const names = [...top.names.filter((name) => isOwn(table, name)), ...inFolder.names];
  const [others, known] = [
    names.filter((name) => !formatOf(table, name)),
    names.filter((name) => formatOf(table, name)),
  ];
  const beside = others.filter((name) => sideFile.test(name));
  // Where the disk does not tell cases apart, the folder has been found under the name that it should have.
  const exact = top.folders.includes(table);
  const isRead = (folder: string) => isLarge(table) && (exact ? folder === table : inFolder.names.length > 0);
  const folders = top.folders.filter((name) => isOwn(table, name) || (sameName(table, name) && !isRead(name)));
  const unlike = [...top.names, ...top.refused, ...top.folders].filter((name) => isLike(table, name));
  return {
    tables: [
      ...known.map((name): TableFile => ({ table, name, path: files.resolve(name), format: formatOf(table, name)! })),
      ...[...top.refused.filter((name) => isOwn(table, name)), ...inFolder.refused].map((name) => outside(table, name)),
      ...others.filter((name) => !beside.includes(name)).map((name) => notRead(table, name, wrongEnd(table), unpackIt)),
      ...folders.map((name) => notRead(table, name, `it is a folder, and ${lies(table)}`, moveIt)),
      ...unlike.map((name) => notRead(table, name, `its name says \`${table}\`, and ${lies(table)}`, moveIt)),
    ],
    problems: beside.map((name) =>
      documentProblem("unreadable", `not read: ${wrongEnd(table)}`, { file: name }, unpackIt),
    ),
  };
}

const isLarge = (table: TableName) => "large" in tables[table];
const isOwn = (table: TableName, name: string) => name.toLowerCase().startsWith(`${table}.`);
const sameName = (table: TableName, name: string) => name.toLowerCase() === table;

/** `elements-north.csv`, `Element.csv`, `uses2/`: somebody meant the table, and its rows would be missing without a word. */
function isLike(table: TableName, name: string): boolean {
  const lower = name.toLowerCase();
  if (!counted.includes(table) || isOwn(table, name) || sameName(table, name)) return false;
  const rest = [table, table.slice(0, -1)].flatMap((stem) =>
    lower.startsWith(stem) ? [lower.slice(stem.length)] : [],
  );
  return (!lower.includes(".") || dataFile.test(lower)) && rest.some((text) => !/^[a-z]/.test(text));
}

function formatOf(table: TableName, name: string): TableFile["format"] | undefined {
  if (name.endsWith(".csv")) return "csv";
  return isLarge(table) && name.endsWith(".parquet") ? "parquet" : undefined;
}

function notRead(table: TableName, name: string, why: string, hint: string): TableFile {
  return { table, name, path: "", format: "csv", refused: { code: "unreadable", message: `not read: ${why}`, hint } };
}

function outside(table: TableName, name: string): TableFile {
  const message = "not read: a link that leads out of the workspace, a pipe, or a folder too deep";
  const refused = { code: "outside-workspace", message, hint: "copy the file into the workspace" } as const;
  return { table, name, path: "", format: "csv", refused };
}

const unpackIt = "unpack or rename it, or move it out";
const moveIt = "move it there, or out of the workspace";

function wrongEnd(table: TableName): string {
  return `a file of the table \`${table}\` ends in ${isLarge(table) ? "`.csv` or `.parquet`" : "`.csv`"}`;
}

function lies(table: TableName): string {
  return `\`${table}\` lies in ${isLarge(table) ? `\`${table}.csv\` or in the folder \`${table}/\`` : `\`${table}.csv\``}`;
}
