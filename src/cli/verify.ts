import { resolve } from "node:path";
import { isDay } from "../model/day.ts";
import { exit, UserError } from "../model/errors.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { asJson } from "../reports/json.ts";
import { printable } from "../reports/terminal.ts";
import { readNamed } from "../storage/folder.ts";
import { isProof, verifyProof } from "../tasks/record/verify-proof.ts";
import { type Verification, verifyFile } from "../tasks/verify.ts";
import type { Command, Input, Io } from "./command.ts";
import { trustFilesIn } from "./ledger-access.ts";
import { proofText } from "./proof-text.ts";

const maxEvidence = 64_000_000;
const codes = { holds: exit.done, open: exit.undecided, broken: exit.broken } as const;

export const command: Command = {
  name: "verify",
  summary: "check a file of evidence, or a proof from a ledger, step by step",
  usage: "FILE --trust DIR [--known-at DAY] [--demo] [--output text|json]",
  positionals: [1, 1],
  options: {
    trust: { type: "string", value: "DIR", means: "folder with the keys of signers, or a workspace that has one" },
    "known-at": { type: "string", value: "DAY", means: "what was known on that day; default today (UTC)" },
    demo: { type: "boolean", means: "keys whose id begins with DEMO- count" },
    output: { type: "string", value: "FORMAT", means: "text (default) or json" },
  },
  notes: `Exit codes: 0 it holds, 3 signer unknown, not entitled or outside its time, 4 signature or content
broken. A proof (\`freigabe ledger prove\`) is checked against the ledger's key in \`trust/\`, without the ledger. Whether it fits a release, or its term has ended, is for \`assess\` and \`explain\` to say.`,
  examples: [
    [
      "check a certificate with the keys of a workspace, here a demonstration",
      "./freigabe verify examples/first/evidence/certificate-amf.json --trust examples/first --demo",
    ],
    [
      "the same as of a day, for a program",
      "./freigabe verify examples/first/registers/orders-1.json --trust examples/first --demo --known-at 2026-11-20 --output json",
    ],
  ],
  async run(input, io) {
    const [path = ""] = input.positionals;
    const format = formatOf(input);
    const file = evidenceFile(path, io);
    if (isProof(file)) {
      const proof = verifyProof(file, trustFiles(input, io), input.flag("demo"));
      io.out(format === "json" ? asJson(proof) : proofText(proof));
      return codes[proof.outcome];
    }
    const result = verifyFile(file, trustFiles(input, io), {
      knownAt: knownAt(input, io),
      demo: input.flag("demo"),
    });
    io.out(format === "json" ? asJson(result) : verificationText(result));
    return codes[result.outcome];
  },
};

function formatOf(input: Input): "text" | "json" {
  const format = input.text("output") ?? "text";
  if (format === "text" || format === "json") return format;
  throw new UserError(`no output format \`${format}\``, "formats: text json");
}

function evidenceFile(path: string, io: Io): ReadFile {
  const file = readNamed(resolve(io.cwd, path), maxEvidence);
  if (file) return { ...file, name: path };
  throw new UserError(`no file \`${path}\``);
}

function trustFiles(input: Input, io: Io): readonly ReadFile[] {
  const path = input.text("trust");
  if (path !== undefined) return trustFilesIn(path, io);
  throw new UserError(
    "`--trust DIR` is missing: whose keys are to be believed?",
    "name a workspace or its `trust` folder",
  );
}

function knownAt(input: Input, io: Io): string {
  const day = input.text("known-at") ?? io.now.toISOString().slice(0, 10);
  if (isDay(day)) return day;
  throw new UserError(`expected a day for \`--known-at\`, got \`${day.slice(0, 40)}\``, "write it as YYYY-MM-DD");
}

const endings = {
  holds: "it holds",
  open: "nothing is broken, but it is not evidence",
  broken: "it is broken",
} as const;

function verificationText(result: Verification): string {
  const { statement, grade, signers, problems } = result;
  const lines = [
    `${result.file}  sha256:${result.sha256}`,
    ...result.steps.map(({ name, holds, detail }) => `  ${holds ? "✓" : "✗"} ${name.padEnd(12)} ${printable(detail)}`),
    ...problems.map(({ place, message }) => `  ! ${printable(`${place.file}${place.pointer ?? ""}: ${message}`)}`),
    ...(statement ? [`  says: ${statement.kind}, signed at ${printable(statement.signedAt)}`] : []),
    ...(grade
      ? [`  grade ${grade}, by ${signers.map(({ id, role, party }) => `${id} (${role} of ${party})`).join(", ")}`]
      : []),
    `${endings[result.outcome]}, as known on ${result.knownAt} with ${result.trustedKeys} trusted keys`,
  ];
  return `${lines.join("\n")}\n`;
}
