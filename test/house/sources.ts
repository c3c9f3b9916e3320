import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../' : '../../', import.meta.url),
);

/** Written by `npm run docs` or UPDATE_SCHEMAS=1, never by hand. */
const GENERATED =
  /^(?:docs\/(?:openapi\.json|asyncapi\.json|stored-events\.md|events\.md)|libs\/contracts\/schemas\/.*|apps\/server\/src\/metadata\.ts)$/u;

/** Recorded, not written: what was stored once, and what was locked. */
const RECORDED = /^(?:test\/replay\/histories\/.*|package-lock\.json)$/u;

const TESTS = /\.spec\.ts$|\.contract\.ts$|^test\/|^libs\/testing\//u;

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Sources {
  /** Everything that somebody wrote or a program writes for the repository. */
  readonly all: readonly SourceFile[];
  readonly generated: readonly SourceFile[];
  /** TypeScript of the product, written by hand. */
  readonly product: readonly SourceFile[];
  /** TypeScript that tries the product. */
  readonly tests: readonly SourceFile[];
}

/** What is committed, and what is about to be. */
export const sources = (): Sources => {
  const paths = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const all = paths
    .trim()
    .split('\n')
    .filter((path) => !RECORDED.test(path))
    .flatMap((path) => textOf(path));
  const generated = all.filter(({ path }) => GENERATED.test(path));
  const product = all.filter(
    ({ path }) =>
      /^(?:apps|libs|packages|projections|migrations)\/.*\.ts$/u.test(path) &&
      !TESTS.test(path) &&
      !GENERATED.test(path),
  );
  const tests = all.filter(({ path }) => path.endsWith('.ts') && TESTS.test(path));
  return { all, generated, product, tests };
};

/** None of a file that is deleted, but not yet from the index. */
const textOf = (path: string): SourceFile[] => {
  try {
    return [{ path, text: readFileSync(join(ROOT, path), 'utf8') }];
  } catch {
    return [];
  }
};

export const linesOf = ({ text }: SourceFile): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
