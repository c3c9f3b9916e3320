import { DomainError, ID_PREFIXES, isId, notFound, refuse, refuseAt, type IdOf as IdOfKind } from '#kernel';
import { issuerOf, type BillingTerms } from '#billing/tenant';
import { parseAsOf, type AsOf, type EffectiveCut } from '#replay';
import { applyDecorators, Param } from '@nestjs/common';
import { IsString } from 'class-validator';
import { requestScope } from '../access/request-scope.js';
import { ReadAs } from './fields.js';
import { readBy } from './parameters.js';
import type { TimeQuery } from './queries.dto.js';

type Thing = keyof typeof ID_PREFIXES;

/** The id in a text of a request: as it stands there, or found by `external:<externalId>`. What has neither form names nothing. */
export const idIn = <Named extends Thing>(thing: Named, reference: string): IdOfKind<Named> =>
  isId(ID_PREFIXES[thing], reference)
    ? reference
    : ((byExternalId(thing, reference) as IdOfKind<Named> | undefined) ?? notFound(thing, reference));

const byExternalId = (thing: Thing, reference: string): string | undefined => {
  const named = requestScope()?.named;
  if (thing === 'account') return named?.accounts.get(reference);
  return thing === 'subscription' ? named?.subscriptions.get(reference) : undefined;
};

/** Where nothing is known of what a request named: as it was named there. */
export const notFoundAsNamed = (thing: 'account' | 'subscription', id: string): never => {
  const { accounts = [], subscriptions = [] } = requestScope()?.named ?? {};
  const [reference] = [...accounts, ...subscriptions].find(([, named]) => named === id) ?? [id];
  return notFound(thing, reference);
};

/** What a path names: `@IdOf('invoice') invoiceId: InvoiceId`. */
export const IdOf =
  (thing: Thing, parameter = 'id'): ParameterDecorator =>
  (target, method, index) => {
    // The type of an id is gone when the document looks for it.
    (Reflect.getMetadata('design:paramtypes', target, method!) as unknown[])[index] = String;
    Param(parameter)(target, method, index);
    readBy(({ params }) => idIn(thing, (params as Readonly<Record<string, string>>)[parameter]!))(
      target,
      method,
      index,
    );
  };

/** A text that names something, or a list of such texts, handed on as ids. */
export const IdField = (thing: Thing, options: { readonly each?: boolean } = {}): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    ReadAs((reference: string) => idIn(thing, reference)),
  );

/** What the command finds missing is the account that its body names: says where. */
export const namingAccountAt = async <Result>(pointer: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'account_not_found' && error.violations.length === 0)
      return refuseAt(pointer, error.code, error.message, error.kind);
    throw error;
  }
};

export interface Past {
  readonly asOf?: AsOf;
  readonly effective?: EffectiveCut;
}

/** What of the past is asked for; undefined if only the present is. The tenant is asked for its zones where days count. */
export const pastIn = async (
  { asOf, effectiveAt }: TimeQuery,
  termsOf: () => Promise<Pick<BillingTerms, 'issuers'>>,
): Promise<Past | undefined> => {
  if (asOf === undefined && effectiveAt === undefined) return undefined;
  const cut = asOf === undefined ? {} : { asOf: parseAsOf(asOf) };
  if (effectiveAt === undefined) return cut;
  const terms = await termsOf();
  return { ...cut, effective: { at: effectiveAt, zoneOf: (entityId) => issuerOf(terms, entityId).timeZone } };
};

/** Of read models, which have no revisions: a position, an instant, or all there is. */
export const readModelCut = (asOf: string | undefined) => {
  if (asOf === undefined) return {};
  const cut = parseAsOf(asOf);
  switch (cut.kind) {
    case 'position':
      return { position: cut.position };
    case 'instant':
      return { recordedAt: cut.at };
    case 'revision':
      return refuse(
        'invalid_as_of',
        'A revision is of one account: here, asOf is an instant or position:<n>.',
        'invalid',
      );
  }
};
