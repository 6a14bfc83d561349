import { readFileSync } from "node:fs";

/** What tells one process from another that has its number later; absent where the system does not say. */
export interface Life {
  /** Of the running system: another one after each start of the machine. */
  readonly boot?: string;
  /** When the process began, in ticks since then. */
  readonly start?: string;
}

/** The life of a process of this machine, from `/proc` (Linux); elsewhere, and if there is no such process, nothing is known. */
export function lifeOf(pid: number): Life {
  const [boot, start] = [read("/proc/sys/kernel/random/boot_id")?.trim(), startOf(read(`/proc/${pid}/stat`))];
  return { ...(boot && { boot }), ...(start !== undefined && { start }) };
}

/** Field 22 of `/proc/PID/stat` (proc_pid_stat(5)); the name in field 2 may hold blanks and brackets. */
function startOf(stat: string | undefined): string | undefined {
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // No such file: another system, or the process is gone.
    return undefined;
  }
}
