import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: the two schemas and the roles that may work in them.
 * `read` can be dropped and rebuilt from the log; `ops` is backed up. Roles belong to the cluster, so they may exist already.
 */
export class SchemasAndRoles1763500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS read;
      CREATE SCHEMA IF NOT EXISTS ops;
      DO $$
      BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recount_projector') THEN
          CREATE ROLE recount_projector NOLOGIN NOBYPASSRLS;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'recount_api') THEN
          CREATE ROLE recount_api NOLOGIN NOBYPASSRLS;
        END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- Another database of the cluster created them at the same moment.
      END $$;
      GRANT recount_projector, recount_api TO CURRENT_USER;
      GRANT USAGE ON SCHEMA read, ops TO recount_projector, recount_api;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
