import type ts from 'typescript';
import { loadedBy, moduleOf, namesIn, type Module, type Reference } from './modules.js';
import type { SourceFile } from './sources.js';

/** What is declared at the top of a file, as `file#name`. */
export type Declaration = string;

/** Where a process begins. */
const ENTRY = /^apps\/(?:[^/]+\/src\/main|server\/src\/(?:embedded|launching)\/[^/]+-host)\.ts$/u;

/** What calls what: through barrels, from declaration to declaration, not from file to file. */
export class Reach {
  private readonly paths: readonly string[];
  private readonly modules: ReadonlyMap<string, Module>;

  constructor(files: readonly SourceFile[]) {
    this.paths = files.map(({ path }) => path);
    this.modules = new Map(files.map((file) => [file.path, moduleOf(file)]));
  }

  /** All that some process can come to. */
  ofProcesses(): ReadonlySet<Declaration> {
    return this.from([...this.modules.keys()].filter((path) => ENTRY.test(path)).flatMap((file) => this.allOf(file)));
  }

  /** All that code of a file can come to. */
  of(code: ts.Node, file: string): ReadonlySet<Declaration> {
    return this.from(this.referencesIn([code], file));
  }

  private from(references: readonly Reference[]): ReadonlySet<Declaration> {
    const reached = new Set<Declaration>();
    const waiting = [...references];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const key = `${next.file}#${next.name ?? ''}`;
      if (reached.has(key)) continue;
      reached.add(key);
      waiting.push(...this.referencesOf(next));
    }
    return reached;
  }

  private referencesOf({ file, name }: Reference): Reference[] {
    const module = this.modules.get(file);
    if (module === undefined) return [];
    if (name === undefined)
      return [...module.loads.map((loaded) => ({ file: loaded })), ...this.referencesIn(module.loading, file)];
    return this.referencesIn([module.declared.get(name)!], file);
  }

  private referencesIn(code: readonly ts.Node[], file: string): Reference[] {
    const { declared, imported } = this.modules.get(file)!;
    const named = [...new Set(code.flatMap((node) => [...namesIn(node)]))].flatMap((name) => {
      if (declared.has(name)) return { file, name };
      const from = imported.get(name);
      return from === undefined ? [] : (this.declaredAs(from) ?? []);
    });
    return [
      ...named,
      ...code.flatMap((node) => loadedBy(node, file, this.paths)).flatMap((loaded) => this.allOf(loaded)),
    ];
  }

  private allOf(file: string): Reference[] {
    const declared = this.modules.get(file)?.declared.keys() ?? [];
    return [{ file }, ...[...declared].map((name) => ({ file, name }))];
  }

  /** Where an exported name is declared. */
  private declaredAs({ file, name }: Reference): Reference | undefined {
    const module = this.modules.get(file);
    if (module === undefined || name === undefined) return undefined;
    if (module.declared.has(name)) return { file, name };
    const passed = module.exported.get(name);
    if (passed !== undefined) return this.declaredAs(passed);
    for (const other of module.passedOn) {
      const found = this.declaredAs({ file: other, name });
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
