import { ROLE_NAMES } from '#postgres';
import { sqlType, type TableDefinition } from './table.js';

/**
 * Everything that makes a table what it is: columns, key, partitions, indexes, row-level security, policies, grants.
 * The same text makes the served table and the one that a rebuild fills, so a rebuilt one is never served without its walls.
 */
export const tableDdl = (schema: string, definition: TableDefinition): string => {
  const { name, columns, key, indexes = [], containment = [], partitions, alsoVisible } = definition;
  const target = `${schema}.${name}`;
  const columnLines = Object.entries(columns).map(
    ([column, type]) => `${column} ${sqlType(type)}${type.endsWith('?') ? '' : ' NOT NULL'}`,
  );
  const visible = `tenant_id = current_setting('app.tenant', true)${alsoVisible === undefined ? '' : ` OR ${alsoVisible}`}`;
  return [
    `CREATE TABLE ${target} (${[...columnLines, `PRIMARY KEY (${key.join(', ')})`].join(', ')})${
      partitions ? ` PARTITION BY HASH (${partitions.by.join(', ')})` : ''
    }`,
    ...partitionNames(definition).map(
      (partition, index) =>
        `CREATE TABLE ${schema}.${partition} PARTITION OF ${target} FOR VALUES WITH (MODULUS ${partitions!.count}, REMAINDER ${index})`,
    ),
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

/** The table and its partitions, in the order in which a move to another schema takes them. */
export const physicalTables = (definition: TableDefinition): string[] => [
  definition.name,
  ...partitionNames(definition),
];

const partitionNames = ({ name, partitions }: TableDefinition): string[] =>
  Array.from({ length: partitions?.count ?? 0 }, (_, index) => `${name}_${index}`);
