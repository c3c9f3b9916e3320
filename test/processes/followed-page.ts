import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TreeCopy } from '../architecture/tree-copy.js';
import type { Stopping } from '../services/stopping.js';
import { Product, TemporaryFolder } from './product.js';
import { changeLines, stepsIn, type Step } from './written-steps.js';

const ALSO_COPIED = ['.swcrc', '.prettierrc.json', 'jest.config.js', 'docs'];
const JEST = 'node --experimental-vm-modules node_modules/jest/bin/jest.js';

/** A copy of the sources in which somebody did what a page says, literally. */
export class FollowedPage {
  private readonly tree = new TreeCopy();
  private readonly steps: readonly Step[];

  constructor(page: string) {
    this.steps = stepsIn(readFileSync(page, 'utf8'));
  }

  /** @throws where the page does not fit the sources any more */
  follow(): void {
    for (const part of ALSO_COPIED) cpSync(part, join(this.folder, part), { recursive: true });
    for (const step of this.steps) {
      if (step.kind === 'file') this.tree.plant(step);
      else changeLines(this.folder, step);
    }
  }

  /** Files that are changed or written, in the order of the page. */
  get files(): readonly string[] {
    return [...new Set(this.steps.map(({ file }) => file))];
  }

  get folder(): string {
    return this.tree.folder;
  }

  /** Whether a file is another one than before, or new. */
  changed(file: string): boolean {
    return !existsSync(file) || readFileSync(file, 'utf8') !== readFileSync(join(this.folder, file), 'utf8');
  }

  /** As `npm run` does it. @throws with what was printed, where a command fails */
  run(script: string): void {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    for (const command of scripts[script]!.split(' && ')) {
      const [, other] = /^npm run --silent (\S+)$/u.exec(command) ?? [];
      if (other === undefined) this.execute(command);
      else this.run(other);
    }
  }

  /** Specs that start nothing. */
  specs(path: string, environment: NodeJS.ProcessEnv = {}): void {
    this.execute(`${JEST} ${path} --selectProjects rules`, environment);
  }

  /** As `npm start` does, with data of its own. */
  async start(stopping: Stopping, environment: NodeJS.ProcessEnv = {}): Promise<Product> {
    const data = (await stopping.use(Promise.resolve(new TemporaryFolder()))).join('data');
    const main = join(this.folder, 'dist', 'apps', 'server', 'src', 'main.js');
    return stopping.use(Product.start({ RECOUNT_DATA_DIR: data, ...environment }, main));
  }

  remove(): void {
    this.tree.remove();
  }

  private execute(command: string, environment: NodeJS.ProcessEnv = {}): void {
    const [name, ...options] = command.split(' ').map((word) => word.replaceAll("'", ''));
    const program = name === 'node' ? process.execPath : join('node_modules', '.bin', name!);
    const { status, stdout, stderr } = spawnSync(program, options, {
      cwd: this.folder,
      env: { ...process.env, ...environment },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${command}\n${stdout}${stderr}`);
  }
}
