import Type, { type Static } from "typebox";

/** The fields of CSAF 2.0 and 2.1 that are used. The official schema was checked before; this one gives types. */
const Text = Type.String();
const opt = Type.Optional;
const Ids = Type.Array(Text);

const Product = Type.Object({
  name: Text,
  product_id: Text,
  product_identification_helper: opt(
    Type.Object({
      cpe: opt(Text),
      purl: opt(Text),
      purls: opt(Type.Array(Text)),
      hashes: opt(Type.Array(Type.Object({ file_hashes: Type.Array(Type.Object({ algorithm: Text, value: Text })) }))),
    }),
  ),
});

const Branch = Type.Cyclic(
  {
    Branch: Type.Object({
      category: Text,
      name: Text,
      product: opt(Product),
      branches: opt(Type.Array(Type.Ref("Branch"))),
    }),
  },
  "Branch",
);

const ProductTree = Type.Object({
  branches: opt(Type.Array(Branch)),
  full_product_names: opt(Type.Array(Product)),
  relationships: opt(
    Type.Array(
      Type.Object({
        product_reference: Text,
        relates_to_product_reference: Text,
        full_product_name: Product,
      }),
    ),
  ),
});

const Vulnerability = Type.Object({
  cve: opt(Text),
  ids: opt(Type.Array(Type.Object({ text: Text }))),
  references: opt(Type.Array(Type.Object({ summary: opt(Text), url: opt(Text) }))),
  product_status: opt(Type.Record(Text, Ids)),
});

export const AdvisoryShape = Type.Object({
  document: Type.Object({
    title: Text,
    publisher: Type.Object({ name: Text }),
    tracking: Type.Object({
      id: Text,
      current_release_date: Text,
      status: Type.Union([Type.Literal("draft"), Type.Literal("interim"), Type.Literal("final")]),
    }),
  }),
  product_tree: opt(ProductTree),
  vulnerabilities: opt(Type.Array(Vulnerability)),
});

export type AdvisoryShape = Static<typeof AdvisoryShape>;
export type BranchShape = Static<typeof Branch>;
export type ProductShape = Static<typeof Product>;
export type ProductTreeShape = Static<typeof ProductTree>;
