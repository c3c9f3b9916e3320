import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';

import { parseCommandLine } from './command-line.js';
import { BUILT } from './started-store.js';

const parse = (line: string) => parseCommandLine(['node', 'main.js', ...line.split(' ')]);

describe('the command line', () => {
  it.each([
    ['--data d --verify', { kind: 'verify', folder: 'd' }],
    ['--data d --backup t', { kind: 'backup', folder: 'd', target: 't' }],
    ['--data d --export f', { kind: 'export', file: 'f', from: { folder: 'd' } }],
    ['--from esdb://x --export f', { kind: 'export', file: 'f', from: { server: 'esdb://x' } }],
    ['--data d --import f', { kind: 'import', file: 'f', to: { folder: 'd' } }],
    ['--to esdb://x --import f', { kind: 'import', file: 'f', to: { server: 'esdb://x' } }],
  ])('%s', (line, operation) => expect(parse(line)).toEqual({ operate: operation }));

  it('serves unless it is told what else to do', () => {
    expect(parse('--data d --port 7 --metrics-port 8')).toMatchObject({
      serve: { data: 'd', host: '127.0.0.1', port: 7, metricsPort: 8, maxAppendBytes: 1_048_576, logLevel: 'info' },
    });
  });

  it.each([
    ['--port 1', "option '--data <folder>' is needed"],
    ['--verify', "option '--data <folder>' is needed"],
    ['--data d --verify --export f', 'cannot be used with'],
    ['--data d --from esdb://x --export f', 'cannot be used with'],
    ['--data d --to esdb://x', 'cannot be used with'],
    ['--from esdb://x --import f', "'--from' goes with '--export'"],
    ['--data d --port 70000', 'It must be an integer from 0 to 65535.'],
    ['--data /does/not/exist --verify', 'There is no event store in /does/not/exist.'],
  ])('%s is refused', (line, message) => {
    const { status, stderr } = spawnSync(process.execPath, [BUILT, ...line.split(' ')], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });
});
