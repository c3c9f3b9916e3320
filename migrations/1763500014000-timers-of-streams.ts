import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: a timer is owned by the stream that set it, be it of an account or not. Claims of before were all of accounts. */
export class TimersOfStreams1763500014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ops.timer_claims ADD COLUMN owner text;
      UPDATE ops.timer_claims SET owner = 'account-' || substr(tenant_id, 5) || '_' || substr(account_id, 5);
      ALTER TABLE ops.timer_claims DROP COLUMN account_id, ADD PRIMARY KEY (tenant_id, owner, timer_key);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
