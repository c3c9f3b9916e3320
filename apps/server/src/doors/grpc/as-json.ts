import type { Payload } from '../http-form.js';

interface Price {
  readonly tiers?: readonly object[];
  readonly cells?: readonly object[];
  readonly overage?: Price;
}

interface Priced {
  readonly price?: Price;
}

/** The fields of a request as the other doors have them. */
export const asJson = (name: string, request: Payload): Payload => {
  switch (name) {
    case 'CreatePlan':
      return withEmptyFields(request);
    case 'CreateSubscription':
      return withEmptyPrices(request);
    case 'ChangeSubscription':
      return withRemovedTexts(request);
    case 'ChangePlan':
      return withRemovals(withEmptyPrices(request));
    case 'SubscribeEvents':
      return withoutFilter(request);
    default:
      return request;
  }
};

const withoutFilter = ({ filter, ...request }: Payload): Payload => ({
  ...request,
  ...(filter as Payload | undefined),
});

/**
 * Protobuf has neither null nor empty lists and maps: the tier that names no end is the one without an end, a plan may have no charges,
 * a cell of no property values fits every reading. The same command has then the same body, and so the same hash, at every door.
 */
const withEmptyFields = (request: Payload): Payload => {
  const { charges = [] } = request as { readonly charges?: readonly Priced[] };
  return { ...request, charges: charges.map(withCompletedPrice) };
};

const withEmptyPrices = (request: Payload): Payload => {
  const { overrides } = request as { readonly overrides?: Readonly<Record<string, Priced>> };
  if (!overrides) return request;
  const completedOnes = Object.entries(overrides).map(
    ([charge, terms]) => [charge, withCompletedPrice(terms)] as const,
  );
  return { ...request, overrides: Object.fromEntries(completedOnes) };
};

/** A map has no null in it: what says nothing of a charge takes back what was agreed of it. */
const withRemovals = (request: Payload): Payload => {
  const { overrides } = request as { readonly overrides?: Readonly<Record<string, object>> };
  if (!overrides) return request;
  const agreed = Object.entries(overrides).map(([charge, terms]) => [charge, isEmpty(terms) ? null : terms] as const);
  return { ...request, overrides: Object.fromEntries(agreed) };
};

const withRemovedTexts = (request: Payload): Payload => {
  const { metadata } = request as { readonly metadata?: Readonly<Record<string, { readonly text?: string }>> };
  if (!metadata) return request;
  return {
    ...request,
    metadata: Object.fromEntries(Object.entries(metadata).map(([key, { text }]) => [key, text ?? null])),
  };
};

const isEmpty = (object: object): boolean => Object.keys(object).length === 0;

const withCompletedPrice = (priced: Priced): Priced =>
  priced.price ? { ...priced, price: completed(priced.price) } : priced;

const completed = ({ tiers, cells, overage, ...price }: Price): Price => ({
  ...price,
  ...(tiers ? { tiers: tiers.map((tier) => ({ upTo: null, ...tier })) } : {}),
  ...(cells ? { cells: cells.map((cell) => ({ match: {}, ...cell })) } : {}),
  ...(overage ? { overage: completed(overage) } : {}),
});
