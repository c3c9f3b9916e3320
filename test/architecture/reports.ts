import { join } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from '../house/sources.js';
import { childrenOf, parsed, tablesIn } from './sql.js';
import { ownersIn, type Breach, type Known } from './tables.js';

/** Where a report is given, and what of it that is: a metric beside others is a report by its name. */
const GIVEN = [
  { path: /^apps\/server\/src\/rest\/reports\//u, of: /./u },
  { path: /^apps\/server\/src\/telemetry\/figures\.ts$/u, of: /Mrr$/u },
];

interface Imported {
  readonly module: string;
  readonly names: readonly string[];
}

/** What a file imports and runs; types run nothing. */
const importsOf = (file: SourceFile): Imported[] =>
  parsed(file).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier: module } = statement;
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
    if (module === undefined || !ts.isStringLiteral(module)) return [];
    const elements =
      bindings && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) ? [...bindings.elements] : [];
    const names = elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
    return names.length === 0 || statement.getText().startsWith('import type') ? [] : [{ module: module.text, names }];
  });

/** The files of a projection that declare a name which is imported from it. */
const declaring = (files: readonly SourceFile[], { module, names }: Imported): SourceFile[] => {
  const folder = `${module.replace('#', '')}/`;
  return files.filter((file) => file.path.startsWith(folder) && declaredIn(file).some((name) => names.includes(name)));
};

const declaredIn = (file: SourceFile): string[] =>
  parsed(file).statements.flatMap((statement) =>
    ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : childrenOf(statement)
          .filter(ts.isIdentifier)
          .map(({ text }) => text),
  );

/** A file, and those of its folder that it runs. */
const reachedFrom = (
  files: readonly SourceFile[],
  from: SourceFile,
  reached = new Set<SourceFile>(),
): Set<SourceFile> => {
  if (reached.has(from)) return reached;
  reached.add(from);
  for (const { module } of importsOf(from)) {
    const path = join(from.path, '..', module.replace(/\.js$/u, '.ts'));
    const next = module.startsWith('.') ? files.find((file) => file.path === path) : undefined;
    if (next) reachedFrom(files, next, reached);
  }
  return reached;
};

/** What reports run of the projections. */
const reportQueries = (files: readonly SourceFile[]): Set<SourceFile> => {
  const imported = files.flatMap((file) => {
    const given = GIVEN.find(({ path }) => path.test(file.path));
    const found = given === undefined ? [] : importsOf(file);
    return found
      .filter(({ module }) => module.startsWith('#projections/'))
      .map(({ module, names }) => ({ module, names: names.filter((name) => given!.of.test(name)) }));
  });
  const reached = new Set<SourceFile>();
  for (const file of imported.flatMap((one) => declaring(files, one))) reachedFrom(files, file, reached);
  return reached;
};

/** Reports leave test accounts out: they read no table of accounts but through `reported`, which does, and needs an account to do it. */
export const countedTestAccounts = (files: readonly SourceFile[], projections: readonly Known[]): Breach[] => {
  const tables = projections.flatMap((projection) => projection.tables);
  const ofAccounts = new Set(tables.filter(({ columns }) => 'account_id' in columns).map(({ name }) => name));
  const all = new Set(ownersIn(projections).keys());
  return [...reportQueries(files)].flatMap((file): Breach[] => {
    const { read, reported } = tablesIn(file, all);
    return [
      ...[...read]
        .filter((name) => ofAccounts.has(name))
        .map((name): Breach => ['counts test accounts', file.path, name]),
      ...[...reported]
        .filter((name) => !ofAccounts.has(name))
        .map((name): Breach => ['has no accounts', file.path, name]),
    ];
  });
};
