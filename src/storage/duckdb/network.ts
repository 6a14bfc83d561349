import type { NetworkTables } from "../../model/ports/network.ts";
import type { Database } from "./database.ts";
import { readDemands } from "./network-demands.ts";
import { readElements } from "./network-elements.ts";
import { readLinks } from "./network-links.ts";
import { namesOf, numberPlaces, readPlaces } from "./network-places.ts";
import { readPools } from "./network-pools.ts";

/**
 * The network as numbers: what is in use and sound on the day, whatever was asked before. Needs the sites of elements.
 * Throws `UserError` if the tables name more operators, regions or makers than can be numbered.
 */
export async function readNetwork(db: Database): Promise<NetworkTables> {
  await numberPlaces(db);
  const operators = await namesOf(db, "net_operator");
  const regions = await namesOf(db, "net_region");
  const places = await readPlaces(db);
  const read = await readElements(db);
  const links = await readLinks(db);
  const demands = await readDemands(db);
  const pools = await readPools(db, read, operators, regions);
  const { elements, traits, bundles } = read;
  return { operators, regions, places, elements, traits, bundles, links, demands, pools };
}
