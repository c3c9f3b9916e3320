import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Purpose: what acts on the world outside knows the event at which it stands, stops where that is not what the log has, and has a row for each effect,
 * by the event that asks for it: asked for twice, it is done once. What became of it stands there before it is told to the log, so that only the telling is
 * repeated. Those that are over are kept until nobody reads the log again from before them.
 */
export class Effects1763500023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ops.reactors
        ADD COLUMN event_stream text,
        ADD COLUMN event_revision bigint,
        ADD COLUMN event_id text,
        ADD COLUMN paused text;
      CREATE TABLE ops.effects (
        reactor text NOT NULL,
        event_id text NOT NULL,
        stream text NOT NULL,
        revision bigint NOT NULL,
        position bigint NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        failure text,
        outcome jsonb,
        over_at timestamptz,
        PRIMARY KEY (reactor, event_id)
      );
      CREATE INDEX effects_due ON ops.effects (reactor, due_at) WHERE over_at IS NULL;
      GRANT SELECT, INSERT, UPDATE ON ops.effects TO recount_projector;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
