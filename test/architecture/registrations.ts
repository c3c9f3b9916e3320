import type { SourceFile } from '../house/sources.js';

/** Things of one kind that start nothing by themselves. */
export interface Registered {
  readonly what: string;
  /** Finds what has to come to life, wherever it stands. */
  readonly declared: RegExp;
  /** What every one of them has in its text: none is overlooked for how it is written. */
  readonly mark: RegExp;
  readonly in: RegExp;
  readonly remedy: string;
}

export const HANDLERS: Registered = {
  what: 'handler',
  in: /^libs\/billing\//u,
  declared: /^@CommandHandler\([^)]*\)\nexport class (\w+)/gmu,
  mark: /^@CommandHandler\b/gmu,
  remedy: 'put it into a folder `use-cases` of libs/billing/src',
};
export const CONTROLLERS: Registered = {
  what: 'controller',
  // Those of other doors are named by their module.
  in: /^apps\/server\/src\/(?!doors\/)/u,
  declared: /^@Controller\([^)]*\)\n(?:@.*\n)*export class (\w+)/gmu,
  mark: /^@Controller\b/gmu,
  remedy: 'put it into a folder of apps/server/src/rest',
};
export const PROJECTIONS: Registered = {
  what: 'projection',
  in: /^projections\/[^/]+\/src\//u,
  declared: /^export const (\w+Projection)\b/gmu,
  mark: /\bprojection(?:<.*>)?\(\{$/gmu,
  remedy: 'put it into the `readModel` of the index beside it',
};
export const QUERIES: Registered = {
  what: 'query',
  in: /^projections\/[^/]+\/src\//u,
  declared: /^export class (\w+Query)\b/gmu,
  mark: /^export class \w+ \{\n {2}constructor\(/gmu,
  remedy: 'put it into `queries` of the `readModel` of the index beside it',
};
export const REACTORS: Registered = {
  what: 'reactor',
  in: /^apps\/server\/src\/(?:worker|publishing)\//u,
  declared: /^@Injectable\(\)\nexport class (\w+Reactors?)\b/gmu,
  mark: /^export class \w+Reactors?\b/gmu,
  remedy: 'put it into the providers of the role `worker` in apps/server/src/server.module.ts',
};

/** What is declared, and does not come to life: file, name and remedy. */
export const forgotten = (kind: Registered, files: readonly SourceFile[], alive: ReadonlySet<string>): string[] =>
  declaredOf(kind, files)
    .filter(({ name }) => !alive.has(name))
    .map(({ path, name }) => `${path}: nothing starts the ${kind.what} ${name}; ${kind.remedy}`);

export const declaredOf = (kind: Registered, files: readonly SourceFile[]) =>
  files
    .filter(({ path }) => kind.in.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(kind.declared)].map(([, name]) => ({ path, name: name! })));

/** An import alone names nothing. */
export const namedIn = (files: readonly SourceFile[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ text }) => text.replaceAll(/^import [^;]*;$/gmu, '').match(/\w+/gu) ?? []));

/** Commands that the bus has nobody for. */
export const unhandled = (files: readonly SourceFile[]): string[] => {
  const found = (pattern: RegExp) =>
    files.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, name]) => ({ path, name: name! })));
  const handled = new Set(found(/^@CommandHandler\((\w+)\)/gmu).map(({ name }) => name));
  return found(/^export class (\w+) extends Command</gmu)
    .filter(({ name }) => !handled.has(name))
    .map(({ path, name }) => `${path}: no @CommandHandler(${name}) carries out ${name}`);
};
