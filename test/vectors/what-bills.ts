import ts from 'typescript';
import { moduleOf } from '../house/modules.js';
import { Reach } from '../house/reach.js';
import { sources, type SourceFile } from '../house/sources.js';
import { PURE } from '../house/unreached.js';

/**
 * The kinds of cases whose adapters call no rule that no process calls: a case of them goes through what bills. Another one may be right,
 * and yet prove arithmetic that nobody is billed by.
 */
export const kindsOfWhatBills = (): ReadonlySet<string> => {
  const { product, tests } = sources();
  const adapters = tests.filter(({ path }) => /^test\/vectors\/[^/.]+\.ts$/u.test(path));
  const reach = new Reach([...product, ...adapters]);
  const billing = reach.ofProcesses();
  const isBilledBy = ({ code, path }: KindAdapter) =>
    [...reach.of(code, path)].every((declaration) => billing.has(declaration) || !PURE.test(declaration));
  return new Set(adapters.flatMap(adaptersIn).flatMap((found) => (isBilledBy(found) ? found.kind : [])));
};

interface KindAdapter {
  readonly kind: string;
  readonly code: ts.Node;
  readonly path: string;
}

const adaptersIn = (file: SourceFile): KindAdapter[] =>
  [...moduleOf(file).declared.values()]
    .filter((code) => ts.isObjectLiteralExpression(code) && isAdapters(code))
    .flatMap((code) => (code as ts.ObjectLiteralExpression).properties)
    .filter(ts.isPropertyAssignment)
    .map(({ name, initializer }) => ({ kind: name.getText(), code: initializer, path: file.path }));

const isAdapters = ({ parent }: ts.Node): boolean =>
  ts.isVariableDeclaration(parent) && parent.type?.getText() === 'Adapters';
