import { ApiClient, ApiProblem } from '#client';
import { Command } from 'commander';
import { rebuild } from './rebuild.command.js';
import { state } from './state.command.js';
import { verify } from './verify.command.js';

const program = new Command('recount')
  .description('Looks after a running Recount, through its API.')
  .option('--url <url>', 'where the API is', process.env['RECOUNT_URL'] ?? 'http://127.0.0.1:3000')
  .option('--key <key>', 'an API key (default: $RECOUNT_API_KEY)', process.env['RECOUNT_API_KEY']);

const client = (): ApiClient => {
  const { url, key } = program.opts<{ url: string; key?: string }>();
  return new ApiClient(url, key ?? program.error('Name an API key with --key or RECOUNT_API_KEY.'));
};

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

function causeOf({ cause, message }: TypeError): string {
  return cause instanceof Error ? cause.message : message;
}
