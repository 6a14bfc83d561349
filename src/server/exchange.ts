import type { FastifyInstance, FastifyRequest } from "fastify";
import { TaxiiProblem } from "../disclosure/taxii/problem.ts";
import type { Desk } from "../tasks/disclosure/desk.ts";
import { noticesFor } from "../tasks/disclosure/letters.ts";
import { receive } from "../tasks/disclosure/receive.ts";
import { toldTo } from "../tasks/disclosure/told.ts";
import { tilePathKinds } from "../tasks/disclosure/view-log.ts";
import { notFound, param, resource, textOf } from "./resource.ts";
import type { Doorkeeper } from "./who.ts";

const json = "application/json";

/**
 * What TAXII has no place for: signed statements in, what is withheld as far as a partner may know, letters, and the partner's
 * own log as C2SP tlog-tiles.
 */
export function addExchange(
  app: FastifyInstance,
  { desk, door }: { readonly desk: Desk; readonly door: Doorkeeper },
): void {
  const guard = (request: FastifyRequest) => door.admit(request);
  const add = (url: string, handlers: Parameters<typeof resource>[2]) => resource(app, url, handlers, guard);
  add("/exchange/statements/", {
    POST: async (request, reply) => {
      const partner = await door.admit(request);
      const answer = await receive(desk, textOf(request), partner);
      if ("refused" in answer) throw new TaxiiProblem(422, "The statement does not count", answer.refused);
      return reply.code(202).header("content-type", json).send(JSON.stringify(answer));
    },
  });
  add("/exchange/withheld/", {
    GET: async (request, reply) => {
      const partner = await door.admit(request);
      return reply.header("content-type", json).send(JSON.stringify(await toldTo(desk, partner)));
    },
  });
  add("/exchange/notices/", {
    GET: async (request, reply) => {
      const partner = await door.admit(request);
      return reply.header("content-type", json).send(JSON.stringify({ notices: noticesFor(desk, partner) }));
    },
  });
  add("/exchange/log/*", {
    GET: async (request, reply) => {
      const partner = await door.admit(request);
      const path = param(request, "*");
      const kind = tilePathKinds.find(({ pattern }) => pattern.test(path));
      const bytes = kind && desk.viewLog(partner.id).access.store.log.read(path, 64_000_000);
      const object = /^objects\/([0-9a-f]{64})$/.exec(path)?.[1];
      const found = bytes ?? (object && desk.viewLog(partner.id).access.store.objects.get(object, 64_000_000));
      if (!found) throw notFound();
      return reply.header("content-type", kind?.media ?? "application/octet-stream").send(Buffer.from(found));
    },
  });
}
