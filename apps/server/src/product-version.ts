import { createRequire } from 'node:module';

/** Of the package that this process runs from: its own name finds it, wherever it was built to. */
export const PRODUCT_VERSION = (createRequire(import.meta.url)('recount/package.json') as { readonly version: string })
  .version;
