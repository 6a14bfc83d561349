import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import { writeDurably } from "../storage/write.ts";
import type { Io } from "./command.ts";

/** A format, and the file it goes to (absolute); to stdout without one. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly path?: string;
}

/** Reads `--output FORMAT[=PATH]`, given any number of times; without it the first format goes to stdout. */
export function readOutputs<Format extends string>(
  texts: readonly string[],
  formats: readonly [Format, ...Format[]],
  cwd: string,
): readonly Output<Format>[] {
  if (texts.length === 0) return [{ format: formats[0] }];
  const outputs = texts.map((text): Output<Format> => {
    const [name, ...rest] = text.split("=");
    const format = formats.find((known) => known === name);
    if (!format || rest[0] === "")
      throw new UserError(
        `expected \`--output\` of ${formats.join(", ")}, got \`${text}\``,
        "for example `--output json=result.json`",
      );
    return rest.length > 0 ? { format, path: resolve(cwd, rest.join("=")) } : { format };
  });
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new UserError("only one format can go to stdout", "give the others a file: `--output json=result.json`");
  }
  return outputs;
}

/** Puts a text where it belongs. A file is whole or not there. */
export function deliver(output: Output<string>, text: string, io: Io): void {
  if (output.path === undefined) io.out(text);
  else writeDurably(output.path, text);
}
