import type { CertificateClaim, DeclarationClaim, OrderClaim, RegisterPredicate, Statement } from "./statement.ts";

/** Kinds of names in statements that tables, packs or other statements must have. */
export type NamedKind = "supplier" | "product" | "operator" | "function" | "scheme" | "pack" | "element";

/** A name in a statement: what it should be the id of, and where it stands below the predicate (JSON Pointer). */
export interface NamedText {
  readonly kind: NamedKind;
  readonly text: string;
  readonly pointer: string;
}

/** The names in a statement, those in the entries of a register too. What they mean is not asked here. */
export function namesIn(statement: Statement): readonly NamedText[] {
  const { kind, predicate } = statement;
  switch (kind) {
    case "order":
      return ofOrder(predicate, "");
    case "certificate":
      return ofCertificate(predicate, "");
    case "declaration":
      return ofDeclaration(predicate, "");
    case "register":
      return ofRegister(predicate);
    case "update-statement":
    case "document":
      return one("product", predicate.product, "/product");
    case "oversight":
      return [...one("supplier", predicate.maker, "/maker"), ...one("product", predicate.product, "/product")];
    case "supplier-comment":
      return one("supplier", predicate.maker, "/maker");
    case "alias": {
      const { aliasOf, id, product } = predicate;
      return [...(aliasOf === "release" ? [] : one(aliasOf, id, "/id")), ...one("product", product, "/product")];
    }
    case "exception": {
      const { operators, makers, products, functions, elements } = predicate.scope;
      return [
        ...one("pack", predicate.pack, "/pack"),
        ...list("operator", operators, "/scope/operators"),
        ...list("supplier", makers, "/scope/makers"),
        ...list("product", products, "/scope/products"),
        ...list("function", functions, "/scope/functions"),
        ...list("element", elements, "/scope/elements"),
      ];
    }
    case "test-result":
      return statement.subjects.flatMap(({ name }) => one("product", productOf(name), "/subject"));
    default:
      return [];
  }
}

/** The product of a subject `PRODUCT@RELEASE`; absent: the name has no release. */
export function productOf(subject: string): string | undefined {
  const at = subject.indexOf("@");
  return at > 0 ? subject.slice(0, at) : undefined;
}

function ofOrder({ operators, makers, products, functions }: OrderClaim, at: string): readonly NamedText[] {
  return [
    ...list("operator", operators === "all" ? undefined : operators, `${at}/operators`),
    ...list("supplier", makers === "all" ? undefined : makers, `${at}/makers`),
    ...list("product", products, `${at}/products`),
    ...list("function", functions, `${at}/functions`),
  ];
}

function ofCertificate({ holder, product, scheme }: CertificateClaim, at: string): readonly NamedText[] {
  return [
    ...one("supplier", holder, `${at}/holder`),
    ...one("product", product, `${at}/product`),
    ...one("scheme", scheme, `${at}/scheme`),
  ];
}

function ofDeclaration({ operator, maker, product, functions }: DeclarationClaim, at: string): readonly NamedText[] {
  return [
    ...one("operator", operator, `${at}/operator`),
    ...one("supplier", maker, `${at}/maker`),
    ...one("product", product, `${at}/product`),
    ...list("function", functions, `${at}/functions`),
  ];
}

function ofRegister({ operator, schemes, entries }: RegisterPredicate): readonly NamedText[] {
  return [
    ...one("operator", operator, "/operator"),
    ...list("scheme", schemes, "/schemes"),
    ...entries.flatMap((entry, index) => {
      const at = `/entries/${index}`;
      if ("orderId" in entry) return ofOrder(entry, at);
      if ("certificateId" in entry) return ofCertificate(entry, at);
      return "declarationId" in entry ? ofDeclaration(entry, at) : one("operator", entry.operator, `${at}/operator`);
    }),
  ];
}

function one(kind: NamedKind, text: string | undefined, pointer: string): readonly NamedText[] {
  return text === undefined ? [] : [{ kind, text, pointer }];
}

function list(kind: NamedKind, texts: readonly string[] | undefined, pointer: string): readonly NamedText[] {
  return (texts ?? []).map((text, index) => ({ kind, text, pointer: `${pointer}/${index}` }));
}
