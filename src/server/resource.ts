import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { taxiiMedia } from "../disclosure/taxii/media.ts";
import { TaxiiProblem } from "../disclosure/taxii/problem.ts";
import { decodeUtf8 } from "../readers/json.ts";

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type Method = "GET" | "POST" | "DELETE";
const methods = ["GET", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"] as const;

/**
 * A resource with the methods it has; to all others it says which those are. `guard` decides from the head of a request whether
 * it is served; what it refuses has no body read.
 */
export function resource(
  app: FastifyInstance,
  url: string,
  handlers: Readonly<Partial<Record<Method, Handler>>>,
  guard: (request: FastifyRequest) => Promise<unknown>,
): void {
  const own = Object.keys(handlers).join(", ");
  const allow = own.includes("GET") ? own.replace("GET", "GET, HEAD") : own;
  for (const method of methods) {
    const handler = method in handlers ? handlers[method as Method] : undefined;
    app.route({
      method,
      url,
      // After the limit of requests, and before anything of the body.
      ...(handler && { preParsing: async (request: FastifyRequest) => void (await guard(request)) }),
      handler:
        handler ??
        ((_request, reply) => {
          if (method === "OPTIONS") return reply.code(204).header("allow", `${allow}, OPTIONS`).send();
          throw new TaxiiProblem(405, "The method is not served here", `expected ${allow}`, { allow });
        }),
    });
  }
}

/** The same answer for what is not there and for what is not for who asks. */
export function notFound(): TaxiiProblem {
  return new TaxiiProblem(404, "Not found", "there is no such resource, or not for you");
}

/** The part of a URL behind the question mark, as it came. */
export function searchOf({ url }: FastifyRequest): string {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at + 1);
}

/** The path as it came, with its last `/`. */
export function pathOf({ url }: FastifyRequest): string {
  const path = url.split("?")[0] ?? "/";
  return path.endsWith("/") ? path : `${path}/`;
}

export function param(request: FastifyRequest, name: string): string {
  const params = request.params as Readonly<Record<string, string | undefined>>;
  return params[name] ?? "";
}

/** A body as text. Throws 400 for other bytes than UTF-8, and for none. */
export function textOf({ body }: FastifyRequest): string {
  const text = body instanceof Uint8Array ? decodeUtf8(body) : undefined;
  if (text === undefined || text === "") throw new TaxiiProblem(400, "The body does not fit", "expected JSON in UTF-8");
  return text;
}

/** Sends TAXII; bytes, because the framework writes the media type of a text anew, and strict clients compare it. */
export function sendTaxii(reply: FastifyReply, text: string): FastifyReply {
  return reply.header("content-type", taxiiMedia).send(Buffer.from(text));
}
