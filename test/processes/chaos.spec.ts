import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { KINDS, plannedFaults, TARGETS } from '../chaos/stack/fault-plan.js';

const CHAOS = fileURLToPath(new URL('../../dist/test/chaos/main.js', import.meta.url));

/** Of every kind one at least, and one death of the server, whose start takes longer than anything else. */
const SEED = 579;
const FAULTS = 20;

// It ends in a fraction of this where nobody else has the machine.
const PATIENCE_MILLISECONDS = 300_000;

it('tries every kind of fault, and every part', () => {
  const plan = plannedFaults(SEED, FAULTS);
  expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(KINDS));
  expect(new Set(plan.map(({ target }) => target))).toEqual(new Set(TARGETS));
});

it.each([
  ['one process', 'stack'],
  ['two processes of each role', 'processes'],
])(
  'of %s loses, doubles and forgets nothing that it acknowledged, whatever becomes of it and of what it needs',
  async (_, name) => {
    const args = ['--enable-source-maps', CHAOS, name, '--faults', String(FAULTS), '--seed', String(SEED)];
    const chaos = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer): void => void (said += chunk.toString());
    chaos.stdout.on('data', hear);
    chaos.stderr.on('data', hear);
    const [code] = (await once(chaos, 'close')) as [number | null];
    process.stdout.write(`\n${said}`);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('lost 0, doubled 0, otherwise wrong 0') });
    // It was under load: an installation that takes nothing loses nothing.
    expect(Number(/things acknowledged: (\d+)/u.exec(said)![1])).toBeGreaterThan(20);
  },
  PATIENCE_MILLISECONDS,
);
