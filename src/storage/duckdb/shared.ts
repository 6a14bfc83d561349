import type { SharedRow } from "../../model/ports/store.ts";
import type { Database } from "./database.ts";

/** The elements that several operators use, once for each of them. */
export function sharedRows(db: Database): Promise<readonly SharedRow[]> {
  return db.rows<{ -readonly [Name in keyof SharedRow]: SharedRow[Name] }>(
    `select a.id as element, a.operator, a.maker, a.product, a.functions, coalesce(s.region, '') as region
     from assessed a left join s_sites s on s.id = a.site and s.fate is null
     where a."left" is distinct from 'left'
       and a.id in (select id from assessed where "left" is distinct from 'left' group by id having count(*) > 1) order by a.id, a.operator`,
  );
}
