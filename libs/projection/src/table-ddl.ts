import { ROLE_NAMES, type PoolClient } from '#postgres';
import { sqlType, type TableDefinition } from './table.js';

/** Whose months have a partition each. Before and after them there is one: an instant of any year makes no more of them than these. */
const MONTHS = { from: '2020-01', until: '2050-01' } as const;

/** The months (UTC) that need a partition of their own for these instants. */
export const monthsOf = (instants: Iterable<string>): string[] => {
  const months = new Set<string>();
  for (const instant of instants) months.add(instant.slice(0, 7));
  return [...months].filter((month) => month >= MONTHS.from && month < MONTHS.until).sort();
};

/**
 * Everything that makes a table what it is: columns, key, partitions, indexes, row-level security, policies, grants.
 * The same text makes the served table and the one that a rebuild fills, so a rebuilt one is never served without its walls.
 */
export const tableDdl = (schema: string, definition: TableDefinition): string => {
  const { name, columns, key, indexes = [], containment = [], months, fillfactor, alsoVisible } = definition;
  const target = `${schema}.${name}`;
  const columnLines = Object.entries(columns).map(
    ([column, type]) => `${column} ${sqlType(type)}${type.endsWith('?') ? '' : ' NOT NULL'}`,
  );
  const visible = `tenant_id = current_setting('app.tenant', true)${alsoVisible === undefined ? '' : ` OR ${alsoVisible}`}`;
  return [
    `CREATE TABLE ${target} (${[...columnLines, `PRIMARY KEY (${key.join(', ')})`].join(', ')})${
      months === undefined ? '' : ` PARTITION BY RANGE (${months})`
    }${fillfactor === undefined ? '' : ` WITH (fillfactor = ${fillfactor})`}`,
    ...(months === undefined ? [] : outerPartitions(target)),
    ...indexes.map((index) =>
      typeof index === 'string'
        ? `CREATE INDEX ON ${target} (${index})`
        : `CREATE INDEX ON ${target} (${index.on}) WHERE ${index.where}`,
    ),
    ...containment.map((column) => `CREATE INDEX ON ${target} USING gin (${column} jsonb_path_ops)`),
    `ALTER TABLE ${target} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${target} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY tenant ON ${target} FOR SELECT TO ${ROLE_NAMES.api} USING (${visible})`,
    `CREATE POLICY projector ON ${target} TO ${ROLE_NAMES.projector} USING (true) WITH CHECK (true)`,
    `GRANT SELECT ON ${target} TO ${ROLE_NAMES.api}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${target} TO ${ROLE_NAMES.projector}`,
  ].join(';\n');
};

/** The partitions of a table that is kept apart by months are made as they are needed, but for these. */
const outerPartitions = (target: string): string[] => [
  `CREATE TABLE ${target}_before PARTITION OF ${target} FOR VALUES FROM (MINVALUE) TO ('${MONTHS.from}-01')`,
  `CREATE TABLE ${target}_after PARTITION OF ${target} FOR VALUES FROM ('${MONTHS.until}-01') TO (MAXVALUE)`,
];

/** The table and the partitions that it has by now, in the order in which a move to another schema takes them. */
export const physicalTables = async (client: PoolClient, schema: string, name: string): Promise<string[]> => {
  const { rows } = await client.query<{ name: string }>(
    'SELECT c.relname AS name FROM pg_inherits AS i JOIN pg_class AS c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
    [`${schema}.${name}`],
  );
  return [name, ...rows.map((row) => row.name)];
};
