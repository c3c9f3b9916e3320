import { readdirSync, readFileSync } from 'node:fs';
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
export const fontsOf = (folder: string | null): Fonts => {
  const own = OWN.map((file) => require.resolve(`@expo-google-fonts/${file}`));
  const others = folder === null ? [] : filesIn(folder);
  const files = [...own, ...others];
  return { files, families: [...new Set(files.flatMap((file) => familiesIn(readFileSync(file))))] };
};

/** In the order of their names, so that the same folder gives the same documents. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => FONT.test(name))
    .sort()
    .map((name) => join(folder, name));
