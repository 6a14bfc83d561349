import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { FolderFiles } from "../../model/ports/files.ts";
import { openFolder } from "../folder.ts";
import { chunksOf, copyIfSame } from "./objects.ts";

/** A scratch folder in which a decision's inputs are laid out again. */
export function openReplayFolder(scratch: string) {
  return {
    folder(name: string): FolderFiles {
      mkdirSync(join(scratch, name), { recursive: true });
      return openFolder(join(scratch, name));
    },
    copyFile: copyIfSame,
    chunks: chunksOf,
  };
}
