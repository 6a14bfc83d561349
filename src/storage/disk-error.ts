import { UserError } from "../model/errors.ts";

const inWords: Readonly<Record<string, string>> = {
  ENOENT: "there is no such folder",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  ENOTDIR: "a part of the path is a file",
  EISDIR: "it is a folder",
  ENAMETOOLONG: "the name is too long",
  EEXIST: "a file stands in the way",
  EMFILE: "too many open files",
  ELOOP: "too many links",
};

/** The code of an error of the operating system; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Does what touches the disk; what the person can mend there comes out as `UserError`, anything else as it was thrown. */
export function withDisk<T>(doing: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = inWords[codeOf(error) ?? ""];
    throw reason === undefined ? error : new UserError(`cannot ${doing}: ${reason}`);
  }
}
