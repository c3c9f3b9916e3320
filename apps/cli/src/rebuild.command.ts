import type { ApiClient } from '#client';
import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { unhurried } from './unhurried.js';

interface Projection {
  readonly name: string;
  readonly rebuild: {
    readonly status: 'requested' | 'running' | 'completed' | 'failed';
    readonly progress: number;
    readonly eventsPerSecond: number;
    readonly eta: number | null;
    readonly failure: string | null;
    readonly hashes: { readonly live: string; readonly rebuilt: string } | null;
  } | null;
}

/** Shows a bar per projection until all are built. The exit code says whether all were, and came out the same if compared. */
export const rebuild = async (
  client: ApiClient,
  names: readonly string[],
  { compare }: { readonly compare: boolean },
): Promise<void> => {
  const wanted = names.includes('all')
    ? (await client.get<Projection[]>('projections')).map(({ name }) => name)
    : names;
  for (const name of wanted) await client.post(`projections/${encodeURIComponent(name)}/rebuild`, { compare });
  const bars = new MultiBar(
    {
      format: '{name} [{bar}] {percentage}% | {eventsPerSecond} events/s | {left}',
      noTTYOutput: true,
      notTTYSchedule: 2_000,
      hideCursor: true,
    },
    Presets.legacy,
  );
  const shown = new Map(
    wanted.map((name) => [name, bars.create(1, 0, { name: name.padEnd(14), eventsPerSecond: 0, left: '' })]),
  );
  const finished = await untilFinished(client, shown);
  bars.stop();
  for (const { name, rebuild: done } of finished) console.log(`${outcome(done!)} ${name}${detail(done!)}`);
  if (finished.some(({ rebuild: done }) => outcome(done!) !== '✓')) process.exitCode = 1;
};

const untilFinished = async (client: ApiClient, bars: ReadonlyMap<string, SingleBar>): Promise<Projection[]> => {
  const nextLook = unhurried();
  for (;;) {
    const projections = (await client.get<Projection[]>('projections')).filter(({ name }) => bars.has(name));
    for (const { name, rebuild: running } of projections) {
      const { progress, eventsPerSecond, eta } = running!;
      bars.get(name)!.update(progress, { eventsPerSecond, left: eta === null ? '' : `${eta} s left` });
    }
    if (projections.every(({ rebuild: running }) => running!.status === 'completed' || running!.status === 'failed'))
      return projections;
    await nextLook();
  }
};

type Rebuild = NonNullable<Projection['rebuild']>;

const outcome = ({ status, hashes }: Rebuild): '✓' | '✗' =>
  status === 'completed' && (hashes === null || hashes.live === hashes.rebuilt) ? '✓' : '✗';

const detail = ({ failure, hashes }: Rebuild): string => {
  if (failure !== null) return `: ${failure}`;
  if (hashes === null) return '';
  return hashes.live === hashes.rebuilt
    ? `: the same as before, ${hashes.live}`
    : `: ${hashes.live} before, ${hashes.rebuilt} now`;
};
