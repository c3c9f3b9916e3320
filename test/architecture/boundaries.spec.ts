import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ALLOWED, VIOLATIONS, type Plant } from './plants.js';
import { TreeCopy } from './tree-copy.js';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
}

interface Report {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
      /** A cycle is told once, from one of its files. */
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

const { forbidden: rules } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  readonly forbidden: readonly Rule[];
};

/** The rules that a file breaks, each once. */
const reportedBy = ({ summary }: Report): Map<string, string[]> => {
  const byFile = new Map<string, string[]>();
  for (const { from, rule, cycle = [] } of summary.violations) {
    for (const file of new Set([from, ...cycle.map(({ name }) => name)])) {
      byFile.set(file, [...new Set([...(byFile.get(file) ?? []), rule.name])]);
    }
  }
  return byFile;
};

/** As `npm run lint` asks; its exit code is the number of violations, so what it prints is what counts. */
const cruise = (folder: string): Promise<Report> =>
  new Promise((resolve, reject) => {
    const program = `${folder}/node_modules/.bin/depcruise`;
    const parts = ['apps', 'libs', 'packages', 'projections', 'migrations', 'test'];
    const args = [program, ...parts, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Report);
      else reject(new Error(`dependency-cruiser did not report: ${stderr || error?.message}`));
    });
  });

describe('the boundaries', () => {
  const copy = new TreeCopy();
  let reported: Map<string, string[]>;

  beforeAll(async () => {
    for (const plant of [...VIOLATIONS, ...ALLOWED]) copy.plant(plant);
    reported = reportedBy(await cruise(copy.folder));
  });

  afterAll(() => copy.remove());

  it.each(VIOLATIONS.map(({ rule, file }) => [rule, file] as const))('%s stops %s', (rule, file) =>
    expect(reported.get(file)).toEqual([rule]),
  );

  it.each(ALLOWED.map(({ file }: Plant) => file))('nothing stops %s', (file) =>
    expect(reported.get(file)).toBeUndefined(),
  );

  it('are kept by every file that is not planted', () => {
    const planted = new Set([...VIOLATIONS, ...ALLOWED].map(({ file }) => file));
    expect([...reported].filter(([file]) => !planted.has(file))).toEqual([]);
  });

  it('have a planted violation each', () => {
    expect(rules.map(({ name }) => name).filter((name) => !VIOLATIONS.some(({ rule }) => rule === name))).toEqual([]);
  });

  it('say of every lib what it may know', () => {
    const libs = readdirSync(new URL('../../libs', import.meta.url));
    const isBounded = (lib: string): boolean =>
      rules.some(({ from: { path } }) => path !== undefined && path.startsWith(`^libs/${lib}/`));
    expect(libs.filter((lib) => !isBounded(lib))).toEqual(['testing']);
  });
});
