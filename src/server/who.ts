import type { TLSSocket } from "node:tls";
import type { FastifyRequest } from "fastify";
import { TaxiiProblem } from "../disclosure/taxii/problem.ts";
import type { Partner } from "../model/sharing.ts";
import { type Desk, partnerNamed } from "../tasks/disclosure/desk.ts";
import { ownerOf } from "../tasks/disclosure/tokens.ts";

const seconds = 5;

/** Who asks: by client certificate, bearer token, or a token as the password of Basic. */
export interface Doorkeeper {
  /** Throws 401 with both challenges; who was refused is counted for the ledger. A request is asked once. */
  admit(request: FastifyRequest): Promise<Partner>;
  /** By what a request counts towards the limit of requests: a partner that was let in lately, else an address. */
  countedAs(request: FastifyRequest): string;
  /** How many were refused since this was asked last. */
  refused(): number;
}

export function doorkeeper(desk: Desk): Doorkeeper {
  const known = new Map<string, { readonly partner: string; readonly until: number; readonly changes: number }>();
  let refused = 0;
  const ownerCached = async (token: string): Promise<string | undefined> => {
    const now = performance.now();
    const changes = await desk.store.changes();
    const before = known.get(token);
    if (before && before.until > now && before.changes === changes) return before.partner;
    const partner = await ownerOf(desk, token);
    if (known.size > 10_000) known.clear();
    if (partner !== undefined) known.set(token, { partner, until: now + seconds * 1000, changes });
    return partner;
  };
  const admitted = new WeakMap<FastifyRequest, Partner>();
  return {
    admit: async (request) => {
      const before = admitted.get(request);
      if (before) return before;
      const name = certified(request) ?? (await tokenOwner(request, ownerCached));
      const partner = name === undefined ? undefined : partnerNamed(desk, name);
      if (partner) {
        admitted.set(request, partner);
        return partner;
      }
      refused += 1;
      const challenges = 'Bearer realm="freigabe", Basic realm="freigabe", charset="UTF-8"';
      throw new TaxiiProblem(
        401,
        "Who are you?",
        "expected a bearer token, or a client certificate that is known here",
        {
          "www-authenticate": challenges,
          // What a stranger goes on sending is not read.
          connection: "close",
        },
      );
    },
    countedAs: ({ headers, ip }) => {
      const [, value = ""] = (headers.authorization ?? "").split(" ", 2);
      const partner = known.get(value)?.partner;
      return partner === undefined ? `address ${ip}` : `partner ${partner}`;
    },
    refused: () => {
      const count = refused;
      refused = 0;
      return count;
    },
  };
}

/** The common name of a client certificate that the server's own authorities have signed. */
function certified({ raw }: FastifyRequest): string | undefined {
  const socket = raw.socket as Partial<TLSSocket>;
  if (socket.authorized !== true || !socket.getPeerCertificate) return undefined;
  const name = socket.getPeerCertificate().subject?.CN;
  return typeof name === "string" ? name : undefined;
}

async function tokenOwner(
  { headers }: FastifyRequest,
  ownerOfToken: (token: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ", 2);
  if (scheme.toLowerCase() === "bearer") return ownerOfToken(value);
  if (scheme.toLowerCase() !== "basic") return undefined;
  const [user = "", password = ""] = Buffer.from(value, "base64").toString("utf8").split(":", 2);
  const owner = await ownerOfToken(password);
  return owner === user ? owner : undefined;
}
