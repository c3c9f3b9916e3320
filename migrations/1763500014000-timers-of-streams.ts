import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: a timer is owned by the stream that set it, be it of an account or not. Claims are leases: those of before are taken again. */
export class TimersOfStreams1763500014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      TRUNCATE ops.timer_claims;
      ALTER TABLE ops.timer_claims DROP COLUMN account_id, ADD COLUMN owner text, ADD PRIMARY KEY (tenant_id, owner, timer_key);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
