import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: what falls due can be looked at: how often it was refused, and what somebody skipped. Those whose it is see their own. */
export class Jobs1763500026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ops.timer_claims
        ADD COLUMN refusals integer NOT NULL DEFAULT 0,
        ADD COLUMN skipped boolean NOT NULL DEFAULT false;
      GRANT SELECT ON ops.timer_claims TO recount_api;
      ALTER TABLE ops.timer_claims ENABLE ROW LEVEL SECURITY;
      CREATE POLICY every ON ops.timer_claims TO recount_projector USING (true) WITH CHECK (true);
      CREATE POLICY tenant ON ops.timer_claims TO recount_api USING (tenant_id = current_setting('app.tenant', true));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
