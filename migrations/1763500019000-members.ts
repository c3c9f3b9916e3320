import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: the processes that take requests know of each other. Rows of the moment: nothing is lost with them, so they are not written to disk first. */
export class Members1763500019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNLOGGED TABLE ops.members (
        member_id uuid PRIMARY KEY,
        address text NOT NULL,
        build text NOT NULL,
        seen_at timestamptz NOT NULL DEFAULT now()
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON ops.members TO recount_api;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
