import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Purpose: whoever projects adds months to tables that are kept apart by months, without the right to make anything else. */
export class MonthsOfTables1763500016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION ops.add_months(in_schema text, to_table text, months text[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      DECLARE
        target regclass := format('%I.%I', in_schema, to_table);
        month text;
        part text;
      BEGIN
        IF in_schema <> 'read' AND in_schema !~ '^rebuild_' THEN
          RAISE EXCEPTION 'Schema % has no read models.', in_schema;
        END IF;
        FOREACH month IN ARRAY months LOOP
          part := format('%I.%I', in_schema, to_table || '_' || replace(month, '-', '_'));
          CONTINUE WHEN to_regclass(part) IS NOT NULL;
          -- Two that need the same month: the second waits, and finds it. An advisory lock would do for the waiting alone: who gets that of a table is told what was
          -- made meanwhile. It holds back neither readers nor writers.
          EXECUTE format('LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE', target);
          CONTINUE WHEN to_regclass(part) IS NOT NULL;
          -- Attached, not made as a partition: that would wait for all who read the table, and they behind it.
          EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', part, target);
          EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', target, part,
            (month || '-01 00:00:00+00')::timestamptz, (month || '-01 00:00:00+00')::timestamptz + interval '1 month');
        END LOOP;
      END $$;
      REVOKE ALL ON FUNCTION ops.add_months FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ops.add_months TO recount_projector;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only.'));
  }
}
