import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './sources.js';

interface Report {
  readonly issues: readonly {
    readonly file: string;
    readonly exports?: readonly { readonly name: string }[];
    readonly files?: readonly unknown[];
  }[];
}

/** Libs that hold rules, and nothing else. */
export const PURE = /^libs\/(?:kernel|rating|ledger|analytics|billing\/src\/[^/]+(?!\/use-cases))\//u;

const SETTINGS = {
  // The last four are folders of which a list is made as the product starts.
  entry: [
    'apps/*/src/main.ts!',
    'apps/server/src/{embedded,launching}/*-host.ts!',
    'apps/server/src/rest/*/**/*.ts!',
    'libs/billing/src/*/use-cases/**/*.ts!',
    'libs/billing/src/*/*.refusals.ts!',
    'projections/*/src/index.ts!',
  ],
  project: ['{apps,libs,projections,migrations}/**/*.ts!', '!**/*.{spec,contract}.ts!', '!libs/testing/**!'],
  include: ['exports', 'files'],
  ignoreExportsUsedInFile: true,
};

/** How libs find each other, in words that knip knows. */
const PATHS = {
  '#projections/*': [join(ROOT, 'projections/*/src/index.ts')],
  '#billing/*': [join(ROOT, 'libs/billing/src/*/index.ts')],
  '#*': [join(ROOT, 'libs/*/src/index.ts')],
};

/** `file#name` of what pure libs export and no `main.ts` reaches. */
export const unreachedExports = async (): Promise<string[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-house-'));
  try {
    const [settings, types] = [join(folder, 'knip.json'), join(folder, 'tsconfig.json')];
    writeFileSync(settings, JSON.stringify(SETTINGS));
    writeFileSync(types, JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions: { paths: PATHS } }));
    const { issues } = await knip(['--production', '--config', settings, '--tsConfig', types, '--reporter', 'json']);
    return issues
      .filter(({ file }) => PURE.test(file))
      .flatMap(({ file, exports = [], files = [] }) =>
        [...(files.length > 0 ? exportedBy(file) : []), ...exports.map(({ name }) => name)].map(
          (name) => `${file}#${name}`,
        ),
      )
      .filter((name) => !/\/index\.ts#/u.test(name))
      .sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Of a file that nothing reaches, of which knip names the file alone; as elsewhere without what the file itself uses. */
const exportedBy = (file: string): string[] => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const names = [...text.matchAll(EXPORT)].map(([, name]) => name!);
  return names.filter((name) => text.match(new RegExp(`\\b${name}\\b`, 'gu'))!.length === 1);
};

const EXPORT = /^export (?:abstract )?(?:const|class|function|enum) (\w+)/gmu;

const knip = (options: readonly string[]): Promise<Report> =>
  new Promise((resolve, reject) => {
    const program = join(ROOT, 'node_modules/knip/bin/knip.js');
    execFile(process.execPath, [program, ...options], { cwd: ROOT }, (error, stdout, stderr) => {
      // Its exit code says that it found something.
      if (stdout.startsWith('{')) resolve(JSON.parse(stdout) as Report);
      else reject(new Error(`knip did not report: ${stderr || error?.message}`));
    });
  });
