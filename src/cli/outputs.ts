import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../model/errors.ts";
import { moveTo, writeDurably } from "../storage/write.ts";
import type { Io } from "./command.ts";

/** A format, and the file it goes to (absolute); to stdout without one. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly path?: string;
  /** The file as it was named. */
  readonly name?: string;
}

/** Reads `--output FORMAT[=PATH]`, given any number of times; without it the first format goes to stdout. */
export function readOutputs<Format extends string>(
  texts: readonly string[],
  formats: readonly [Format, ...Format[]],
  cwd: string,
): readonly Output<Format>[] {
  if (texts.length === 0) return [{ format: formats[0] }];
  const outputs = texts.map((text): Output<Format> => {
    const [word, ...rest] = text.split("=");
    const format = formats.find((known) => known === word);
    if (!format || rest[0] === "")
      throw new UserError(
        `expected \`--output\` of ${formats.join(", ")}, got \`${text}\``,
        "for example `--output json=result.json`",
      );
    const name = rest.join("=");
    return rest.length > 0 ? { format, name, path: resolve(cwd, name) } : { format };
  });
  if (outputs.filter(({ path }) => path === undefined).length > 1) {
    throw new UserError("only one format can go to stdout", "give the others a file: `--output json=result.json`");
  }
  return outputs;
}

/** Puts a text where it belongs. A file is whole or not there; its size is said. */
export function deliver(output: Output<string>, text: string, io: Io): void {
  if (output.path === undefined) io.out(text);
  else {
    writeDurably(output.path, text);
    sayWritten(output, io);
  }
}

/** Moves a finished file to where an output goes. */
export function deliverFile(output: Output<string> & { readonly path: string }, file: string, io: Io): void {
  moveTo(output.path, file);
  sayWritten(output, io);
}

function sayWritten({ path, name = path }: Output<string>, io: Io): void {
  if (path !== undefined) io.err(`freigabe: written: ${name}, ${sizeText(statSync(path).size)}\n`);
}

/** A number of bytes for people: `812 bytes`, `40.2 kB`, `2.1 MB`. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
