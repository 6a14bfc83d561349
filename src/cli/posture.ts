import { request } from "node:http";
import { request as secureRequest } from "node:https";
import { resolve } from "node:path";
import { exit, UserError } from "../model/errors.ts";
import { type Assurance, assurances } from "../model/exchange.ts";
import type { ReadFile } from "../model/ports/files.ts";
import { asJson } from "../reports/json.ts";
import { postureText } from "../reports/posture-text.ts";
import { openSigner } from "../storage/keys.ts";
import { certify } from "../tasks/certify.ts";
import { type Scales, weigh } from "../tasks/disclosure/posture-of.ts";
import { posture } from "../tasks/posture.ts";
import { readDays } from "./assess.ts";
import type { Command, Input, Io } from "./command.ts";
import { fileText } from "./file-text.ts";
import { deliver, readOutputs } from "./outputs.ts";
import { endProgress, openShell } from "./shell.ts";

export const command: Command = {
  name: "posture",
  summary: "what a network is made of, signed, for who shares intelligence; without the inventory",
  usage: "DIR --partner ID [--sign KEY] [--out FILE] [--post URL --token FILE]",
  positionals: [1, 1],
  options: {
    partner: { type: "string", value: "ID", means: "the name under which originators know this network" },
    sign: {
      type: "string",
      value: "KEY",
      multiple: true,
      means: "private key that signs; an auditor's key makes it `audited`. Without one it is only shown",
    },
    assurance: { type: "string", value: "HOW", means: "self (default), audited or recomputed" },
    role: {
      type: "string",
      multiple: true,
      value: "ROLE",
      means: "list roles to tell (default: all of freigabe.yaml)",
    },
    "as-of": { type: "string", value: "DAY", means: "what is in use on this day" },
    "known-at": { type: "string", value: "DAY", means: "only what was signed by this day" },
    out: { type: "string", value: "FILE", means: "where to write what was signed" },
    post: { type: "string", value: "URL", means: "an originator's server (`freigabe serve`) to hand it to" },
    token: { type: "string", value: "FILE", means: "file with the bearer token for it" },
    ca: { type: "string", value: "FILE", means: "certificate of the server, if it made its own" },
    output: { type: "string", multiple: true, value: "FORMAT[=PATH]", means: "text (default) or json" },
  },
  notes: `Shares by domain, channel and list role, each as an interval; what is not known widens it. No element, site or product
is named. docs/disclosure.md says what it reveals.`,
  examples: [
    ["look at it before anybody else does", "./freigabe posture examples/germany --partner DEMO-NATION"],
    ["sign it", "./freigabe posture examples/germany --partner DEMO-NATION --sign keys/nation --out posture.json"],
  ],
  async run(input, io) {
    const [dir = ""] = input.positionals;
    const outputs = readOutputs(input.texts("output"), ["text", "json"], io.cwd);
    const partner = input.text("partner");
    if (partner === undefined)
      throw new UserError("whose posture? `--partner ID` is missing", "the name originators know you by");
    const signers = input.texts("sign").map((key) => openSigner(resolve(io.cwd, key)));
    const shell = openShell(dir, io);
    const { predicate, inventory, open, scales } = await posture(shell, {
      ...{ ...readDays(input), partner, assurance: readAssurance(input), roles: input.texts("role") },
    });
    endProgress(io);
    for (const output of outputs) {
      const colour = output.path === undefined && io.colours;
      deliver(output, output.format === "json" ? asJson(predicate) : postureText(predicate, open, { colour }), io);
    }
    const [out, url] = [input.text("out"), input.text("post")];
    if (signers.length === 0) {
      if (out === undefined && url === undefined) return exit.done;
      throw new UserError(
        "`--sign KEY` is missing: what nobody signed counts for nobody",
        "`freigabe certify key --role partner ...` makes one",
      );
    }
    const content: ReadFile = { name: "posture.json", bytes: Buffer.from(JSON.stringify(predicate)), sha256: "" };
    const { text } = certify(
      {
        kind: "posture",
        content,
        settings: [],
        now: shell.now,
        complete: false,
        subject: { name: partner, sha256: inventory },
      },
      signers,
    );
    refuseDoubtful(text, signers, scales);
    if (out !== undefined) deliver({ format: "json", name: out, path: resolve(io.cwd, out) }, text, io);
    if (url !== undefined) io.err(`freigabe: ${await hand(url, text, input, io)}\n`);
    return exit.done;
  },
};

/** What would not count by the keys of this workspace is not handed out; of keys that it does not have nothing is known. */
function refuseDoubtful(text: string, signers: readonly { readonly keyid: string }[], scales: Scales): void {
  const isKnown = signers.every(({ keyid }) => scales.trust.some((key) => key.keyid === keyid));
  const weighed = isKnown ? weigh(text, "posture", scales) : undefined;
  if (typeof weighed !== "string") return;
  throw new UserError(`what was signed would not count: ${weighed}`, "nothing was written and nothing was handed over");
}

function readAssurance(input: Input): Assurance {
  const word = input.text("assurance") ?? "self";
  const found = assurances.find((one) => one === word);
  if (found) return found;
  throw new UserError(`expected \`--assurance\` to be ${assurances.join(", ")}, got \`${word}\``);
}

/** Posts a statement to an originator's server; what it answers, in a line. Throws `UserError` if it is not taken. */
async function hand(url: string, text: string, input: Input, io: Io): Promise<string> {
  const [tokenFile, caFile] = [input.text("token"), input.text("ca")];
  if (tokenFile === undefined)
    throw new UserError("`--token FILE` is missing", "the token that the originator gave you");
  const target = URL.parse("/exchange/statements/", url);
  if (!target || !/^https?:$/.test(target.protocol))
    throw new UserError(`expected \`--post\` to be a URL, got \`${url}\``);
  const token = fileText(tokenFile, io).trim();
  const ca = caFile === undefined ? undefined : fileText(caFile, io);
  const { status, body } = await send(target, text, token, ca);
  if (status === 202) return `handed to ${target.host}`;
  throw new UserError(`${target.host} did not take it (${status}): ${body.slice(0, 400)}`);
}

function send(
  target: URL,
  text: string,
  token: string,
  ca: string | undefined,
): Promise<{ status: number; body: string }> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return new Promise((done, fail) => {
    const go = target.protocol === "https:" ? secureRequest : request;
    const call = go(target, { method: "POST", headers, timeout: 30_000, ...(ca !== undefined && { ca }) }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        body = `${body}${part}`.slice(0, 10_000);
      });
      answer.on("end", () => done({ status: answer.statusCode ?? 0, body }));
    });
    call.on("timeout", () => call.destroy(new Error("it does not answer")));
    call.on("error", (error) => fail(new UserError(`cannot reach ${target.host}: ${error.message}`)));
    call.end(text);
  });
}
