import { randomBytes } from 'node:crypto';
import { createPool, TenantTransactions, type Pool } from '#postgres';
import { databaseUrl, TEMPLATE } from './postgres-url.js';

/** A fresh database with all migrations, and connections of each role. */
export class TestDatabase {
  readonly owner: Pool;
  readonly projector: Pool;
  readonly api: Pool;
  /** As queries see it: row by row, through the walls. */
  readonly tenants: TenantTransactions;

  private constructor(
    readonly name: string,
    readonly url: string,
  ) {
    this.owner = createPool(url, { role: 'owner', max: 6 });
    this.projector = createPool(url, { role: 'projector', max: 14 });
    this.api = createPool(url, { role: 'api', max: 4 });
    this.tenants = new TenantTransactions(this.api);
  }

  static async create(template = TEMPLATE): Promise<TestDatabase> {
    const name = `spec_${randomBytes(8).toString('hex')}`;
    await asOwner((owner) => owner.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
    return new TestDatabase(name, databaseUrl(name));
  }

  /** As if nothing had ever been projected: cheaper than another database. */
  async forget(): Promise<void> {
    await this.owner.query(`
      DO $$
      DECLARE known record;
      BEGIN
        FOR known IN SELECT tablename FROM pg_tables WHERE schemaname = 'read' LOOP
          EXECUTE format('DROP TABLE IF EXISTS read.%I CASCADE', known.tablename);
        END LOOP;
        FOR known IN SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%' LOOP
          EXECUTE format('DROP SCHEMA %I CASCADE', known.nspname);
        END LOOP;
      END $$;
      TRUNCATE ops.projections, ops.rebuilds, ops.timer_claims`);
  }

  async stop(): Promise<void> {
    await Promise.all([this.owner.end(), this.projector.end(), this.api.end()]);
    await asOwner((owner) => owner.query(`DROP DATABASE ${this.name} WITH (FORCE)`));
  }
}

const asOwner = async (work: (owner: Pool) => Promise<unknown>): Promise<void> => {
  const owner = createPool(databaseUrl('postgres'), { role: 'owner', max: 1 });
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
};
