import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { append } from "../src/ledger/append.ts";
import { committedHead } from "../src/ledger/head.ts";
import { entriesIn } from "../src/ledger/tree.ts";
import { verifyLog } from "../src/ledger/verify.ts";
import { UserError } from "../src/model/errors.ts";
import { openLogStore } from "../src/storage/record/log.ts";
import { entry, logKey, noCheck, origin } from "./kit/log.ts";

const folder = mkdtempSync(join(tmpdir(), "freigabe-full-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]).status === 0;
const options = mounted ? {} : { skip: "SKIPPED: a disk of 256 KiB could not be mounted here" };

test(
  "a full disk: a clear error, nothing of it entered, nothing lost, and it goes on once there is room",
  options,
  async () => {
    try {
      const store = openLogStore(join(folder, "ledger"));
      const signer = logKey();
      const acknowledged: string[] = [];
      const add = async (text: string) => {
        await append({ store, origin, signer }, () => ({ entries: [entry(text)] }));
        acknowledged.push(text);
      };
      mkdirSync(join(folder, "ledger"));
      writeFileSync(join(folder, "other"), Buffer.alloc(100_000));
      let failures = 0;
      for (let at = 0; failures < 5; at += 1) {
        const text = `${at} ${"x".repeat(3000)}`;
        await add(text).catch((error: unknown) => {
          assert.ok(error instanceof UserError && /the disk is full/.test(error.message), String(error));
          failures += 1;
        });
      }
      const size = committedHead(store)!.size;
      assert.ok(size >= acknowledged.length && acknowledged.length > 5);
      rmSync(join(folder, "other"));
      await add("there is room again");
      const head = committedHead(store)!;
      const all = [...entriesIn({ from: 0, to: head.size, size: head.size }, store.read)].map((one) =>
        Buffer.from(one).toString(),
      );
      assert.deepEqual(
        all.filter((text) => acknowledged.includes(text)),
        acknowledged,
      );
      assert.equal((await verifyLog(store, signer, noCheck))?.head.size, head.size);
      assert.deepEqual(
        readdirSync(join(folder, "ledger")).filter((name) => name.endsWith(".tmp")),
        [],
      );
    } finally {
      spawnSync("umount", [folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
