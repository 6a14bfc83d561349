import Type, { type Static } from "typebox";
import type { Frozen } from "./frozen.ts";

/** What a supplier says itself about what is said of it. It decides nothing. */
export const SupplierComment = Type.Object({
  maker: Type.String({ description: "the supplier that speaks" }),
  on: Type.String({ description: "a rule, a notice, a condition, or `*`: whatever is said about the supplier" }),
  text: Type.String({ description: "its words, as they were signed" }),
  signed: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }),
  signer: Type.String({ description: "ids of the keys that signed" }),
  file: Type.String(),
});
export type SupplierComment = Frozen<Static<typeof SupplierComment>>;
