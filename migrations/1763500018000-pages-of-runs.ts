import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: who is due in a billing run, listed once, in pages that any worker claims. A claim that is not renewed is free again; a page that
 * is billed twice bills nobody twice. The table of claims from before was never used.
 */
export class PagesOfRuns1763500018000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ops.billing_run_claims;
      CREATE TABLE ops.billing_run_lists (
        run_id text PRIMARY KEY,
        tenant_id text NOT NULL,
        listed_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE ops.billing_run_pages (
        run_id text NOT NULL REFERENCES ops.billing_run_lists ON DELETE CASCADE,
        page integer NOT NULL,
        tenant_id text NOT NULL,
        accounts text[] NOT NULL,
        claim uuid,
        claimed_until timestamptz,
        -- What it came to, once it is done.
        billed integer,
        invoices integer,
        totals jsonb,
        done_at timestamptz,
        PRIMARY KEY (run_id, page)
      );
      GRANT SELECT, INSERT ON ops.billing_run_lists TO recount_projector;
      GRANT SELECT, INSERT, UPDATE ON ops.billing_run_pages TO recount_projector;
      GRANT SELECT ON ops.billing_run_pages TO recount_api;
      ALTER TABLE ops.billing_run_pages ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.billing_run_pages FOR SELECT TO recount_api
        USING (tenant_id = current_setting('app.tenant', true));
      CREATE POLICY projector ON ops.billing_run_pages TO recount_projector USING (true) WITH CHECK (true);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
