import { ApiClient, ApiProblem } from '#client';
import { Command, InvalidArgumentError } from 'commander';
import { demo } from './demo/demo.command.js';
import { rebuild } from './rebuild.command.js';
import { state } from './state.command.js';
import { importUsage } from './usage-import.command.js';
import { READING_FIELDS, type ReadingField } from './usage-mapping.js';
import { verify } from './verify.command.js';

const program = new Command('recount')
  .description('Looks after a running Recount, through its API.')
  .option('--url <url>', 'where the API is', process.env['RECOUNT_URL'] ?? 'http://127.0.0.1:3000')
  .option('--key <key>', 'an API key (default: $RECOUNT_API_KEY)', process.env['RECOUNT_API_KEY']);

const place = (): { readonly url: string; readonly key: string } => {
  const { url, key } = program.opts<{ url: string; key?: string }>();
  return { url, key: key ?? program.error('Name an API key with --key or RECOUNT_API_KEY.') };
};

const client = (): ApiClient => {
  const { url, key } = place();
  return new ApiClient(url, key);
};

program
  .command('demo')
  .description(
    'fills a test tenant with months of a company: subscriptions, usage, invoices, payments; takes a key that may create tenants',
  )
  .option('--seed <seed>', 'another company', 'recount')
  .option('--from <month>', 'its first month', monthIn, '2025-01')
  .option('--months <months>', 'how many, up to 36', monthsIn, 18)
  .action((options: { seed: string; from: string; months: number }) => demo(place(), options));

program
  .command('state')
  .description('prints what the log knew of an account')
  .argument('<account>', 'acc_… or external:<externalId>')
  .option('--as-of <moment>', 'an instant, position:<n> or revision:<n>')
  .option('--effective-at <instant>', 'business time')
  .action((account: string, options: { asOf?: string; effectiveAt?: string }) => state(client(), account, options));

program
  .command('rebuild')
  .description('builds projections anew beside the served ones and puts them in their place')
  .argument('<projection...>', 'names, or “all”')
  .option('--compare', 'compare the tables before and after by hash', false)
  .action((names: string[], options: { compare: boolean }) => rebuild(client(), names, options));

program
  .command('verify')
  .description('compares replayed accounts with read models, books with invoices, lines with the log')
  .argument('[account]', 'acc_… or external:<externalId>; all accounts of the tenant unless named')
  .action((account: string | undefined) => verify(client(), account));

interface UsageImportOptions {
  readonly map: readonly string[];
  readonly set: readonly string[];
  readonly properties?: string;
  readonly rowIds?: string;
  readonly rejects?: string;
  readonly delimiter: string;
}

const collected = (value: string, earlier: readonly string[]): string[] => [...earlier, value];

/** `field=column` or `field=value`. */
const fieldsIn = (option: string, told: readonly string[]): Partial<Record<ReadingField, string>> =>
  Object.fromEntries(
    told.map((text) => {
      const [field = '', ...rest] = text.split('=');
      if (rest.length === 0 || !(READING_FIELDS as readonly string[]).includes(field))
        program.error(`${option} takes <field>=<…>, where the field is one of ${READING_FIELDS.join(', ')}.`);
      return [field, rest.join('=')];
    }),
  );

program
  .command('usage')
  .description('usage, in bulk')
  .command('import')
  .description('sends each row of a CSV file as a reading; safe to run again')
  .argument('<file>', 'CSV with a line of names')
  .option(
    '--map <field=column>',
    `the column of a field (${READING_FIELDS.join(', ')}), where it has another name`,
    collected,
    [],
  )
  .option('--set <field=value>', 'what a field says in every row', collected, [])
  .option('--properties <columns>', 'the columns that are properties, with commas; all that are no field by default')
  .option('--row-ids <prefix>', 'names rows by <prefix>#<line>, where they have no ids of their own')
  .option('--rejects <file>', 'where rejected rows go (default: <file>.rejected.csv)')
  .option('--delimiter <character>', 'between cells', ',')
  .action((file: string, { map, set, properties, rowIds, rejects, delimiter }: UsageImportOptions) =>
    importUsage(client(), file, {
      columns: fieldsIn('--map', map),
      constants: fieldsIn('--set', set),
      ...(properties === undefined ? {} : { properties: properties.split(',') }),
      ...(rowIds === undefined ? {} : { idPrefix: rowIds }),
      rejects: rejects ?? `${file}.rejected.csv`,
      delimiter,
    }),
  );

try {
  await program.parseAsync();
} catch (error) {
  console.error(
    error instanceof ApiProblem ? error.message : error instanceof TypeError ? `No answer: ${causeOf(error)}` : error,
  );
  process.exitCode = 2;
}

function monthIn(text: string): string {
  if (!/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('It is a month such as 2025-01.');
  return text;
}

function monthsIn(text: string): number {
  if (!/^([1-9]|[12]\d|3[0-6])$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 to 36.');
  return Number(text);
}

function causeOf({ cause, message }: TypeError): string {
  return cause instanceof Error ? cause.message : message;
}
