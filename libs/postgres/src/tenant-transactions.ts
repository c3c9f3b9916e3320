import type { TenantId } from '#kernel';
import type { Pool, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import { together } from './pool.js';

export interface Statement {
  /** Of a text that comes again and again: it is parsed once per connection. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

const BINDING = { name: 'bind-tenant', text: "SELECT set_config('app.tenant', $1, true)" };
const DURABLY: Statement = { text: 'SET LOCAL synchronous_commit = on' };

/**
 * Transactions of the `api` role, each bound to one tenant: row-level security shows no other tenant's rows, whatever
 * the SQL says. Statements are issued together, so binding costs no round trips of its own.
 */
export class TenantTransactions {
  constructor(private readonly pool: Pool) {}

  async rows<Row extends QueryResultRow>(
    tenantId: TenantId,
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const [result] = await this.bound('BEGIN READ ONLY', tenantId, [{ text, values }]);
    return result!.rows as Row[];
  }

  /** Several reads of one snapshot. */
  async snapshot<Rows extends readonly QueryResultRow[]>(
    tenantId: TenantId,
    statements: readonly Statement[],
  ): Promise<{ [Index in keyof Rows]: Rows[Index][] }> {
    const results = await this.bound('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', tenantId, statements);
    return results.map(({ rows }): unknown[] => rows) as never;
  }

  async write<Row extends QueryResultRow>(tenantId: TenantId, statement: Statement): Promise<QueryResult<Row>> {
    const [result] = await this.bound('BEGIN', tenantId, [statement]);
    return result as QueryResult<Row>;
  }

  /** Not lost with the server once it is answered, whatever the pool says of its commits: for what nothing else holds. */
  async writeDurably(tenantId: TenantId, statement: Statement): Promise<void> {
    await this.bound('BEGIN', tenantId, [DURABLY, statement]);
  }

  private async bound(begin: string, tenantId: TenantId, statements: readonly Statement[]): Promise<QueryResult[]> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      const [, , ...results] = await together(client, () =>
        Promise.all([
          client.query(begin),
          client.query({ ...BINDING, values: [tenantId] }),
          ...statements.map((statement) => client.query(statement as QueryConfig)),
          client.query('COMMIT'),
        ]),
      );
      return results.slice(0, -1);
    } catch (error) {
      // The pipelined COMMIT of a failed transaction rolls back; a client that cannot say so is thrown away.
      await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
      throw error;
    } finally {
      client.release(broken);
    }
  }
}
