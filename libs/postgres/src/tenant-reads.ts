import type { TenantId } from '#kernel';
import type { Pool, QueryResultRow } from 'pg';

export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Reads as the `api` role, each bound to one tenant: row-level security shows no other tenant's rows, whatever the SQL says. */
export class TenantReads {
  constructor(private readonly pool: Pool) {}

  async rows<Row extends QueryResultRow>(
    tenantId: TenantId,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const [rows] = await this.snapshot<[Row]>(tenantId, [{ text, values }]);
    return rows;
  }

  /** Several statements on one snapshot, issued together: two round trips less than one by one. */
  async snapshot<Rows extends readonly QueryResultRow[]>(
    tenantId: TenantId,
    statements: readonly Statement[],
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const [, , ...results] = await Promise.all([
        client.query(statements.length > 1 ? 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY' : 'BEGIN READ ONLY'),
        client.query("SELECT set_config('app.tenant', $1, true)", [tenantId]),
        ...statements.map(({ text, values }) => client.query(text, values as unknown[])),
        client.query('COMMIT'),
      ]);
      return results.slice(0, -1).map(({ rows }) => rows) as never;
    } catch (error) {
      // The pipelined COMMIT of a failed transaction rolls back; a client that cannot say so is thrown away.
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
