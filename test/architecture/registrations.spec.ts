import { describe, expect, it } from '@jest/globals';
import { sources, type SourceFile } from '../house/sources.js';
import { declaredOf, forgotten, REGISTERED, unhandled } from './registrations.js';

const { product } = sources();

const without = (path: string, line: RegExp): SourceFile[] =>
  product.map((file) => (file.path === path ? { path, text: file.text.replace(line, '') } : file));

describe('what has to be named in a list to come to life', () => {
  it('is named there', () => expect(forgotten(product)).toEqual([]));

  it.each(REGISTERED)('is found: every $what', (kind) => {
    const marks = product.filter(({ path }) => kind.in.test(path)).flatMap(({ text }) => [...text.matchAll(kind.mark)]);
    const declared = declaredOf(kind, product);
    expect(declared.length).toBeGreaterThan(3);
    expect(declared.length).toBe(marks.length);
  });

  it.each([
    [
      'libs/billing/src/application/handlers.ts',
      /^ {2}VoidInvoiceHandler,\n/mu,
      'libs/billing/src/application/invoice/void-invoice.handler.ts: nothing starts the handler VoidInvoiceHandler; ' +
        'put it into BILLING_PROVIDERS in libs/billing/src/application/handlers.ts',
    ],
    [
      'apps/server/src/rest/rest.module.ts',
      /^ {4}RefundsController,\n/mu,
      'apps/server/src/rest/billing/refunds.controller.ts: nothing starts the controller RefundsController; ' +
        'put it into `controllers` in apps/server/src/rest/rest.module.ts',
    ],
    [
      'apps/server/src/projecting/all-projections.ts',
      /^ {2}mrrProjection,\n/mu,
      'projections/mrr/src/mrr.projection.ts: nothing starts the projection mrrProjection; ' +
        'put it into `projectionsWith` in apps/server/src/projecting/all-projections.ts',
    ],
    [
      'apps/server/src/core/core.module.ts',
      /^ {2}MrrQuery,\n/mu,
      'projections/mrr/src/mrr.query.ts: nothing starts the query MrrQuery; ' +
        'put it into QUERIES in apps/server/src/core/core.module.ts',
    ],
    [
      'apps/server/src/server.module.ts',
      /^ {14}AgendaReactor,\n/mu,
      'apps/server/src/worker/agenda.reactor.ts: nothing starts the reactor AgendaReactor; ' +
        'put it into the providers of the role `worker` in apps/server/src/server.module.ts',
    ],
  ])('is missed in %s, with file and remedy', (list, line, sentence) =>
    expect(forgotten(without(list, line))).toEqual([sentence]),
  );
});

describe('a command', () => {
  it('has a handler', () => expect(unhandled(product)).toEqual([]));

  it('is missed by its name where it has none', () => {
    const path = 'libs/billing/src/application/invoice/planted.handler.ts';
    const planted = { path, text: 'export class Planted extends Command<Executed<InvoiceDocument>> {\n}\n' };
    expect(unhandled([...product, planted])).toEqual([`${path}: no @CommandHandler(Planted) carries out Planted`]);
  });
});
