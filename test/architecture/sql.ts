import ts from 'typescript';
import type { SourceFile } from '../house/sources.js';

/** What the SQL in a file names. */
export interface NamedTables {
  /** Tables of read models, as they are. */
  readonly read: ReadonlySet<string>;
  /** Those that are read without the rows of test accounts. */
  readonly reported: ReadonlySet<string>;
  /** Whether a name is put together, so that nobody can tell which table it is. */
  readonly isPutTogether: boolean;
}

const STATEMENT = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b/u;
/** With its schema, or bare behind FROM and JOIN. */
const TABLE = /\b(?:read\.|(?:FROM|JOIN)\s+)([a-z_]+)\b(?!\.)/gu;
const PUT_TOGETHER = /\b(?:FROM|JOIN)\s+read\.$/u;

export const parsed = ({ path, text }: SourceFile): ts.SourceFile =>
  ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);

/** Strings, and the parts of templates between what is filled in; not the modules that are imported. */
const textsIn = (node: ts.Node): string[] => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return [];
  if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
    return [node.text];
  return childrenOf(node).flatMap(textsIn);
};

export const childrenOf = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
};

/** What a helper is called with, where that is a text. */
const argumentsOf = (node: ts.Node, helper: string): string[] => {
  const below = childrenOf(node).flatMap((child) => argumentsOf(child, helper));
  if (!ts.isCallExpression(node) || node.expression.getText() !== helper) return below;
  const [table, schema] = node.arguments;
  if (table === undefined || (schema !== undefined && ts.isStringLiteralLike(schema) && schema.text === 'ops'))
    return below;
  return [ts.isStringLiteralLike(table) ? table.text : '', ...below];
};

export const tablesIn = (file: SourceFile, tables: ReadonlySet<string>): NamedTables => {
  const source = parsed(file);
  const texts = textsIn(source);
  const selected = argumentsOf(source, 'selectFrom');
  const reported = argumentsOf(source, 'reported');
  const named = texts.flatMap((text) => [...text.matchAll(TABLE)].map(([, name]) => name!));
  return {
    read: new Set([...named, ...selected].filter((name) => tables.has(name))),
    reported: new Set(reported),
    isPutTogether: texts.some((text) => PUT_TOGETHER.test(text)) || [...selected, ...reported].includes(''),
  };
};

export const hasSql = (file: SourceFile): boolean => textsIn(parsed(file)).some((text) => STATEMENT.test(text));
