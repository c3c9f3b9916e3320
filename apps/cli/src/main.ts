import { ApiClient, ApiProblem } from '#client';
import { Command, InvalidArgumentError } from 'commander';
import { demo } from './demo/demo.command.js';
import { rebuild } from './rebuild.command.js';
import { state } from './state.command.js';
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
