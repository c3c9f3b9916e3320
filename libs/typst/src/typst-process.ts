import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import typst from '@myriaddreamin/typst-ts-node-compiler';
import type * as FacturX from './factur-x.js';
import type { Order, Outcome, Setting } from './protocol.js';

/**
 * A process of its own: the compiler holds on to whoever calls it until it is done, and a thread could not be ended before. It imports nothing of ours but types, so
 * that it runs from the sources as it does when it is built, but for what is named by where this is.
 */
type Compiler = (order: Order) => Promise<Outcome>;

const FACTUR_X = new URL(`./factur-x${extname(import.meta.url)}`, import.meta.url).href;
const { asFacturX } = (await import(FACTUR_X)) as typeof FacturX;

/** There is no such folder: nothing is in it but what a document is given, a logo. */
const WORKSPACE = '/recount-document';

/** Results that so many documents did not use again are forgotten. */
const CACHE_AGE_MAX = 10;

/** A PDF that is not to be changed for a hundred years holds all that it needs, and so is one where a glyph is missing refused, not printed with a box. */
const compilerOf = ({ fonts, families, template }: Setting): Compiler => {
  const compiler = typst.NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: fonts.map((file) => readFileSync(file)) }],
  });
  return async ({ view, createdAt, facturX, logo }) => {
    const inputs = {
      view,
      families: JSON.stringify(families),
      ...(facturX === undefined ? {} : { facturX }),
      ...(logo === undefined ? {} : { logo: logo.name }),
    };
    compiler.resetShadow();
    if (logo !== undefined) compiler.mapShadow(`${WORKSPACE}/${logo.name}`, Buffer.from(logo.content, 'base64'));
    const result = compiler.compile({ mainFileContent: template, inputs });
    const error = result.takeError();
    if (error) return { fault: JSON.stringify(error.shortDiagnostics) };
    try {
      const pdf = compiler.pdf(result.result!, { pdfStandard: 'a-3b', creationTimestamp: createdAt });
      return { pdf: facturX === undefined ? pdf : await asFacturX(pdf) };
    } catch (refused) {
      return outcomeOf(refused instanceof Error ? refused.message : String(refused));
    } finally {
      compiler.evictCache(CACHE_AGE_MAX);
    }
  };
};

const MISSING = /the text `\\?"(.+?)\\?"` could not be displayed/gu;

const outcomeOf = (message: string): Outcome => {
  const missing = [...message.matchAll(MISSING)].map(([, text]) => named(text!));
  return missing.length === 0 ? { fault: message } : { missing: [...new Set(missing)] };
};

/** What cannot be shown is told by its number. */
const named = (text: string): string =>
  text.replaceAll(/\\+u\{([0-9a-f]+)\}/gu, (_, code: string) => `U+${code.toUpperCase().padStart(4, '0')}`);

// Whoever asked is gone.
process.once('disconnect', () => process.exit());

process.once('message', (setting: Setting) => {
  const compile = compilerOf(setting);
  process.on('message', (order: Order) => {
    void compile(order).then((outcome) => process.send!(outcome));
  });
});
