import { type ExitCode, exit, UserError } from "../model/errors.ts";
import { tamed } from "../reports/terminal.ts";
import { type Command, helpOf, type Io, parse } from "./command.ts";

/** A word of the command line: a command, loaded when it is called, or several that share their first word. */
type Verb = { readonly summary: string } & (
  | { load(): Promise<{ command: Command }> }
  | { readonly questions: Readonly<Record<string, Verb>> }
);

const whatIf: Readonly<Record<string, Verb>> = {
  outage: {
    summary: "what is still served if a supplier stops, turns hostile, or no longer sends updates",
    load: () => import("./whatif-outage.ts"),
  },
  expose: {
    summary: "what a supplier could see, by channel and function, and what would end that",
    load: () => import("./whatif-expose.ts"),
  },
  restrict: {
    summary: "what falls, what it costs and who gains if a supplier has to leave a domain by a day",
    load: () => import("./whatif-restrict.ts"),
  },
  coalition: {
    summary: "how much of a supplier's market is gone if some countries shut it out",
    load: () => import("./whatif-coalition.ts"),
  },
};

const aboutLedger: Readonly<Record<string, Verb>> = {
  verify: {
    summary: "rebuild and check everything, from the first entry up",
    load: () => import("./ledger-verify.ts"),
  },
  list: { summary: "the entries, a line each", load: () => import("./ledger-list.ts") },
  show: { summary: "one entry, whole", load: () => import("./ledger-show.ts") },
  prove: {
    summary: "a proof of one entry, or of one element's verdict, as a file",
    load: () => import("./ledger-prove.ts"),
  },
  export: { summary: "a decision as it was signed, with what it rests on", load: () => import("./ledger-export.ts") },
  replay: { summary: "decide again from the recorded inputs and compare", load: () => import("./ledger-replay.ts") },
  redact: { summary: "withhold an input; its digest and the reason stay", load: () => import("./ledger-redact.ts") },
  rotate: { summary: "give the ledger another key", load: () => import("./ledger-rotate.ts") },
  key: { summary: "the entry for `trust/` by which others check the ledger", load: () => import("./ledger-key.ts") },
  start: { summary: "begin a ledger under a name of your own", load: () => import("./ledger-start.ts") },
};

const aboutDisclosure: Readonly<Record<string, Verb>> = {
  preview: { summary: "who would get an object, and why not the others", load: () => import("./disclose-preview.ts") },
  explain: { summary: "why a partner gets an object, or does not", load: () => import("./disclose-explain.ts") },
  whatif: { summary: "what another posture would open or close", load: () => import("./disclose-whatif.ts") },
  queue: { summary: "what waits for an officer; approve or reject it", load: () => import("./disclose-queue.ts") },
  cases: {
    summary: "warnings of a threat to life that rules keep from partners; decide about one",
    load: () => import("./disclose-cases.ts"),
  },
  history: {
    summary: "what a partner was given, refused and asked to give back",
    load: () => import("./disclose-history.ts"),
  },
  replay: {
    summary: "decide recorded disclosures again, from the inputs the ledger kept",
    load: () => import("./disclose-replay.ts"),
  },
  sources: {
    summary: "how much a partner depends on one source, by topic",
    load: () => import("./disclose-sources.ts"),
  },
  import: {
    summary: "put a STIX bundle or the FiGHT catalogue into a collection",
    load: () => import("./disclose-import.ts"),
  },
  receive: {
    summary: "take in a signed statement: a posture, an override, an answer",
    load: () => import("./disclose-receive.ts"),
  },
  token: { summary: "make a bearer token for a partner, shown once", load: () => import("./disclose-token.ts") },
};

const aboutNotices: Readonly<Record<string, Verb>> = {
  list: {
    summary: "letters as threads: what was said, answered, and is overdue",
    load: () => import("./notice-list.ts"),
  },
  make: { summary: "sign a formal letter and put it into `notices/`", load: () => import("./notice-make.ts") },
  receive: {
    summary: "take in a letter or a reply, checked and kept byte for byte",
    load: () => import("./notice-receive.ts"),
  },
  acknowledge: {
    summary: "say under a signature that a letter arrived",
    load: () => import("./notice-acknowledge.ts"),
  },
  answer: { summary: "answer a letter under a signature", load: () => import("./notice-answer.ts") },
};

