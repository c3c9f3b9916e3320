import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: a list is found by its run, which is of one tenant: nobody reads whose it is. */
export class ListsOfRuns1763500022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ops.billing_run_lists DROP COLUMN tenant_id');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
