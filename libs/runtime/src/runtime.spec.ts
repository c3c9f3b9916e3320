import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LEAST_NODE, versionRefusal } from './node-version.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(`${ROOT}${path}`, 'utf8');

describe('the least version of Node', () => {
  it.each(['18.20.4', '20.19.0', '22.12.0', '22.12.99'])('refuses %s in one line', (version) => {
    expect(versionRefusal(version)).toMatch(
      new RegExp(`^Recount needs Node 22\\.13\\.0 or newer, and this is Node ${version}: .*$`),
    );
  });

  it.each(['22.13.0', '22.13.1', '22.14.0', '23.0.0', '24.21.0', '25.0.0-nightly20260101'])('takes %s', (version) => {
    expect(versionRefusal(version)).toBeUndefined();
  });

  it('is the same in package.json, its lock, the README and the guide for contributors', () => {
    const least = LEAST_NODE.replace(/\.0$/, '');
    expect(JSON.parse(read('package.json'))).toMatchObject({ engines: { node: `>=${least}` } });
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({
      packages: { '': { engines: { node: `>=${least}` } } },
    });
    for (const page of ['README.md', 'CONTRIBUTING.md']) expect(read(page)).toContain(`Node ${least} or newer`);
  });

  it('is looked at by every process, first of all', () => {
    const mains = globSync(['apps/*/src/main.ts', 'test/*/main.ts'], { cwd: ROOT });
    expect(mains.length).toBeGreaterThan(5);
    for (const main of mains)
      expect([main, /^import .*$/mu.exec(read(main))?.[0]]).toEqual([main, "import '#runtime';"]);
  });

  it.each(['apps/server', 'apps/cli'])('ends %s on an older one with a line and an exit code', (app) => {
    const old = `Object.defineProperty(process.versions, 'node', { value: '20.19.0' });`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(old)}`, `dist/${app}/src/main.js`, '--help'];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect([status, stdout, stderr.trim()]).toEqual([1, '', versionRefusal('20.19.0')]);
  });

  it('prints no warning of TLS to an address, and every other one', () => {
    const code = `await import('./dist/libs/runtime/src/index.js');
      process.emitWarning('an address', 'DeprecationWarning', 'DEP0123');
      process.emitWarning('something else');`;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stderr).toContain('Warning: something else');
    expect(stderr).not.toContain('an address');
  });
});
