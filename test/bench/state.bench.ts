import { EventStoreDbLog } from '#event-store';
import { Stack } from '../trace/stack.js';
import { atATime } from './at-a-time.js';
import { median, print } from './rounds.js';

const ROUNDS = 5;
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 20_000);
const IN_FLIGHT = 16;
const COMMANDS = 20;

interface Account {
  readonly id: string;
}

/**
 * An account of many events: its state at a moment against a bare read of its stream, and what a command costs that finds it in memory, that meets what
 * another process appended, and that is the first after a restart. Each by itself, so that times can be held against each other.
 */
export const benchState = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    const { id } = await stack.client.post<Account>('accounts', { name: 'Acme', currency: 'EUR' });
    await fill(stack, id);
    await stateAtATime(stack, id);
    const other = await stack.another('api');
    const change = changing(stack, id);
    const short = await stack.client.post<Account>('accounts', { name: 'Short', currency: 'EUR' });
    const changeShort = changing(stack, short.id);
    const warm: number[] = [];
    const conflicting: number[] = [];
    const cold: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (let index = 0; index < COMMANDS; index++) warm.push(await change(stack.url));
      for (let index = 0; index < COMMANDS; index++) {
        await change(other.url);
        conflicting.push(await change(stack.url));
      }
    }
    for (let round = 0; round < ROUNDS; round++) {
      await stack.killAndRestart();
      // Whatever else a process does for the first time is not measured with it.
      await stack.patiently((client) => client.get(`accounts/${short.id}`));
      for (let index = 0; index < COMMANDS; index++) await changeShort(stack.url);
      cold.push(await change(stack.url));
    }
    const usual = median(warm);
    console.log(`a command on an account of ${EVENTS.toLocaleString('en')} events, median`);
    console.log(`  in memory: ${tenths(usual)} ms`);
    console.log(
      `  behind another process: ${tenths(median(conflicting))} ms, ${tenths(median(conflicting) / usual)} times that`,
    );
    console.log(`  first after a restart: ${tenths(median(cold))} ms, ${tenths(median(cold) / usual)} times that`);
  } finally {
    await stack.stop();
  }
};

/** Opening it was one event. */
const fill = ({ client }: Stack, id: string): Promise<void> =>
  atATime(IN_FLIGHT, EVENTS - 1, (index) => client.patch(`accounts/${id}`, { metadata: { number: String(index) } }));

/** Answers how long one took, in milliseconds. */
const changing = ({ key }: Stack, id: string): ((url: string) => Promise<number>) => {
  let number = 0;
  return async (url) => {
    const begun = performance.now();
    const answer = await fetch(`${url}/v1/accounts/${id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { change: String(number++) } }),
    });
    const said = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status} ${said}`);
    return performance.now() - begun;
  };
};

const stateAtATime = async ({ client, eventStoreUrl }: Stack, id: string): Promise<void> => {
  const log = new EventStoreDbLog(eventStoreUrl);
  try {
    const stream = await streamOf(log, id);
    const bare: number[] = [];
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      let begun = performance.now();
      let events = 0;
      for await (const _ of log.readStream(stream)) events += 1;
      bare.push((events * 1_000) / (performance.now() - begun));
      begun = performance.now();
      const { revision } = await client.get<{ readonly revision: number }>(
        `accounts/${id}/state?asOf=revision:${events - 1}`,
      );
      if (revision !== events - 1)
        throw new Error(`It was asked for revision ${events - 1}, and tells of ${revision}.`);
      rates.push((events * 1_000) / (performance.now() - begun));
    }
    const ceiling = { title: 'bare read of the stream', rate: median(bare) };
    print({ title: 'state of an account at a moment', unit: 'events/s', rates, ceiling });
  } finally {
    await log.dispose();
  }
};

const streamOf = async (log: EventStoreDbLog, id: string): Promise<string> => {
  for await (const { stream } of log.readAll({ filter: { streamPrefixes: ['account-'] } }))
    if (stream.endsWith(id.slice('acc_'.length))) return stream;
  throw new Error(`There is no stream of ${id}.`);
};

const tenths = (value: number): number => Math.round(value * 10) / 10;
