import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { demandAccept, demandContentType, stixMedia, taxiiMedia } from "../disclosure/taxii/media.ts";
import { TaxiiProblem } from "../disclosure/taxii/problem.ts";
import { readFilters, readQuery } from "../disclosure/taxii/query.ts";
import { formatMicros } from "../disclosure/time.ts";
import { type Collection, type Partner, rightsIn } from "../model/sharing.ts";
import type { Desk } from "../tasks/disclosure/desk.ts";
import { type Page, poll } from "../tasks/disclosure/poll.ts";
import { post } from "../tasks/disclosure/post.ts";
import { removeObject } from "../tasks/disclosure/remove.ts";
import { notFound, param, pathOf, resource, searchOf, sendTaxii, textOf } from "./resource.ts";
import type { Doorkeeper } from "./who.ts";

export interface TaxiiOptions {
  readonly desk: Desk;
  readonly door: Doorkeeper;
  readonly cursorKey: Uint8Array;
  readonly maxContentLength: number;
}

/** The endpoints of TAXII 2.1 (OASIS Standard, sections 4 and 5), all for the views of who asks. */
export function addTaxii(app: FastifyInstance, options: TaxiiOptions): void {
  const { desk, door } = options;
  const enter = async (request: FastifyRequest): Promise<Partner> => {
    demandAccept(request.headers.accept);
    return door.admit(request);
  };
  const add = (url: string, handlers: Parameters<typeof resource>[2]) => resource(app, url, handlers, enter);
  add("/taxii2/", {
    GET: async (request, reply) => {
      await enter(request);
      const { title, description, contact } = desk.house().sharing;
      const optional = { ...(description !== undefined && { description }), ...(contact !== undefined && { contact }) };
      return send(reply, { title, ...optional, default: "/api/", api_roots: ["/api/"] });
    },
  });
  add("/api/", {
    GET: async (request, reply) => {
      await enter(request);
      const { title } = desk.house().sharing;
      return send(reply, { title, versions: [taxiiMedia], max_content_length: options.maxContentLength });
    },
  });
  add("/api/status/:status/", {
    GET: async (request, reply) => {
      const partner = await enter(request);
      const status = await desk.store.status(param(request, "status"));
      if (!status || status.partner !== partner.id) throw notFound();
      return send(reply, status.body);
    },
  });
  add("/api/collections/", {
    GET: async (request, reply) => {
      const partner = await enter(request);
      const collections = desk.house().sharing.collections.flatMap((one) => described(desk, one, partner) ?? []);
      return send(reply, collections.length > 0 ? { collections } : {});
    },
  });
  add("/api/collections/:collection/", {
    GET: async (request, reply) => {
      const partner = await enter(request);
      const { collection } = collectionFor(desk, request, partner);
      return send(reply, described(desk, collection, partner) ?? {});
    },
  });
  addObjects(app, options, enter);
}

type Enter = (request: FastifyRequest) => Promise<Partner>;

