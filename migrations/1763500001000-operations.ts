import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: what is not in the log and must be backed up: checkpoints, idempotency, leases, personal keys. */
export class Operations1763500001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Whose log this database belongs to.
      CREATE TABLE ops.installation (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        installation_id text NOT NULL,
        -- The first API key is shown once: on the first start that came up.
        first_key_shown boolean NOT NULL DEFAULT false
      );

      -- Checkpoints of projections. The last event seen is verified against the log at start.
      CREATE TABLE ops.projections (
        name text PRIMARY KEY,
        version integer NOT NULL,
        position bigint NOT NULL,
        event_id uuid,
        event_stream text,
        event_revision bigint,
        owner_epoch bigint NOT NULL DEFAULT 0,
        status text NOT NULL CHECK (status IN ('running', 'paused', 'failed')),
        failure text,
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      -- Rebuilds, asked for by any process and carried out by the one that projects.
      CREATE TABLE ops.rebuilds (
        rebuild_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL,
        compare boolean NOT NULL,
        status text NOT NULL CHECK (status IN ('requested', 'running', 'completed', 'failed')),
        position bigint,
        head bigint,
        events bigint NOT NULL DEFAULT 0,
        failure text,
        live_hash text,
        rebuilt_hash text,
        requested_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz
      );
      CREATE UNIQUE INDEX one_rebuild_at_a_time ON ops.rebuilds (name) WHERE status IN ('requested', 'running');

      CREATE TABLE ops.reactors (
        name text PRIMARY KEY,
        position bigint NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      -- Saved answers. A lost row costs nothing: the command's own identity in the log is the second line.
      CREATE TABLE ops.idempotency (
        tenant_id text NOT NULL,
        key text NOT NULL,
        request_hash text NOT NULL,
        lease uuid NOT NULL,
        leased_until timestamptz NOT NULL,
        status smallint,
        headers jsonb,
        body text,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, key)
      );
      CREATE INDEX idempotency_created_at ON ops.idempotency (created_at);

      -- Data keys, wrapped by the master key. Deleting one erases what it sealed.
      CREATE TABLE ops.personal_keys (
        tenant_id text NOT NULL,
        key_id text NOT NULL,
        account_id text,
        purpose text NOT NULL CHECK (purpose IN ('profile', 'documents', 'index')),
        wrapped_key bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, key_id)
      );

      -- Who is firing a timer, and which generations are done although the log shows nothing of it.
      CREATE TABLE ops.timer_claims (
        tenant_id text NOT NULL,
        account_id text NOT NULL,
        timer_key text NOT NULL,
        generation bigint NOT NULL,
        leased_until timestamptz NOT NULL,
        fired boolean NOT NULL DEFAULT false,
        attempts integer NOT NULL DEFAULT 1,
        failure text,
        PRIMARY KEY (tenant_id, account_id, timer_key)
      );

      CREATE TABLE ops.billing_run_claims (
        run_id text PRIMARY KEY,
        leased_until timestamptz NOT NULL
      );

      GRANT SELECT ON ops.installation, ops.projections, ops.reactors TO recount_projector, recount_api;
      GRANT UPDATE ON ops.projections TO recount_projector;
      GRANT SELECT, INSERT, UPDATE ON ops.rebuilds TO recount_projector;
      GRANT SELECT, INSERT ON ops.rebuilds TO recount_api;
      GRANT INSERT, UPDATE ON ops.reactors TO recount_projector;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ops.timer_claims, ops.billing_run_claims TO recount_projector;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ops.idempotency TO recount_api;
      GRANT SELECT, INSERT, DELETE ON ops.personal_keys TO recount_api;

      ALTER TABLE ops.idempotency ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ops.personal_keys ENABLE ROW LEVEL SECURITY;
      CREATE POLICY tenant ON ops.idempotency TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));
      CREATE POLICY tenant ON ops.personal_keys TO recount_api
        USING (tenant_id = current_setting('app.tenant', true)) WITH CHECK (tenant_id = current_setting('app.tenant', true));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
