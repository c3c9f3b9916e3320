import { DataSource, type MigrationInterface } from 'typeorm';

type MigrationClass = new () => MigrationInterface;

/** TypeORM's view of the database: forward-only migrations, each in its own transaction. */
export const migrationSource = (url: string, migrations: readonly MigrationClass[]): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema: 'ops',
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    extra: { max: 1, options: '-c TimeZone=UTC' },
  });