function addObjects(app: FastifyInstance, options: TaxiiOptions, enter: Enter): void {
  const { desk } = options;
  const page = async (
    request: FastifyRequest,
    more: { readonly manifest?: true; readonly object?: true; readonly versions?: true },
  ) => {
    const partner = await enter(request);
    const { collection } = collectionFor(desk, request, partner, "read");
    const found = await poll(desk, options.cursorKey, {
      ...{ partner, collection, path: pathOf(request), query: readQuery(searchOf(request)) },
      ...(more.manifest && { manifest: true }),
      ...(more.object && { object: param(request, "object") }),
      ...(more.versions && { allVersions: true, manifest: true }),
    });
    if (!found) throw notFound();
    return found;
  };
  const base = "/api/collections/:collection";
  // Whoever may not write, or sends what is not taken, has nothing of it read.
  const guard = async (request: FastifyRequest) => {
    const partner = await enter(request);
    if (request.method !== "POST") return;
    collectionFor(desk, request, partner, "write");
    demandContentType(request.headers["content-type"]);
  };
  const add = (url: string, handlers: Parameters<typeof resource>[2]) => resource(app, url, handlers, guard);
  add(`${base}/manifest/`, {
    GET: async (request, reply) => sendPage(reply, await page(request, { manifest: true }), "objects", manifestRow),
  });
  add(`${base}/objects/`, {
    GET: async (request, reply) => sendPage(reply, await page(request, {}), "objects", ({ text }) => text),
    POST: async (request, reply) => {
      const partner = await enter(request);
      const { collection } = collectionFor(desk, request, partner, "write");
      const answer = await post(desk, collection, partner, textOf(request));
      if ("fault" in answer) throw new TaxiiProblem(422, "The envelope cannot be read", answer.fault);
      return send(reply.code(202), answer.status);
    },
  });
  add(`${base}/objects/:object/`, {
    GET: async (request, reply) =>
      sendPage(reply, await page(request, { object: true }), "objects", ({ text }) => text),
    DELETE: async (request, reply) => {
      const partner = await enter(request);
      const { collection, rights } = collectionFor(desk, request, partner);
      if (!rights.read || !rights.write) throw forbidden();
      const { versions, specVersions } = readFilters(readQuery(searchOf(request)));
      const removed = await removeObject(desk, {
        collection,
        partner,
        id: param(request, "object"),
        versions,
        specVersions,
      });
      if (!removed) throw notFound();
      return send(reply, "{}");
    },
  });
  add(`${base}/objects/:object/versions/`, {
    GET: async (request, reply) =>
      sendPage(reply, await page(request, { object: true, versions: true }), "versions", ({ version }) =>
        JSON.stringify(version),
      ),
  });
}

/** The collection of a path, by id or alias; one in which a partner may neither read nor write is not there for it. */
function collectionFor(desk: Desk, request: FastifyRequest, partner: Partner, need?: "read" | "write") {
  const { sharing } = desk.house();
  const name = param(request, "collection");
  const collection = sharing.collections.find(({ id, alias }) => id === name || alias === name);
  const rights = collection && rightsIn(sharing, collection, partner.id);
  if (!collection || !rights || (!rights.read && !rights.write)) throw notFound();
  if (need && !rights[need]) throw forbidden();
  return { collection, rights };
}

function forbidden(): TaxiiProblem {
  return new TaxiiProblem(403, "Not allowed", "`can_read` and `can_write` of the collection say what you may do");
}

function described(desk: Desk, collection: Collection, partner: Partner) {
  const { read, write } = rightsIn(desk.house().sharing, collection, partner.id);
  if (!read && !write) return undefined;
  const { id, title, description, alias } = collection;
  return {
    id,
    title,
    ...(description !== undefined && { description }),
    ...(alias !== undefined && { alias }),
    can_read: read,
    can_write: write,
    media_types: [stixMedia],
  };
}

function manifestRow({ id, added, version, specVersion }: Page["rows"][number]): string {
  return JSON.stringify({
    id,
    date_added: formatMicros(added),
    version,
    media_type: `application/stix+json;version=${specVersion}`,
  });
}

/** Empty lists are not allowed in TAXII, so a page without rows is `{}`. Objects go out as they came in. */
function sendPage(
  reply: FastifyReply,
  page: Page,
  list: "objects" | "versions",
  text: (row: Page["rows"][number]) => string,
): FastifyReply {
  const more = page.next === undefined ? "" : `"more":true,"next":${JSON.stringify(page.next)}`;
  const rows = page.rows.length === 0 ? "" : `"${list}":[${page.rows.map(text).join(",")}]`;
  reply.headers({ "x-taxii-date-added-first": page.first, "x-taxii-date-added-last": page.last });
  return send(reply, `{${[more, rows].filter((part) => part !== "").join(",")}}`);
}

function send(reply: FastifyReply, body: string | object): FastifyReply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return sendTaxii(reply, text);
}
