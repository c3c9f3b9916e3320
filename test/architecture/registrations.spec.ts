import { BILLING_PROVIDERS } from '#billing';
import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { MODULE_METADATA } from '@nestjs/common/constants.js';
import { RestModule } from '../../apps/server/src/rest/rest.module.js';
import { sources, type SourceFile } from '../house/sources.js';
import {
  CONTROLLERS,
  declaredOf,
  forgotten,
  HANDLERS,
  namedIn,
  PROJECTIONS,
  QUERIES,
  REACTORS,
  unhandled,
} from './registrations.js';

const { product } = sources();

const namesOf = (classes: readonly Type[]): ReadonlySet<string> => new Set(classes.map(({ name }) => name));
const textOf = (paths: RegExp): ReadonlySet<string> => namedIn(product.filter(({ path }) => paths.test(path)));
const CONTROLLED = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, RestModule) as readonly Type[];
const READ_MODELS = /^projections\/[^/]+\/src\/index\.ts$|^apps\/server\/src\/core\/reading-providers\.ts$/u;

/** What is alive, by its kind: of folders what the server finds in them, of the rest what is named where it has to be. */
const ALIVE = [
  [HANDLERS, namesOf(BILLING_PROVIDERS)],
  [CONTROLLERS, namesOf(CONTROLLED)],
  [PROJECTIONS, textOf(READ_MODELS)],
  [QUERIES, textOf(READ_MODELS)],
  [REACTORS, textOf(/^apps\/server\/src\/server\.module\.ts$/u)],
] as const;

describe.each(ALIVE.map(([kind, alive]) => ({ ...kind, kind, alive })))('every $what', ({ kind, alive }) => {
  it('comes to life, each of them', () => expect(forgotten(kind, product, alive)).toEqual([]));

  it('is found, however it is written', () => {
    const marks = product.filter(({ path }) => kind.in.test(path)).flatMap(({ text }) => [...text.matchAll(kind.mark)]);
    const declared = declaredOf(kind, product);
    expect(declared.length).toBeGreaterThan(3);
    expect(declared.length).toBe(marks.length);
  });
});

describe('what stands where nobody looks for it', () => {
  it.each([
    [0, 'libs/billing/src/invoice/planted.ts', '@CommandHandler(Planted)\nexport class PlantedHandler {}\n'],
    [1, 'apps/server/src/rest/planted.controller.ts', "@Controller('v1')\nexport class PlantedController {}\n"],
    [2, 'projections/planted/src/planted.projection.ts', 'export const plantedProjection = projection({\n'],
    [3, 'projections/mrr/src/planted.query.ts', 'export class PlantedQuery {\n  constructor(\n'],
    [4, 'apps/server/src/worker/planted.reactor.ts', '@Injectable()\nexport class PlantedReactor {\n'],
  ])('is missed, with file and remedy (%#)', (index, path, text) => {
    const planted: SourceFile = { path, text };
    const [kind, alive] = ALIVE[index]!;
    const name = declaredOf(kind, [planted])[0]!.name;
    expect(forgotten(kind, [...product, planted], alive)).toEqual([
      `${path}: nothing starts the ${kind.what} ${name}; ${kind.remedy}`,
    ]);
  });
});

describe('a command', () => {
  it('has a handler', () => expect(unhandled(product)).toEqual([]));

  it('is missed by its name where it has none', () => {
    const path = 'libs/billing/src/invoice/use-cases/planted.handler.ts';
    const planted = { path, text: 'export class Planted extends Command<Executed<InvoiceDocument>> {\n}\n' };
    expect(unhandled([...product, planted])).toEqual([`${path}: no @CommandHandler(Planted) carries out Planted`]);
  });
});
