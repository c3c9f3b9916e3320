import ts from 'typescript';
import { linesOf, type SourceFile } from './sources.js';

export interface Sizes {
  readonly p50: number;
  readonly p90: number;
  readonly max: number;
  /** Where the largest one is. */
  readonly largest: string;
}

interface Sized {
  readonly name: string;
  readonly lines: number;
}

const PERCENT = 100;

const sizesOf = (sized: readonly Sized[]): Sizes => {
  const ordered = [...sized].sort((left, right) => left.lines - right.lines);
  const at = (percent: number): Sized => ordered[Math.ceil((ordered.length * percent) / PERCENT) - 1]!;
  const largest = at(PERCENT);
  return { p50: at(50).lines, p90: at(90).lines, max: largest.lines, largest: largest.name };
};

export const fileSizes = (files: readonly SourceFile[]): Sizes =>
  sizesOf(files.map((file) => ({ name: file.path, lines: linesOf(file) })));

/** From the first line of a function to its last. What stands within another one counts for both. */
export const functionSizes = (files: readonly SourceFile[]): Sizes => sizesOf(files.flatMap(functionsIn));

const functionsIn = ({ path, text }: SourceFile): Sized[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Sized[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      const [first, last] = [node.getStart(source), node.end].map(
        (at) => source.getLineAndCharacterOfPosition(at).line,
      );
      found.push({ name: `${path}:${first! + 1}`, lines: last! - first! + 1 });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
};
