import { refuseAt, type TenantId } from '#kernel';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { TenantTransactions } from './tenant-transactions.js';

/** Writes SQL; never connects: statements run in transactions that are bound to a tenant. */
const builder = new DataSource({ type: 'postgres' });

/** A select on a table, under the alias `t`. */
export const selectFrom = (table: string, schema: 'read' | 'ops' = 'read'): SelectQueryBuilder<Record<string, never>> =>
  builder.createQueryBuilder().select('t.*').from<Record<string, never>>(`${schema}.${table}`, 't');

export interface PageRequest {
  readonly limit: number;
  /** Opaque cursors of an earlier answer. */
  readonly after?: string;
  readonly before?: string;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly previous: string | null;
}

/** Newest first, by a column that orders all rows of the tenant; pages stay put while rows are added. */
export const page = <Row extends Record<string, unknown>>(
  database: TenantTransactions,
  tenantId: TenantId,
  query: SelectQueryBuilder<Record<string, never>>,
  column: keyof Row & string,
  request: PageRequest,
): Promise<Page<Row>> =>
  pageOf(
    (text, values) => database.rows<Row>(tenantId, text, values),
    query.andWhere('t.tenant_id = :tenantId', { tenantId }),
    column,
    request,
  );

/** The same of rows that belong to no single tenant. */
export const pageOf = async <Row extends Record<string, unknown>>(
  rowsOf: (text: string, values: unknown[]) => Promise<Row[]>,
  query: SelectQueryBuilder<Record<string, never>>,
  column: keyof Row & string,
  { limit, after, before }: PageRequest,
): Promise<Page<Row>> => {
  const backwards = after === undefined && before !== undefined;
  const cursor = after ?? before;
  if (cursor !== undefined) {
    const pointer = backwards ? 'before' : 'after';
    query.andWhere(`t.${column} ${backwards ? '>' : '<'} :cursor`, { cursor: positionOf(cursor, pointer) });
  }
  const [text, values] = query
    .orderBy(`t.${column}`, backwards ? 'ASC' : 'DESC')
    .limit(limit + 1)
    .getQueryAndParameters();
  const found = await rowsOf(text, values);
  const more = found.length > limit;
  const rows = found.slice(0, limit);
  if (backwards) rows.reverse();
  const first = rows[0];
  const last = rows.at(-1);
  return {
    rows,
    next: last && (backwards || more) ? cursorOf(last[column]) : null,
    previous: first && (backwards ? more : cursor !== undefined) ? cursorOf(first[column]) : null,
  };
};

const cursorOf = (value: unknown): string => Buffer.from(String(value)).toString('base64url');

const positionOf = (cursor: string, parameter: string): bigint => {
  const text = Buffer.from(cursor, 'base64url').toString();
  return /^\d{1,18}$/.test(text)
    ? BigInt(text)
    : refuseAt(`/${parameter}`, 'invalid_cursor', 'This is not a cursor that a list gave out.', 'invalid');
};
