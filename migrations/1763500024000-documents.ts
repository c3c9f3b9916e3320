import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: what left the house stays what it was. Sealed with the keys of issued documents; the log has the digests. The bytes do not get smaller. */
export class Documents1763500024000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.documents (
        tenant_id text NOT NULL,
        document_id text NOT NULL,
        form text NOT NULL,
        account_id text NOT NULL,
        iv bytea NOT NULL,
        sealed bytea STORAGE EXTERNAL NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, document_id, form)
      );
      GRANT SELECT, INSERT, UPDATE ON ops.documents TO recount_api;
      ALTER TABLE ops.documents ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.documents TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
