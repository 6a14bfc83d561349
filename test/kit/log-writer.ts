/** Writes to a log for as long as it lives: `log-writer.ts FOLDER KEY NAME`. Says what has been entered, once it is. */
import { createPublicKey } from "node:crypto";
import { writeSync } from "node:fs";
import { append } from "../../src/ledger/append.ts";
import { noteKey } from "../../src/ledger/note.ts";
import { openLogSigner } from "../../src/storage/record/key.ts";
import { openLogStore } from "../../src/storage/record/log.ts";
import { origin } from "./log.ts";

const [folder = "", keyFile = "", name = ""] = process.argv.slice(2);
const { publicKey, sign, lastSigned, remember } = openLogSigner(keyFile);
const signer = { ...noteKey(origin, createPublicKey(publicKey))!, sign, lastSigned, remember };
const store = openLogStore(folder);

for (let batch = 0; ; batch += 1) {
  const count = 1 + ((batch * 7919) % 300);
  const texts = Array.from({ length: count }, (_, at) => `${name}/${batch}/${at}`);
  const entries = texts.map((text) => new Uint8Array(Buffer.from(text)));
  const { first } = await append({ store, origin, signer }, () => ({ entries }));
  writeSync(1, `${first} ${texts.join()}\n`);
}
