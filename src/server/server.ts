import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { problemBody, TaxiiProblem } from "../disclosure/taxii/problem.ts";
import type { Desk } from "../tasks/disclosure/desk.ts";
import { addExchange } from "./exchange.ts";
import { notFound, sendTaxii } from "./resource.ts";
import { addTaxii } from "./taxii.ts";
import { type Doorkeeper, doorkeeper } from "./who.ts";

export interface ServerOptions {
  readonly desk: Desk;
  /** Signs places in views; the same for all servers of one store, and after a restart. */
  readonly cursorKey: Uint8Array;
  /** Certificate and key as PEM; absent: plain HTTP. `ca`: who signs the certificates of clients. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly ca?: string };
  /** Paths without their last `/` are not found (TAXII 2.1, section 1.6.1), instead of served. */
  readonly strictPaths?: boolean;
  /** Requests a minute that one partner, or one address that nobody knows, may make. */
  readonly perMinute?: number;
  log(text: string): void;
}

export interface Served {
  readonly app: FastifyInstance;
  readonly door: Doorkeeper;
}

const usualLength = 10_000_000;
const slowest = 60_000;
const oftenest = 60_000;

/** The HTTP server: TAXII 2.1 under `/taxii2/` and `/api/`, and what TAXII has no place for under `/exchange/`. */
export async function makeServer(options: ServerOptions): Promise<Served> {
  const { desk, tls } = options;
  const { maxContentLength = usualLength } = desk.house().sharing;
  const app = fastify({
    ...(tls && {
      https: { ...tls, minVersion: "TLSv1.2" as const, requestCert: tls.ca !== undefined, rejectUnauthorized: false },
    }),
    bodyLimit: maxContentLength,
    requestTimeout: slowest,
    connectionTimeout: 2 * slowest,
    routerOptions: {
      maxParamLength: 500,
      ignoreTrailingSlash: options.strictPaths !== true,
      ignoreDuplicateSlashes: false,
    },
    exposeHeadRoutes: true,
    logger: false,
  }) as unknown as FastifyInstance;
  const door = doorkeeper(desk);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  await app.register(rateLimit, {
    max: options.perMinute ?? oftenest,
    timeWindow: "1 minute",
    keyGenerator: ({ headers, ip }) => headers.authorization ?? ip,
    addHeaders: {
      "x-ratelimit-limit": false,
      "x-ratelimit-remaining": false,
      "x-ratelimit-reset": false,
      "retry-after": true,
    },
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    errorResponseBuilder: () => new TaxiiProblem(429, "Too many requests", "wait as long as `Retry-After` says"),
  });
  app.setErrorHandler((error: unknown, _request, reply) => sendError(reply, error, options.log));
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_request, reply) =>
    sendError(reply, notFound(), options.log),
  );
  addTaxii(app, { ...options, door, maxContentLength });
  addExchange(app, { ...options, door });
  return { app, door };
}

export function sendError(reply: FastifyReply, error: unknown, log: (text: string) => void): FastifyReply {
  const problem = asProblem(error, log);
  reply.code(problem.status).headers(problem.headers);
  return sendTaxii(reply, problemBody(problem.status, problem.message, problem.details));
}

function asProblem(error: unknown, log: (text: string) => void): TaxiiProblem {
  if (error instanceof TaxiiProblem) return error;
  const status = typeof error === "object" && error !== null && "statusCode" in error ? Number(error.statusCode) : 500;
  if (status === 413)
    return new TaxiiProblem(413, "The body is too large", "split it; `max_content_length` says how much is taken");
  if (status >= 400 && status < 500) return new TaxiiProblem(status, "The request does not fit");
  log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new TaxiiProblem(
    500,
    "Something went wrong here",
    "nothing was changed; try again, and tell who runs this server",
  );
}
