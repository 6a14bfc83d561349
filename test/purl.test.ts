/** The published package URL tests (purl-spec) against the package that reads package URLs here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PackageURL } from "packageurl-js";
import { dataFile, dataPaths, needs } from "./kit/data.ts";

interface Parts {
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>> | null;
  readonly subpath: string | null;
}

/** `validate` reads a package URL and writes it again. */
type Case = { readonly expected_failure: boolean } & (
  | { readonly test_type: "parse"; readonly input: string; readonly expected_output: Parts | null }
  | { readonly test_type: "build"; readonly input: Parts; readonly expected_output: string | null }
  | { readonly test_type: "validate"; readonly input: string; readonly expected_output: string | null }
);

const folder = "advisories/purl-tests";
const rewrites = "writes `:` or `+` encoded, or not, as the tests do not; both mean the same package URL";
const typeRules = "does not know this rule of the type: letters that are folded, names or versions that are forbidden";
const keys = "folds the letters of a qualifier's name, where the tests want a refusal";

/** Tests that come out otherwise, by reason: the file, and the places of the tests in it, from 0. */
const differs: Readonly<Record<string, readonly string[]>> = {
  [rewrites]: [
    "specification 16 17",
    "bazel 0 3 5 15 17",
    "brew 17 18",
    "deb 17 18",
    "generic 4 5 7 8",
    "hex 10 11",
    "huggingface 4 6 7 16 17",
    "julia 5 7",
    "luarocks 7 8",
    "maven 8 14 59 60",
    "mlflow 0 2 3 4 6 7 8 10 11 13 14 16 17",
    "npm 11 12",
    "otp 1 2",
    "vcpkg 7 8",
  ],
  [typeRules]: [
    "brew 3 4 14 15",
    "chrome-extension 3 4 5 6",
    "cpan 4 5 6 22 23",
    "git 0 1 3 4 6",
    "julia 8 12",
    "otp 6 7",
    "vcpkg 9 10 12",
    "vscode-extension 11 12",
  ],
  [keys]: ["gem 1", "rpm 1"],
};

const partsOf = ({ type, namespace, name, version, qualifiers, subpath }: PackageURL): Parts => ({
  type,
  namespace: namespace ?? null,
  name,
  version: version ?? null,
  qualifiers: qualifiers && Object.keys(qualifiers).length > 0 ? { ...qualifiers } : null,
  subpath: subpath ?? null,
});

function outcomeOf({ test_type: kind, input }: Case): Parts | string {
  if (kind === "parse") return partsOf(PackageURL.fromString(input));
  if (kind === "validate") return PackageURL.fromString(input).toString();
  const { type, namespace, name, version, qualifiers, subpath } = input;
  return new PackageURL(type, namespace, name, version, qualifiers ?? undefined, subpath ?? undefined).toString();
}

/** `undefined`: as expected; else what came instead. */
function difference(one: Case): Parts | string | undefined {
  let got: Parts | string;
  try {
    got = outcomeOf(one);
  } catch {
    return one.expected_failure ? undefined : "refused";
  }
  if (one.expected_failure) return got;
  try {
    assert.deepEqual(got, one.expected_output);
    return undefined;
  } catch {
    return got;
  }
}

test("the 586 tests of package URLs, but for those that are listed", needs(folder), () => {
  let count = 0;
  const found = new Map(Object.keys(differs).map((reason) => [reason, [] as string[]]));
  for (const path of dataPaths(`${folder}/*/*.json`)) {
    const { tests }: { readonly tests: readonly Case[] } = JSON.parse(new TextDecoder().decode(dataFile(path).bytes));
    count += tests.length;
    const reasons = tests.map((one) => {
      const got = difference(one);
      return got === undefined ? undefined : reasonOf(one, got);
    });
    const file = path
      .split("/")
      .at(-1)!
      .replace(/-test\.json$/, "");
    for (const [reason, list] of found) {
      const places = [...reasons.entries()].filter(([, own]) => own === reason).map(([place]) => place);
      if (places.length > 0) list.push(`${file} ${places.join(" ")}`);
    }
  }
  assert.equal(count, 586);
  assert.deepEqual(Object.fromEntries(found), differs);
});

/** What can be seen of a difference decides its reason, so that the list cannot call one by another's name. */
function reasonOf({ expected_failure, expected_output, input }: Case, got: Parts | string): string {
  const plain = (text: string) => text.replaceAll(/%3A/gi, ":").replaceAll(/%2B/gi, "+");
  if (typeof got === "string" && typeof expected_output === "string" && plain(got) === plain(expected_output))
    return rewrites;
  if (expected_failure && typeof input === "string" && /[?&][A-Z]/.test(input)) return keys;
  return typeRules;
}
