import type { ApiClient } from '#client';
import { Presets, SingleBar } from 'cli-progress';
import { unhurried } from './unhurried.js';

interface Verification {
  readonly id: string;
  readonly status: 'running' | 'completed' | 'failed';
  readonly accounts: number;
  readonly accountsChecked: number;
  readonly differences: readonly {
    readonly accountId: string | null;
    readonly subject: string;
    readonly field: string;
    readonly expected: unknown;
    readonly found: unknown;
    readonly event?: { readonly stream: string; readonly revision: number };
  }[];
  readonly failure: string | null;
}

/** Prints each difference. The exit code says whether there was any. */
export const verify = async (client: ApiClient, account?: string): Promise<void> => {
  const started = await client.post<Verification>(
    'audit/verifications',
    account === undefined ? {} : { accountId: account },
  );
  const bar = new SingleBar(
    { format: 'verifying [{bar}] {value}/{total} accounts', noTTYOutput: true, hideCursor: true },
    Presets.legacy,
  );
  bar.start(1, 0);
  let verification = started;
  const nextLook = unhurried();
  while (verification.status === 'running') {
    await nextLook();
    verification = await client.get<Verification>(`audit/verifications/${started.id}`);
    bar.setTotal(Math.max(verification.accounts, 1));
    bar.update(verification.accountsChecked);
  }
  bar.stop();
  for (const difference of verification.differences) console.log(`✗ ${sentenceOf(difference)}`);
  if (verification.status === 'failed') {
    console.error(`The verification failed: ${verification.failure ?? 'its process went silent'}.`);
    process.exitCode = 2;
  } else if (verification.differences.length > 0) {
    process.exitCode = 1;
  } else {
    console.log(`✓ ${verification.accounts} account${verification.accounts === 1 ? '' : 's'}: nothing differs.`);
  }
};

type Differing = Verification['differences'][number];

const sentenceOf = ({ accountId, subject, field, expected, found, event }: Differing): string => {
  const place = event ? `${event.stream}@${event.revision}` : '';
  if (subject === 'log') return `${place}: ${changeOfLog(field, expected, found)}`;
  const values = `the log says ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`;
  return `${accountId} ${subject} ${field}: ${values}${event ? ` (${place})` : ''}`;
};

const changeOfLog = (field: string, expected: unknown, found: unknown): string => {
  if (field === 'revision') return `revision ${String(expected)} should stand here: events are missing or misplaced`;
  if (field === 'id') return `its id is not the one that it was appended with`;
  if (found === null) return 'it has no chain, as the events before it have: it was not appended by Recount';
  return 'it is not what was appended, or not behind the event that it was appended behind';
};
