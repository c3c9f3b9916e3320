import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: timers that leave the same thing due are fired ever more rarely, and counted. What was claimed before counts as new. */
export class RepeatedTimers1763500010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ops.timer_claims
        ADD COLUMN due_at timestamptz,
        ADD COLUMN fired_at timestamptz,
        ADD COLUMN goes_on boolean NOT NULL DEFAULT false,
        ADD COLUMN repeats integer NOT NULL DEFAULT 0;
      CREATE INDEX timer_claims_repeats ON ops.timer_claims (repeats) WHERE repeats > 0;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
