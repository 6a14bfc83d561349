import { makerOfPart } from "../facts/contract-parts.ts";
import { speaksFor, vouchedDocuments } from "../facts/documents.ts";
import { forOperator } from "../facts/setting.ts";
import type { Resolved } from "../facts/suppliers.ts";
import type { Bill } from "../model/document.ts";
import { anybody, type Parties, type Resolver } from "./network-parties.ts";

/** A release in an operator's network, as far as its product and maker are known. */
export interface KnownRelease {
  readonly operator: string;
  readonly maker: Resolved;
  readonly product: string | null;
  readonly release: string | null;
  readonly digest: string | null;
}

/** What one bill says: whose parts it lists, and whether it may leave somebody out. */
interface Listed extends Parties {
  /** It says that it lists all parts. */
  readonly whole: boolean;
}

/**
 * Finds who made the parts of a release, by the bills of materials that count: vouched for by one who may speak of it, at the
 * grade that every binding pack takes, and surely about this release. Whom one bill names and a complete other one leaves out
 * is open, as is all that no complete bill lists.
 */
export function partMakers(resolver: Resolver): (release: KnownRelease) => Parties {
  const known = new Map<string, Parties>();
  const bills = new Map<string, Map<Bill, Listed>>();
  return (release) => {
    const name = JSON.stringify([release.operator, release.maker.id, release.product, release.release, release.digest]);
    const held = known.get(name) ?? find(release);
    known.set(name, held);
    return held;
  };

  function find(release: KnownRelease): Parties {
    const setting = forOperator(resolver.strictest, release.operator);
    const about = vouchedDocuments(setting)
      .billsAbout(release)
      .filter((bill) => bill.confidence !== "product" && speaksFor(setting, bill, release));
    return combine(about.map(({ document }) => listedIn(release.operator, document)));
  }

  function listedIn(operator: string, bill: Bill): Listed {
    const own = bills.get(operator) ?? new Map<Bill, Listed>();
    bills.set(operator, own);
    const held = own.get(bill) ?? read(resolver, operator, bill);
    own.set(bill, held);
    return held;
  }
}

function read(resolver: Resolver, operator: string, { parts, completeness }: Bill): Listed {
  const makers = [...new Set(parts.map(makerOfPart))];
  const meant = makers.map((name) => (name === null ? undefined : resolver.supplier(operator, name)));
  return {
    sure: new Set(meant.filter((id) => id !== undefined)),
    open: meant.includes(undefined),
    // A bill without parts has looked at nothing.
    whole: completeness === "complete" && parts.length > 0,
  };
}

function combine(bills: readonly Listed[]): Parties {
  const whole = bills.filter((bill) => bill.whole);
  const named = new Set(bills.flatMap(({ sure }) => [...sure]));
  const sure = new Set([...named].filter((maker) => whole.every((bill) => bill.sure.has(maker) || bill.open)));
  if (bills.length === 0) return anybody;
  return { sure, open: whole.length === 0 || bills.some(({ open }) => open) || sure.size < named.size };
}
