import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { UserError } from "../../model/errors.ts";
import { type Desk, nowOf, partnerNamed } from "./desk.ts";

/** Of 256 random bits, so a plain hash is enough: nobody guesses it, and checking one costs nothing. */
const prefix = "frg_";

/** A new bearer token for a partner, shown once; the store keeps its hash. Throws `UserError` for who is no partner. */
export async function newToken(desk: Desk, partner: string): Promise<string> {
  if (!partnerNamed(desk, partner)) {
    const known = desk
      .house()
      .sharing.partners.map(({ id }) => `\`${id}\``)
      .join(", ");
    throw new UserError(`no partner \`${partner}\` in \`sharing.yaml\``, `its partners: ${known || "none"}`);
  }
  const token = `${prefix}${randomBytes(32).toString("base64url")}`;
  await desk.store.change((tx) => tx.setToken(partner, hashOf(token), nowOf(desk)));
  return token;
}

/** Whose token it is; undefined if it is nobody's. */
export async function ownerOf(desk: Desk, token: string): Promise<string | undefined> {
  if (!/^[\x21-\x7e]{1,200}$/.test(token)) return undefined;
  const hash = Buffer.from(hashOf(token), "hex");
  const tokens = await desk.store.tokens();
  return tokens.find((one) => timingSafeEqual(Buffer.from(one.hash, "hex"), hash))?.partner;
}

function hashOf(token: string): string {
  return createHash("sha256").update(`freigabe token ${token}`).digest("hex");
}
