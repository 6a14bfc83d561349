import type { OutageResult } from "../model/whatif-outage.ts";
import { csvText, ends } from "./csv.ts";

const header = [
  ...["suspect", "state", "channels", "scope", "name"],
  ...["sites", "sites_before", "sites_served_least", "sites_served_most"],
  ...["own_least", "own_most", "pool_least", "pool_most", "cut_off_least", "cut_off_most"],
  ...["people", "people_before_least", "people_before_most", "people_served_least", "people_served_most"],
  ...["people_roaming_least", "people_roaming_most"],
  ...["traffic", "traffic_before", "traffic_served_least", "traffic_served_most"],
  ...["overloaded_least", "overloaded_most"],
  ...["sites_without_updates_least", "sites_without_updates_most"],
  ...["people_without_updates_least", "people_without_updates_most"],
  ...["traffic_without_updates_least", "traffic_without_updates_most"],
];

/** A row per nation, operator and region; what is not known stays empty. */
export function outageCsv({ scenario }: OutageResult): string {
  const { suspect, state, channels } = scenario;
  const lines = scenario.rows.map(({ scope, name, sites, people, traffic, withoutUpdates }) => [
    ...[suspect, state, channels.join(";"), scope, name, sites.total, sites.before],
    ...[sites.served, sites.own, sites.pool, sites.cutOff].flatMap(ends),
    people?.total ?? "",
    ...[people?.before, people?.served, people?.roaming].flatMap(ends),
    ...[traffic?.total ?? "", traffic?.before ?? ""],
    ...[traffic?.served, traffic?.overloaded].flatMap(ends),
    ...[withoutUpdates?.sites, withoutUpdates?.people, withoutUpdates?.traffic].flatMap(ends),
  ]);
  return csvText([header, ...lines]);
}
