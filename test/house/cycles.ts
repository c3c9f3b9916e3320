import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './sources.js';

interface Cruised {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly { readonly resolved: string }[];
  }[];
}

/** Groups of files that import each other, be it only for a type: the files of each group, the largest group first. */
export const cycles = async (): Promise<string[][]> => {
  const { modules } = await cruised();
  const imports = new Map(
    modules.map(({ source, dependencies }) => [source, dependencies.map(({ resolved }) => resolved)] as const),
  );
  return stronglyConnected(imports)
    .filter((group) => group.length > 1)
    .sort((left, right) => right.length - left.length);
};

/** Tarjan’s algorithm. */
const stronglyConnected = (edges: ReadonlyMap<string, readonly string[]>): string[][] => {
  const [indices, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const [stack, onStack] = [[] as string[], new Set<string>()];
  const groups: string[][] = [];
  const visit = (node: string): void => {
    const index = indices.size;
    indices.set(node, index);
    lowest.set(node, index);
    stack.push(node);
    onStack.add(node);
    for (const next of edges.get(node) ?? []) {
      if (!indices.has(next)) visit(next);
      if (onStack.has(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) !== index) return;
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) onStack.delete(member);
    groups.push(group.sort());
  };
  for (const node of edges.keys()) if (!indices.has(node)) visit(node);
  return groups;
};

const cruised = (): Promise<Cruised> =>
  new Promise((resolve, reject) => {
    const program = join(ROOT, 'node_modules/.bin/depcruise');
    const parts = ['apps', 'libs', 'packages', 'projections', 'migrations'];
    const args = [program, ...parts, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Cruised);
      else reject(new Error(`dependency-cruiser did not report: ${stderr || error?.message}`));
    });
  });
