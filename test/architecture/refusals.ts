import ts from 'typescript';
import type { SourceFile } from '../house/sources.js';
import { childrenOf, parsed } from './sql.js';

interface Refused {
  readonly code: string;
  readonly path: string;
}

/** Calls that refuse what is not there, by its name. */
const NOT_FOUND = new Set(['notFound', 'notFoundAsNamed', 'idIn', 'IdOf', 'IdField']);
/** Calls that refuse, with the place of the code among what they are called with. */
const REFUSING = new Map([
  ...[...NOT_FOUND].map((name) => [name, 0] as const),
  ['refuse', 0],
  ['DomainError', 0],
  ['refuseAt', 1],
  ['problem', 1],
]);
/** So do rules when they answer what is wrong. In requests that cannot be read, that is a detail of `invalid_request`. */
const REFUSING_RULES = new Map([...REFUSING, ['violation', 1]]);
const RULES = /^libs\//u;

/** The product, without what does not answer callers of the API. */
const ANSWERS = /^(?:apps\/server|libs|projections)\//u;
const MAY_REFUSE =
  /\b(?:refuse|refuseAt|notFound|notFoundAsNamed|idIn|IdOf|IdField|DomainError|problem|violation)\(|\bcode: '/u;

/** What the sources refuse with. A code that is a variable there was a text before. */
export const refusedIn = (files: readonly SourceFile[]): Refused[] =>
  files
    .filter(({ path, text }) => ANSWERS.test(path) && MAY_REFUSE.test(text))
    .flatMap((file) => codesIn(parsed(file), RULES.test(file.path)).map((code) => ({ code, path: file.path })));

const codesIn = (node: ts.Node, isRule: boolean): string[] => [
  ...(isRule && ts.isObjectLiteralExpression(node) ? codeOfObject(node) : codeOfCall(node, isRule)),
  ...childrenOf(node).flatMap((child) => codesIn(child, isRule)),
];

const codeOfCall = (node: ts.Node, isRule: boolean): string[] => {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return [];
  const name = node.expression.getText();
  const code = node.arguments?.[(isRule ? REFUSING_RULES : REFUSING).get(name) ?? Infinity];
  return textsOf(code).map((text) => (NOT_FOUND.has(name) ? `${text}_not_found` : text));
};

/** A code with its sentence. */
const codeOfObject = ({ properties }: ts.ObjectLiteralExpression): string[] => {
  const named = (name: string) => properties.find((property) => property.name?.getText() === name);
  const code = named('code');
  const isRefusal = named('message') !== undefined || named('detail') !== undefined;
  return isRefusal && code && ts.isPropertyAssignment(code) ? textsOf(code.initializer) : [];
};

const textsOf = (node: ts.Node | undefined): string[] => {
  if (node === undefined) return [];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  return ts.isStringLiteral(node) ? [node.text] : [];
};

/** Codes that nobody explains, with the file that refuses. */
export const unexplained = (files: readonly SourceFile[], declared: Readonly<Record<string, string>>): string[] =>
  refusedIn(files)
    .filter(({ code }) => !Object.hasOwn(declared, code))
    .map(({ code, path }) => `${path}: “${code}” has no sentence; put one into the refusals of its noun`);

/** Where codes are only told. */
const TELLS = /\.refusals\.ts$|^apps\/server\/src\/(?:rest|documentation)\//u;

/** Codes that are explained, and that no source names. */
export const unused = (files: readonly SourceFile[], declared: Readonly<Record<string, string>>): string[] => {
  const refused = new Set(refusedIn(files).map(({ code }) => code));
  const naming = files.filter(({ path }) => ANSWERS.test(path) && !TELLS.test(path));
  const named = new Set(naming.flatMap(({ text }) => [...text.matchAll(/'([a-z_]+)'/gu)].map(([, code]) => code!)));
  return Object.keys(declared).filter((code) => !refused.has(code) && !named.has(code));
};
