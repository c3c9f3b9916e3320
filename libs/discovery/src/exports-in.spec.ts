import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportsIn } from './exports-in.js';

describe('what the modules of a folder export', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'recount-discovery-'));
    for (const part of ['wallet/use-cases', 'coupon']) mkdirSync(join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(folder, 'wallet/use-cases/top-up.js'),
      "export const first = 'top-up';\nexport const second = 2;\n",
    );
    writeFileSync(join(folder, 'wallet/use-cases/top-up.spec.js'), "throw new Error('a spec is not run');\n");
    writeFileSync(join(folder, 'wallet/use-cases/top-up.d.ts'), 'export {};\n');
    writeFileSync(join(folder, 'wallet/wallet.js'), "export const rule = 'wallet';\n");
    writeFileSync(join(folder, 'coupon/index.js'), "export const coupon = 'coupon';\n");
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is all of it, in the order of the paths that were asked for', async () => {
    expect(await exportsIn(folder, /^[^/]+\/use-cases\//u)).toEqual(['top-up', 2]);
    expect(await exportsIn(folder, /^[^/]+\/(?:index|wallet)$/u)).toEqual(['coupon', 'wallet']);
    expect(await exportsIn(folder, /^nowhere\//u)).toEqual([]);
  });

  it('is refused where the folder is not there', async () => {
    await expect(exportsIn(join(folder, 'missing'), /./u)).rejects.toThrow('ENOENT');
  });
});
