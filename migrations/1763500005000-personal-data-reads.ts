import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: who read whose personal data, and that saved answers go with the keys of those whom they tell of. Reads are only ever
 * added, and go when they are old. Answers saved so far go: a lost one costs nothing.
 */
export class PersonalDataReads1763500005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.personal_data_reads (
        tenant_id text NOT NULL,
        read_id bigint GENERATED ALWAYS AS IDENTITY,
        account_id text NOT NULL,
        operation text NOT NULL,
        actor_type text NOT NULL,
        actor_id text NOT NULL,
        actor_role text,
        request_id text NOT NULL,
        read_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, read_id)
      );
      CREATE INDEX personal_data_reads_of_account ON ops.personal_data_reads (tenant_id, account_id, read_id DESC);
      CREATE INDEX personal_data_reads_read_at ON ops.personal_data_reads USING brin (read_at);
      GRANT SELECT, INSERT ON ops.personal_data_reads TO recount_api;
      ALTER TABLE ops.personal_data_reads ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.personal_data_reads TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));

      DELETE FROM ops.idempotency;
      ALTER TABLE ops.idempotency ADD COLUMN key_ids text[] NOT NULL DEFAULT '{}';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
