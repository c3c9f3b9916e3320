import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: keys of personal data come from the key ring, a file, and no longer stand in a table, where a deleted row would
 * live on in pages, in the write-ahead log and in backups. The database remembers which ring belongs to it.
 */
export class KeyRing1763500004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DO $$
      BEGIN
        IF EXISTS (SELECT FROM ops.personal_keys) THEN
          RAISE 'it holds keys of personal data that an earlier build made, and that this one cannot use: start with a new database and log';
        END IF;
      END $$;
      DROP TABLE ops.personal_keys;
      ALTER TABLE ops.installation ADD COLUMN key_ring text, ADD COLUMN key_ring_version bigint NOT NULL DEFAULT 0;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
