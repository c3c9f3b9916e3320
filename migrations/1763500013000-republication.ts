import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: what is published again on request goes by ids of its own, or the broker would take it for what it has seen. */
export class Republication1763500013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ops.reactors
        ADD COLUMN again_id uuid,
        ADD COLUMN again_through bigint;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
