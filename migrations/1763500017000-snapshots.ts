import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: long streams, folded, so that a process that begins does not fold all of them again. A cache: it may be emptied at any time, and a
 * backup needs none of it. The bytes are compressed already.
 */
export class Snapshots1763500017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.snapshots (
        tenant_id text NOT NULL,
        stream text NOT NULL,
        -- The code that folded it: no other takes it for its own.
        code text NOT NULL,
        revision bigint NOT NULL,
        chain text NOT NULL,
        bytes bytea STORAGE EXTERNAL NOT NULL,
        digest text NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, stream)
      );
      GRANT SELECT, INSERT, UPDATE ON ops.snapshots TO recount_api;
      ALTER TABLE ops.snapshots ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.snapshots TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
