import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from './sources.js';

/** A name of another file; without one, the file as it is loaded. */
export interface Reference {
  readonly file: string;
  readonly name?: string;
}

/** What runs of a file, by the names at its top. Types are gone when it runs: they are left out. */
export interface Module {
  readonly declared: ReadonlyMap<string, ts.Node>;
  /** What it does as it is loaded. */
  readonly loading: readonly ts.Node[];
  readonly imported: ReadonlyMap<string, Reference>;
  readonly exported: ReadonlyMap<string, Reference>;
  /** Files of which it exports everything. */
  readonly passedOn: readonly string[];
  readonly loads: readonly string[];
}

export const moduleOf = ({ path, text }: SourceFile): Module => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const module = {
    declared: new Map<string, ts.Node>(),
    loading: [] as ts.Node[],
    imported: new Map<string, Reference>(),
    exported: new Map<string, Reference>(),
    passedOn: [] as string[],
    loads: [] as string[],
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, path, module);
    else if (ts.isExportDeclaration(statement)) readExport(statement, path, module);
    else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations)
        for (const bound of boundIn(name)) module.declared.set(bound, initializer ?? name);
    } else if (
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isEnumDeclaration(statement)
    )
      module.declared.set(statement.name?.text ?? 'default', statement);
    else if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement))
      module.loading.push(statement);
  }
  return module;
};

interface Filled {
  readonly imported: Map<string, Reference>;
  readonly exported: Map<string, Reference>;
  readonly passedOn: string[];
  readonly loads: string[];
}

const readImport = ({ importClause, moduleSpecifier }: ts.ImportDeclaration, path: string, module: Filled): void => {
  const file = fileNamed((moduleSpecifier as ts.StringLiteral).text, path);
  if (file === undefined || importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
  module.loads.push(file);
  const bindings = importClause?.namedBindings;
  if (bindings === undefined || ts.isNamespaceImport(bindings)) return;
  for (const { name, propertyName, isTypeOnly } of bindings.elements)
    if (!isTypeOnly) module.imported.set(name.text, { file, name: (propertyName ?? name).text });
};

const readExport = (statement: ts.ExportDeclaration, path: string, module: Filled): void => {
  const file = statement.moduleSpecifier && fileNamed((statement.moduleSpecifier as ts.StringLiteral).text, path);
  if (file === undefined || statement.isTypeOnly) return;
  module.loads.push(file);
  if (statement.exportClause === undefined) module.passedOn.push(file);
  else if (ts.isNamedExports(statement.exportClause))
    for (const { name, propertyName } of statement.exportClause.elements)
      module.exported.set(name.text, { file, name: (propertyName ?? name).text });
};

/** As Node finds them: libs, nouns of billing and projections by their names. None of a package. */
const fileNamed = (specifier: string, path: string): string | undefined => {
  const [, projection, noun, lib] = /^#(?:projections\/(.+)|billing\/(.+)|(.+))$/u.exec(specifier) ?? [];
  if (projection !== undefined) return `projections/${projection}/src/index.ts`;
  if (noun !== undefined) return `libs/billing/src/${noun}/index.ts`;
  if (lib !== undefined) return `libs/${lib}/src/index.ts`;
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier).replace(/\.js$/u, '.ts') : undefined;
};

/** What code calls by its name, and does not itself bind; names of properties are none of that. */
export const namesIn = (code: ts.Node): ReadonlySet<string> => {
  const names = new Set<string>();
  const look = (node: ts.Node, bound: ReadonlySet<string>): void => {
    if (ts.isIdentifier(node)) {
      if (!isPropertyName(node) && !bound.has(node.text)) names.add(node.text);
    } else if (ts.isExpressionWithTypeArguments(node)) look(node.expression, bound);
    else if (isMade(node)) names.add((node.type.typeName as ts.Identifier).text);
    else if (!ts.isTypeNode(node)) {
      const within = new Set([...bound, ...boundBy(node)]);
      ts.forEachChild(node, (child) => look(child, within));
    }
  };
  look(code, new Set());
  return names;
};

/** A decorated parameter, of whose class the framework makes an object: there, a type is there when the code runs. */
const isMade = (node: ts.Node): node is ts.ParameterDeclaration & { readonly type: ts.TypeReferenceNode } =>
  ts.isParameter(node) &&
  (ts.getDecorators(node) ?? []).length > 0 &&
  node.type !== undefined &&
  ts.isTypeReferenceNode(node.type) &&
  ts.isIdentifier(node.type.typeName);

/** What is a name of its own in all that stands within: parameters, and what a block declares. */
const boundBy = (node: ts.Node): string[] => {
  if (ts.isFunctionLike(node)) return node.parameters.flatMap(({ name }) => boundIn(name));
  if (ts.isForOfStatement(node) || ts.isForStatement(node)) return boundByList(node.initializer);
  return ts.isBlock(node)
    ? node.statements.flatMap((one) => (ts.isVariableStatement(one) ? boundByList(one.declarationList) : []))
    : [];
};

const boundByList = (list: ts.Node | undefined): string[] =>
  list !== undefined && ts.isVariableDeclarationList(list)
    ? list.declarations.flatMap(({ name }) => boundIn(name))
    : [];

const boundIn = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundIn(element.name) : []));

/** What code loads as it runs: by name, and all that stands in a folder. */
export const loadedBy = (code: ts.Node, path: string, files: readonly string[]): string[] => {
  const text = code.getText();
  const named = [...text.matchAll(/\bimport\('([^']+)'\)/gu)];
  return [
    ...named.flatMap(([, specifier]) => fileNamed(specifier!, path) ?? []),
    ...[...text.matchAll(EXPORTS_IN)].flatMap(([, folder = '.', pattern]) => {
      const root = `${posix.join(posix.dirname(path), folder)}/`;
      const paths = new RegExp(pattern!, 'u');
      return files.filter((file) => file.startsWith(root) && paths.test(file.slice(root.length).replace(/\.ts$/u, '')));
    }),
  ];
};

/** A call of `exportsIn` on the folder of its own file, or on one that lies somewhere from there. */
const EXPORTS_IN = /\bexportsIn\(\s*(?:join\()?import\.meta\.dirname(?:, '([^']+)'\))?,\s*\/(.+)\/u,?\s*\)/gu;

const isPropertyName = (node: ts.Identifier): boolean => {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node)
  );
};
