/** Where a run's PostgreSQL is; set before the first spec and inherited by the workers. */
export const TEST_POSTGRES_URL = 'RECOUNT_TEST_POSTGRES_URL';

/** Migrated once; every database of a spec begins as its copy. */
export const TEMPLATE = 'recount_template';

export const databaseUrl = (name: string): string => {
  const url = process.env[TEST_POSTGRES_URL];
  if (url === undefined)
    throw new Error('PostgreSQL was not started: this spec is not among those that have services.');
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
};
