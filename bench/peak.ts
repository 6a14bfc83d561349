import { writeFileSync } from "node:fs";

/** Preloaded into a measured process (`--import`): leaves its peak of memory, in KiB, in the file that PEAK_FILE names. */
process.on("exit", () => {
  const file = process.env.PEAK_FILE;
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
