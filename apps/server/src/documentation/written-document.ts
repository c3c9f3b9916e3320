import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

/** Writes a generated document to `docs`, formatted as everything else is. */
export const writeDocument = async (name: string, text: string): Promise<void> => {
  const file = fileURLToPath(new URL(`../../../../../docs/${name}`, import.meta.url));
  const parser = name.endsWith('.json') ? 'json' : 'markdown';
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser }));
};
