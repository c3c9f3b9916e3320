/** Services: `Gossip`, for clients that ask a cluster who leads before they connect. */
import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { v4 as randomId } from 'uuid';

import { encodeSingleMember } from '../codec/gossip.js';

type Call = Pick<ServerUnaryCall<Buffer, Buffer>, 'getHost'>;

/** Where the caller reached this server is where it reaches it again, whatever the server itself is bound to. */
export const gossipService = (now: () => number): ((call: Call, answer: sendUnaryData<Buffer>) => void) => {
  const id = randomId();
  return (call, answer) => answer(null, encodeSingleMember({ id, ...placeOf(call.getHost()) }, now()));
};

/** An authority such as `localhost:2113` or `[::1]:2113`. */
const placeOf = (authority: string): { readonly address: string; readonly port: number } => {
  const colon = authority.lastIndexOf(':');
  return { address: authority.slice(0, colon), port: Number(authority.slice(colon + 1)) };
};
