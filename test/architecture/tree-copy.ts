import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  'packages',
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
    this.link('node_modules');
  }

  /** Packages of this repository are those of the copy. */
  private link(modules: string): void {
    mkdirSync(join(this.folder, modules, '@recount'), { recursive: true });
    for (const name of readdirSync(join(ROOT, modules)).filter((name) => name !== '@recount'))
      symlinkSync(join(ROOT, modules, name), join(this.folder, modules, name));
    for (const name of readdirSync(join(ROOT, 'packages')))
      symlinkSync(join(this.folder, 'packages', name), join(this.folder, modules, '@recount', name));
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
