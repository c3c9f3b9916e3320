import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: when a worker was last at work. A clock far ahead of that is not believed until somebody confirms it. */
export class Clock1763500012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE ops.clock (
        is_one boolean PRIMARY KEY DEFAULT true CHECK (is_one),
        seen_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, UPDATE ON ops.clock TO recount_projector;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
