import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { tamed } from "../reports/terminal.ts";
import { type Command, helpOf, type Io, parse } from "./command.ts";

/** Verbs in the order in which a newcomer meets them; each is loaded when it is called. */
const verbs: Readonly<Record<string, { readonly summary: string; load(): Promise<{ command: Command }> }>> = {
  init: {
    summary: "make a workspace: tables with headers, folders, drafts of registers",
    load: () => import("./init.ts"),
  },
  import: {
    summary: "turn a NetBox, TMF639 or RFC 8345 export, or a spreadsheet, into the tables of a workspace",
    load: () => import("./import.ts"),
  },
  match: {
    summary: "propose which supplier, product or release a text of the tables means; confirm one",
    load: () => import("./match.ts"),
  },
  assess: {
    summary: "decide about every element of a network: admitted, refused or undecided",
    load: () => import("./assess.ts"),
  },
  gate: {
    summary: "decide about a purchase before it is made, line by line and as a whole",
    load: () => import("./gate.ts"),
  },
  explain: {
    summary: "show why one element is admitted, refused or undecided, and what would change it",
    load: () => import("./explain.ts"),
  },
  pack: {
    summary: "list, validate and test rule packs, shipped or your own",
    load: () => import("./pack.ts"),
  },
  certify: {
    summary: "make and sign evidence, or a key to sign with",
    load: () => import("./certify.ts"),
  },
  verify: {
    summary: "check a file of evidence step by step",
    load: () => import("./verify.ts"),
  },
};

const overview = () => `freigabe: which equipment may go into the network, decided from evidence

usage: freigabe VERB ...

${Object.entries(verbs)
  .map(([name, { summary }]) => `  ${name.padEnd(9)} ${summary}`)
  .join("\n")}

\`freigabe VERB --help\` explains a verb. Exit codes: 0 admitted or done, 1 refused, 2 wrong use or
program failure, 3 undecided, 4 record or signature broken. \`--debug\` shows where a failure arose.

examples:
  # decide about every element of the example network
  ./freigabe assess examples/first
  # and about one of them, step by step
  ./freigabe explain examples/first DEMO-amf-1
`;

/** Runs one command line; returns its exit code and never throws. Names from outside cannot steer the terminal. */
export async function main(words: readonly string[], world: Io): Promise<ExitCode> {
  const debug = words.includes("--debug");
  const io: Io = { ...world, out: (text) => world.out(tamed(text)), err: (text) => world.err(tamed(text)) };
  try {
    return await dispatch(
      words.filter((word) => word !== "--debug"),
      io,
    );
  } catch (error) {
    return fail(error, debug, io);
  }
}

async function dispatch(words: readonly string[], io: Io): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    io.out(overview());
    return exit.done;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new UserError(`no verb \`${name}\``, `verbs: ${Object.keys(verbs).join(" ")}`);
  const { command } = await verb.load();
  if (rest.includes("--help") || rest.includes("-h")) {
    io.out(helpOf(command));
    return exit.done;
  }
  return command.run(parse(command, rest), io);
}

function fail(error: unknown, debug: boolean, io: Io): ExitCode {
  if (error instanceof UserError) {
    io.err(`freigabe: error: ${error.message}\n`);
    if (error.hint) io.err(`freigabe: hint: ${error.hint}\n`);
    if (debug && error.stack) io.err(`${error.stack}\n`);
    return error.code;
  }
  const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
  io.err(`freigabe: error: the program failed: ${message}\n`);
  io.err(
    debug && error instanceof Error ? `${error.stack}\n` : "freigabe: hint: run again with `--debug` to see where\n",
  );
  return exit.failed;
}

if (import.meta.main) {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exit.done : exit.failed);
  });
  process.exitCode = await main(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    cwd: process.cwd(),
    now: new Date(),
    terminal: process.stderr.isTTY === true,
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  });
}
