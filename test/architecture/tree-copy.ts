import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What decides how files find each other. */
const COPIED = [
  'apps',
  'libs',
  'projections',
  'migrations',
  'test',
  'package.json',
  'tsconfig.json',
  '.dependency-cruiser.cjs',
];

/** The sources in a temporary folder, where a test can write files that must not be. */
export class TreeCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'recount-architecture-'));

  constructor() {
    for (const part of COPIED) cpSync(join(ROOT, part), join(this.folder, part), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(this.folder, 'node_modules'));
  }

  plant({ file, source }: { readonly file: string; readonly source: string }): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, source);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
