import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: answers have the salt in front that their key follows from. Those of before cannot be opened: what they answered is found in the log. */
export class SaltedAnswers1763500021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DELETE FROM ops.idempotency');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
