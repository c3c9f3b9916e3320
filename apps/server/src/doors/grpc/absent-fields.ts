import type { Payload } from '../http-form.js';

interface Price {
  readonly tiers?: readonly object[];
  readonly cells?: readonly object[];
  readonly overage?: Price;
}

/**
 * Protobuf has neither null nor empty lists and maps: the tier that names no end is the one without an end, a plan may have no charges,
 * a cell of no property values fits every reading. The same command has then the same body, and so the same hash, at every door.
 */
export const withWhatProtobufLeavesOut = (name: string, request: Payload): Payload => {
  if (name !== 'CreatePlan') return request;
  const { charges = [] } = request as { readonly charges?: readonly { readonly price?: Price }[] };
  return {
    ...request,
    charges: charges.map((charge) => (charge.price ? { ...charge, price: completed(charge.price) } : charge)),
  };
};

const completed = ({ tiers, cells, overage, ...price }: Price): Price => ({
  ...price,
  ...(tiers ? { tiers: tiers.map((tier) => ({ upTo: null, ...tier })) } : {}),
  ...(cells ? { cells: cells.map((cell) => ({ match: {}, ...cell })) } : {}),
  ...(overage ? { overage: completed(overage) } : {}),
});