/** Verbs in the order in which a newcomer meets them. */
const verbs: Readonly<Record<string, Verb>> = {
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
  whatif: { summary: "ask what would stop, be seen, fall or cost if something changed", questions: whatIf },
  export: {
    summary: "leave counts without the inventory, signed, for an authority; or a draft of its register",
    questions: {
      inventory: {
        summary: "draft of the register that says the tables hold every element",
        load: () => import("./export-inventory.ts"),
      },
      shares: {
        summary: "signed counts of who stands behind which part of the network",
        load: () => import("./export-shares.ts"),
      },
    },
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
    summary: "check a file of evidence, or a proof from a ledger, step by step",
    load: () => import("./verify.ts"),
  },
  ledger: { summary: "check, prove and replay what was decided", questions: aboutLedger },
  posture: {
    summary: "what a network is made of, signed, for who shares intelligence; without the inventory",
    load: () => import("./posture.ts"),
  },
  disclose: { summary: "which intelligence may be told to which partner, and why not", questions: aboutDisclosure },
  notice: { summary: "formal letters between originators and partners, with their days", questions: aboutNotices },
  serve: {
    summary: "share intelligence over TAXII 2.1, under its owners' conditions",
    load: () => import("./serve.ts"),
  },
};

const overview = () => `freigabe: which equipment may go into the network, decided from evidence

usage: freigabe VERB ...

${listed(verbs)}

\`freigabe VERB --help\` explains a verb. Exit codes: 0 admitted or done, 1 refused, 2 wrong use or
program failure, 3 undecided, 4 record or signature broken. \`--debug\` shows where a failure arose.

examples:
  # decide about every element of the example network
  ./freigabe assess examples/first
  # and about one of them, step by step
  ./freigabe explain examples/first DEMO-amf-1
`;

function listed(words: Readonly<Record<string, Verb>>): string {
  const lines = Object.entries(words).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return lines.join("\n");
}

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
  if (asksHelp(name)) return say(overview(), io);
  return call(name, rest, { verbs, of: "" }, io);
}

const asksHelp = (word: string | undefined): word is undefined =>
  word === undefined || word === "--help" || word === "-h" || word === "help";

/** Calls a verb, or the question that the next word names. */
async function call(
  name: string,
  rest: readonly string[],
  among: { readonly verbs: Readonly<Record<string, Verb>>; readonly of: string },
  io: Io,
): Promise<ExitCode> {
  const verb = Object.hasOwn(among.verbs, name) ? among.verbs[name] : undefined;
  if (!verb) {
    const [what, whole] = among.of === "" ? ["verb", ""] : ["question", ` after \`${among.of}\``];
    throw new UserError(`no ${what} \`${name}\`${whole}`, `${what}s: ${Object.keys(among.verbs).join(" ")}`);
  }
  if ("questions" in verb) {
    const [question, ...words] = rest;
    if (asksHelp(question)) return say(questionsOf(name, verb.summary, verb.questions), io);
    return call(question, words, { verbs: verb.questions, of: name }, io);
  }
  const { command } = await verb.load();
  if (rest.includes("--help") || rest.includes("-h")) return say(helpOf(command), io);
  return command.run(parse(command, rest), io);
}

function say(text: string, io: Io): ExitCode {
  io.out(text);
  return exit.done;
}

const questionsOf = (name: string, summary: string, questions: Readonly<Record<string, Verb>>) =>
  `freigabe ${name}: ${summary}

usage: freigabe ${name} WHAT ...

${listed(questions)}

\`freigabe ${name} WHAT --help\` explains it and shows examples.
`;

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
    clock: () => new Date(),
    ending: new Promise((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    }),
    env: process.env,
    terminal: process.stderr.isTTY === true,
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  });
}
