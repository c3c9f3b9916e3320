/**
 * A table as reports read it: its rows without those of test accounts. It is written into the statement; a view in the database would
 * hold fast to tables that a rebuild is to replace. NOT IN is looked up in a hash whatever the planner knows of the tables, and they have
 * no nulls; NOT EXISTS became a loop in a loop where it knew nothing.
 */
export const reported = (table: string): string =>
  `(SELECT * FROM read.${table} AS o
     WHERE (o.tenant_id, o.account_id) NOT IN (SELECT x.tenant_id, x.account_id FROM read.test_accounts AS x))`;
