import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { BUILT } from './started-store.js';

const { engines } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly engines: { readonly node: string };
};

const onNode = (version: string) => {
  const other = `Object.defineProperty(process.versions, 'node', { value: '${version}' });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(other)}`, BUILT, '--help'];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
};

describe('the least version of Node', () => {
  it.each(['18.20.4', '20.19.0', '22.9.0', '22.12.99'])('refuses %s in one line', (version) => {
    const { status, stdout, stderr } = onNode(version);
    const refusal = `The event store needs Node 22.13.0 or newer, and this is Node ${version}.`;
    expect([status, stdout, stderr.trim()]).toEqual([1, '', refusal]);
  });

  it.each(['22.13.0', '24.21.0', '25.0.0-nightly20260101', '100.0.0'])('takes %s', (version) =>
    expect(onNode(version)).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: eventstore') }),
  );

  it('is the same in package.json', () => expect(engines.node).toBe('>=22.13'));
});

it('prints no warning of TLS to an address, and every other one', () => {
  const { href } = new URL('runtime.js', `file://${BUILT.replace('main.js', 'supervision/')}`);
  const code = `await import('${href}');
    process.emitWarning('an address', 'DeprecationWarning', 'DEP0123');
    process.emitWarning('something else');`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  expect(stderr).toContain('Warning: something else');
  expect(stderr).not.toContain('an address');
});
