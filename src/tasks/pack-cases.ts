import { selecting } from "../facts/build.ts";
import { functionFacts } from "../facts/catalogue.ts";
import { deployedOn } from "../facts/first-use.ts";
import { gatherKnowledge } from "../facts/knowledge.ts";
import { networkSegment } from "../facts/network.ts";
import { segmentOf } from "../facts/segment.ts";
import type { Facts } from "../model/fact.ts";
import { domainOfFunction } from "../model/functions.ts";
import type { Pack, PackFile } from "../model/pack.ts";
import { type PackTest, readPackTests } from "../policy/pack-tests.ts";

const nothing = gatherKnowledge([], {
  suppliers: new Map(),
  operators: new Map(),
  products: new Map(),
  owners: [],
  succession: [],
});

/** The cases in a pack's `tests/`; to those about a function, the facts are added that the pack derives from it. */
export function readCases(pack: Pack, files: readonly PackFile[]): ReturnType<typeof readPackTests> {
  const { tests, problems } = readPackTests(files);
  return { tests: tests.map((test) => withFunction(pack, test)), problems };
}

function withFunction(pack: Pack, test: PackTest): PackTest {
  const { function: name } = test;
  return name !== undefined && domainOfFunction.has(name) ? { ...test, derived: factsAbout(pack, test, name) } : test;
}

/** Of equipment of which only the function is known; of a network, the segment that the function counts in. */
function factsAbout(pack: Pack, { action, asOf }: PackTest, name: string): Facts {
  if (action === "depend") return { networkSegment: selecting(networkSegment, [segmentOf(name)!], []) };
  const { parameters } = pack;
  const setting = { action, asOf, knownAt: asOf, pack, parameters, roles: {}, knowledge: nothing };
  const [maker, product] = [{ id: "some maker" }, { id: "some product" }];
  const equipment = { operator: "some operator", registered: undefined, maker, product, release: null, digest: null };
  return functionFacts(setting, { ...equipment, function: name, firstUse: deployedOn(asOf) });
}
