import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { familiesIn } from './font-families.js';

const require = createRequire(import.meta.url);

/** Latin, Greek, Cyrillic; Arabic; Hebrew. */
const OWN = [
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf',
];

const FONT = /\.(?:ttf|otf|ttc|otc)$/iu;

export interface Fonts {
  readonly files: readonly string[];
  /** What they are called, the ones that are looked at first first. No other font of the machine is. */
  readonly families: readonly string[];
}

/** Those that come with the product, and those of a folder. @throws Error if there is no such folder */
export const fontsOf = async (folder: string | null): Promise<Fonts> => {
  const own = OWN.map((file) => require.resolve(`@expo-google-fonts/${file}`));
  const others = folder === null ? [] : await filesIn(folder);
  const files = [...own, ...others];
  const families = new Set<string>();
  // One after the other: a folder of fonts may be larger than what is to be in memory at once.
  for (const file of files) for (const family of familiesIn(await readFile(file))) families.add(family);
  return { files, families: [...families] };
};

/** In the order of their names, so that the same folder gives the same documents. */
const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder))
    .filter((name) => FONT.test(name))
    .sort()
    .map((name) => join(folder, name));
