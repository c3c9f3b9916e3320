import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: a caller's requests are counted over all processes. Rows of an hour, unlogged as those of members: a crash of the database begins a new one. */
export class RateLeases1763500020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE ops.rate_leases (
        caller text PRIMARY KEY,
        ends_at timestamptz(3) NOT NULL,
        taken integer NOT NULL,
        granted integer NOT NULL
      ) WITH (fillfactor = 50);
      GRANT SELECT, INSERT, UPDATE ON ops.rate_leases TO recount_api;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
