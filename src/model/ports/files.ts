/** A file that was read whole: path below the root with `/`, bytes, SHA-256 in hex. */
export interface ReadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/**
 * The files of one folder (a workspace, a pack), and nothing outside it. Guarantees: `..` and symbolic links that
 * leave the folder are refused; files above the limit are refused before they are read; lists are sorted.
 * Refusals are thrown as `UserError`; a missing file answers `undefined`, a missing folder an empty list.
 */
export interface FolderFiles {
  readonly root: string;
  read(name: string, maxBytes: number): ReadFile | undefined;
  /**
   * Files below `folder` (all depths up to 8, or `depth`: 1 is the folder alone) whose name ends with one of `extensions`;
   * `refused`: links that leave, and what is no regular file; `folders`: folders that were not entered, for `depth`.
   */
  list(
    folder: string,
    extensions: readonly string[],
    depth?: number,
  ): { readonly names: readonly string[]; readonly refused: readonly string[]; readonly folders: readonly string[] };
  /** Absolute path of a file of the folder, checked like `read`. */
  resolve(name: string): string;
  /** Writes durably: to a temporary file beside it, synced, then renamed; `mode` for keys. */
  write(name: string, text: string, options?: { readonly mode?: number; readonly exclusive?: boolean }): void;
}
