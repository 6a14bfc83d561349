import { parseArgs } from "node:util";
import { type ExitCode, UserError } from "../model/errors.ts";

/** One option of a verb, as help shows it and `parseArgs` reads it. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: true;
  readonly short?: string;
  /** What stands for the value in help, for example `DAY`. */
  readonly value?: string;
  readonly means: string;
}

/** A verb of the command line. `run` returns the exit code; what a person did wrong is thrown as `UserError`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Words after the verb, for example `DIR ELEMENT`. */
  readonly usage: string;
  /** How many positionals it takes. */
  readonly positionals: readonly [least: number, most: number];
  readonly options: Readonly<Record<string, Option>>;
  /** A paragraph or two below the options, lines up to 100 characters. */
  readonly notes?: string;
  /** At least two: what it does, and the command line as typed. */
  readonly examples: readonly (readonly [does: string, line: string])[];
  run(input: Input, io: Io): Promise<ExitCode>;
}

export interface Input {
  readonly positionals: readonly string[];
  /** One value; absent if not given. */
  text(option: string): string | undefined;
  /** All values of a `multiple` option. */
  texts(option: string): readonly string[];
  flag(option: string): boolean;
}

/** What a command may touch of the process. Results go to `out`, words for people to `err`. */
export interface Io {
  out(text: string): void;
  err(text: string): void;
  readonly cwd: string;
  /** Today in UTC and the moment, taken once at the start. */
  readonly now: Date;
  /** The time when it is asked; absent: `now`. */
  clock?(): Date;
  /** A random UUID; absent: the runtime's. */
  uuid?(): string;
  /** Resolves when the process is asked to end; absent: never. */
  readonly ending?: Promise<void>;
  /** Environment variables that say where things lie; absent: none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `err` is a terminal: progress makes sense. */
  readonly terminal: boolean;
  /** `out` is a terminal that wants colours (https://no-color.org). */
  readonly colours: boolean;
}

/** Reads the words after the verb. Throws `UserError` naming the word that does not fit. */
export function parse(command: Command, words: readonly string[]): Input {
  const { values, positionals } = read(command, words);
  const [least, most] = command.positionals;
  if (positionals.length < least || positionals.length > most) {
    const wanted = least === most ? `${least}` : Number.isFinite(most) ? `${least} to ${most}` : `${least} or more`;
    throw new UserError(
      `\`${command.name}\` takes ${wanted} ${wanted === "1" ? "word" : "words"} after it, got ${positionals.length}`,
      `usage: freigabe ${command.name} ${command.usage}`,
    );
  }
  return {
    positionals,
    text: (name) => [values[name]].flat().find((value) => typeof value === "string"),
    texts: (name) => [values[name]].flat().filter((value) => typeof value === "string"),
    flag: (name) => values[name] === true,
  };
}

function read(command: Command, words: readonly string[]) {
  try {
    const options = Object.fromEntries(
      Object.entries(command.options).map(([name, { type, multiple, short }]) => [
        name,
        { type, ...(multiple && { multiple }), ...(short && { short }) },
      ]),
    );
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const said = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new UserError(
      `${said?.replaceAll("'", "`").replace(/^[A-Z]/, (letter) => letter.toLowerCase())}`,
      `\`freigabe ${command.name} --help\` lists the options`,
    );
  }
}

/** The help page of one verb. */
export function helpOf(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : "    ";
    return [`  ${short}--${name}${option.value ? ` ${option.value}` : ""}`, option.means] as const;
  });
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  return [
    `freigabe ${command.name}: ${command.summary}`,
    "",
    `usage: freigabe ${command.name} ${command.usage}`,
    ...(rows.length > 0 ? ["", ...rows.map(([left, means]) => `${left.padEnd(width)}${means}`)] : []),
    ...(command.notes ? ["", command.notes] : []),
    "",
    "examples:",
    ...command.examples.flatMap(([does, line]) => [`  # ${does}`, `  ${line}`]),
    "",
  ].join("\n");
}
