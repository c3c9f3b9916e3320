import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: verifications that were asked for, how far they are and what they found. */
export class Verifications1763500002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.verifications (
        tenant_id text NOT NULL,
        verification_id text NOT NULL,
        account_id text,
        status text NOT NULL CHECK (status IN ('running', 'completed', 'failed')),
        accounts integer NOT NULL DEFAULT 0,
        accounts_checked integer NOT NULL DEFAULT 0,
        differences jsonb NOT NULL DEFAULT '[]',
        failure text,
        started_at timestamptz NOT NULL DEFAULT now(),
        beat_at timestamptz NOT NULL DEFAULT now(),
        completed_at timestamptz,
        PRIMARY KEY (tenant_id, verification_id)
      );
      GRANT SELECT, INSERT, UPDATE ON ops.verifications TO recount_api;
      ALTER TABLE ops.verifications ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.verifications TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
