import type { SourceFile } from '../house/sources.js';

/** Things of one kind that start nothing by themselves: each has to be named in a list. */
export interface Registered {
  readonly what: string;
  readonly in: RegExp;
  /** Finds what has to be named. */
  readonly declared: RegExp;
  /** What every one of them has in its text: none is overlooked for how it is written. */
  readonly mark: RegExp;
  /** Files, of which one has to name it. */
  readonly lists: readonly string[];
  readonly remedy: string;
}

export const REGISTERED: readonly Registered[] = [
  {
    what: 'handler',
    in: /^libs\/billing\/src\/application\//u,
    declared: /^@CommandHandler\([^)]*\)\nexport class (\w+)/gmu,
    mark: /^@CommandHandler\b/gmu,
    lists: ['libs/billing/src/application/handlers.ts'],
    remedy: 'put it into BILLING_PROVIDERS',
  },
  {
    what: 'controller',
    in: /^apps\/server\/src\/rest\//u,
    declared: /^@Controller\([^)]*\)\n(?:@.*\n)*export class (\w+)/gmu,
    mark: /^@Controller\b/gmu,
    lists: ['apps/server/src/rest/rest.module.ts'],
    remedy: 'put it into `controllers`',
  },
  {
    what: 'projection',
    in: /^projections\/[^/]+\/src\//u,
    declared: /^export const (\w+Projection)\b/gmu,
    mark: /\bprojection(?:<.*>)?\(\{$/gmu,
    lists: ['apps/server/src/projecting/all-projections.ts'],
    remedy: 'put it into `projectionsWith`',
  },
  {
    what: 'query',
    in: /^projections\/[^/]+\/src\//u,
    declared: /^export class (\w+Query)\b/gmu,
    mark: /^export class \w+ \{\n {2}constructor\(/gmu,
    lists: ['apps/server/src/core/core.module.ts', 'apps/server/src/core/reading-providers.ts'],
    remedy: 'put it into QUERIES',
  },
  {
    what: 'reactor',
    in: /^apps\/server\/src\/(?:worker|publishing)\//u,
    declared: /^@Injectable\(\)\nexport class (\w+Reactors?)\b/gmu,
    mark: /^export class \w+Reactors?\b/gmu,
    lists: ['apps/server/src/server.module.ts'],
    remedy: 'put it into the providers of the role `worker`',
  },
];

/** What is declared, and is not in the list that brings it to life: file, name and remedy. */
export const forgotten = (files: readonly SourceFile[], kinds = REGISTERED): string[] =>
  kinds.flatMap((kind) => {
    const listed = namedIn(files.filter(({ path }) => kind.lists.includes(path)));
    return declaredOf(kind, files)
      .filter(({ name }) => !listed.has(name))
      .map(({ path, name }) => `${path}: nothing starts the ${kind.what} ${name}; ${kind.remedy} in ${kind.lists[0]!}`);
  });

export const declaredOf = (kind: Registered, files: readonly SourceFile[]) =>
  files
    .filter(({ path }) => kind.in.test(path))
    .flatMap(({ path, text }) => [...text.matchAll(kind.declared)].map(([, name]) => ({ path, name: name! })));

/** An import alone names nothing. */
const namedIn = (files: readonly SourceFile[]): ReadonlySet<string> =>
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
