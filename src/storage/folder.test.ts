import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { UserError } from "../model/errors.ts";
import { openFolder, readNamed } from "./folder.ts";

const base = mkdtempSync(join(tmpdir(), "freigabe-folder-"));
after(() => rmSync(base, { recursive: true, force: true }));
const root = join(base, "workspace");
mkdirSync(join(root, "evidence/deep"), { recursive: true });
writeFileSync(join(base, "secret.json"), "secret");
writeFileSync(join(root, "evidence/b.json"), "bb");
writeFileSync(join(root, "evidence/deep/a.json"), "a");
writeFileSync(join(root, "evidence/note.txt"), "note");
symlinkSync("../../secret.json", join(root, "evidence/out.json"));
symlinkSync("b.json", join(root, "evidence/in.json"));
symlinkSync("gone.json", join(root, "evidence/dangling.json"));
symlinkSync("..", join(root, "evidence/loop"));
symlinkSync(base, join(root, "up"));
const folder = openFolder(root);
const refuses = (run: () => unknown, message: RegExp) =>
  assert.throws(run, (error) => error instanceof UserError && message.test(error.message));

test("a file is read whole with its digest, a missing one is undefined", () => {
  const file = folder.read("evidence/b.json", 10);
  assert.equal(Buffer.from(file?.bytes ?? []).toString(), "bb");
  assert.equal(file?.sha256, "3b64db95cb55c763391c707108489ae18b4112d783300de38e033b4c98c3deaf");
  assert.equal(folder.read("evidence/none.json", 10), undefined);
  assert.equal(folder.read("none/none.json", 10), undefined);
  assert.equal(folder.read("evidence/b.json/x", 10), undefined);
  assert.equal(folder.read("evidence/in.json", 10)?.sha256, file?.sha256);
});

test("a file above the limit, a folder, a pipe are refused before they are read", () => {
  refuses(() => folder.read("evidence/b.json", 1), /2 bytes, expected at most 1/);
  refuses(() => folder.read("evidence", 10), /not a regular file/);
  execFileSync("mkfifo", [join(root, "pipe.json")]);
  refuses(() => folder.read("pipe.json", 10), /not a regular file/);
});

test("no name leads out of the folder", () => {
  for (const name of [
    "../secret.json",
    "evidence/../../secret.json",
    "/etc/passwd",
    "..",
    "a\0b",
    "a\\..\\b",
    "C:/x",
  ]) {
    refuses(() => folder.read(name, 10), /is not a path below/);
    refuses(() => folder.write(name, "x"), /is not a path below/);
    refuses(() => folder.resolve(name), /is not a path below/);
    refuses(() => folder.list(name, [""]), /is not a path below/);
  }
  for (const name of ["evidence/out.json", "up/secret.json", "up", "evidence/dangling.json"]) {
    refuses(() => folder.read(name, 10), /is a link out of/);
    refuses(() => folder.write(name, "x"), /is a link out of/);
  }
  assert.equal(readFileSync(join(base, "secret.json"), "utf8"), "secret");
});

test("lists are sorted, and links that are not followed are told", () => {
  assert.deepEqual(folder.list("evidence", [".json"]), {
    names: ["evidence/b.json", "evidence/deep/a.json", "evidence/in.json"],
    refused: ["evidence/dangling.json", "evidence/loop", "evidence/out.json"],
    folders: [],
  });
  assert.deepEqual(folder.list("none", [".json"]), { names: [], refused: [], folders: [] });
  assert.deepEqual(folder.list(".", [".txt"]).names, ["evidence/note.txt"]);
  assert.deepEqual(folder.list("evidence", [".json"], 1).names, ["evidence/b.json", "evidence/in.json"]);
  assert.deepEqual(folder.list("evidence", [".json"], 1).folders, ["evidence/deep"]);
});

test("folders deeper than eight are told, not passed over in silence", () => {
  mkdirSync(join(root, "tree/1/2/3/4/5/6/7/8"), { recursive: true });
  writeFileSync(join(root, "tree/1/2/3/4/5/6/7/8/x.json"), "x");
  writeFileSync(join(root, "tree/1/2/3/4/5/6/7/y.json"), "y");
  assert.deepEqual(folder.list("tree", [".json"]), {
    names: ["tree/1/2/3/4/5/6/7/y.json"],
    refused: ["tree/1/2/3/4/5/6/7/8"],
    folders: [],
  });
});

test("writing replaces whole files, makes folders, and leaves nothing behind", () => {
  folder.write("new/sub/file.txt", "one");
  folder.write("new/sub/file.txt", "two");
  assert.deepEqual(readdirSync(join(root, "new/sub")), ["file.txt"]);
  assert.equal(readFileSync(join(root, "new/sub/file.txt"), "utf8"), "two");
});

test("exclusive writing never replaces, and modes are set whatever the umask", () => {
  folder.write("once.txt", "one", { exclusive: true, mode: 0o600 });
  refuses(() => folder.write("once.txt", "two", { exclusive: true }), /`once.txt` exists already/);
  assert.equal(readFileSync(join(root, "once.txt"), "utf8"), "one");
  assert.equal(statSync(join(root, "once.txt")).mode & 0o777, 0o600);
  refuses(() => folder.write("evidence", "x"), /is a folder/);
});

test("what the disk refuses is told in words", () => {
  refuses(
    () => folder.write("evidence/b.json/x.json", "x"),
    /cannot write `evidence\/b.json\/x.json`: a file stands in the way/,
  );
  refuses(() => folder.write("a".repeat(300), "x"), /the name is too long/);
  assert.equal(folder.read("a".repeat(300), 10), undefined);
});

test("a folder must be there and be a folder", () => {
  refuses(() => openFolder(join(base, "none")), /no folder/);
  refuses(() => openFolder(join(base, "secret.json")), /expected a folder/);
});

test("a file that a person names is read through links", () => {
  assert.equal(Buffer.from(readNamed(join(root, "evidence/out.json"), 10)?.bytes ?? []).toString(), "secret");
  assert.equal(readNamed(join(root, "nothing"), 10), undefined);
});
