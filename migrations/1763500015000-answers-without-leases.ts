import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: answers alone are kept by idempotency key; that a command is carried out once follows from the log. Those of before are sealed otherwise. */
export class AnswersWithoutLeases1763500015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM ops.idempotency;
      ALTER TABLE ops.idempotency DROP COLUMN lease, DROP COLUMN leased_until,
        ALTER COLUMN status SET NOT NULL, ALTER COLUMN headers SET NOT NULL, ALTER COLUMN body SET NOT NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
