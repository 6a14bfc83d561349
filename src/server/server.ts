import type { Socket } from "node:net";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { problemBody, TaxiiProblem } from "../disclosure/taxii/problem.ts";
import { UserError } from "../model/errors.ts";
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
  /** Connections at a time, of which another machine has a quarter at most; further ones are closed at once. */
  readonly connections?: number;
  log(text: string): void;
}

export interface Served {
  readonly app: FastifyInstance;
  readonly door: Doorkeeper;
}

const usualLength = 10_000_000;
const slowest = 60_000;
const oftenest = 60_000;
const mostConnections = 1000;
/** Milliseconds for the head of a request, and between two requests. */
const head = 10_000;
const idle = 30_000;

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
    keepAliveTimeout: idle,
    routerOptions: {
      maxParamLength: 500,
      ignoreTrailingSlash: options.strictPaths !== true,
      ignoreDuplicateSlashes: false,
    },
    exposeHeadRoutes: true,
    logger: false,
  }) as unknown as FastifyInstance;
  const door = doorkeeper(desk);
  boundConnections(app.server, options.connections ?? mostConnections);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  await app.register(rateLimit, {
    max: options.perMinute ?? oftenest,
    timeWindow: "1 minute",
    keyGenerator: (request) => door.countedAs(request),
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

/** Nobody holds all connections: not many at once, not for long without a request, and no other machine most of them. */
function boundConnections(server: FastifyInstance["server"], most: number): void {
  server.maxConnections = most;
  server.headersTimeout = head;
  const held = new Map<string, number>();
  server.on("connection", (socket: Socket) => {
    const { remoteAddress: address } = socket;
    // Whoever stands before the server on this machine brings the connections of all.
    if (address === undefined || isLoopback(address)) return;
    const count = (held.get(address) ?? 0) + 1;
    held.set(address, count);
    socket.once("close", () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left > 0) held.set(address, left);
      else held.delete(address);
    });
    if (count > most / 4) socket.destroy();
  });
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

export function sendError(reply: FastifyReply, error: unknown, log: (text: string) => void): FastifyReply {
  const problem = asProblem(error, log);
  reply.code(problem.status).headers(problem.headers);
  return sendTaxii(reply, problemBody(problem.status, problem.message, problem.details));
}

function asProblem(error: unknown, log: (text: string) => void): TaxiiProblem {
  if (error instanceof TaxiiProblem) return error;
  if (error instanceof UserError) {
    log(`error: ${error.message}${error.hint === undefined ? "" : ` (${error.hint})`}`);
    return new TaxiiProblem(
      503,
      "The server cannot do this now",
      "nothing was changed; who runs this server has been told why. Try again later",
      { "retry-after": "60" },
    );
  }
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
