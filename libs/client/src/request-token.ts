import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** A request by NATS, as it goes out. */
export interface NatsRequest {
  readonly subject: string;
  /** The body, byte for byte. */
  readonly body: string | Uint8Array;
  /** What goes beside it; names in any case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is on its way for longer is not answered. */
export const REQUEST_TOKEN_SECONDS = 60;

/** The headers that change what a request does, in the order in which they are bound. */
export const BOUND_HEADERS = ['idempotency-key', 'if-match', 'recount-consistent-with', 'x-reason'] as const;

/** What a token is bound to: SHA-256, in base64url, of the bound headers that are there, as lines `name: value`, an empty line, and the body. */
export const requestDigest = ({ headers = {}, body }: Omit<NatsRequest, 'subject'>): string => {
  const said = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const digest = createHash('sha256');
  for (const name of BOUND_HEADERS) if (said.has(name)) digest.update(`${name}: ${said.get(name)}\n`);
  return digest.update('\n').update(body).digest('base64url');
};

/** By this, the server finds an API key; it opens nothing. */
export const keyDigest = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * What goes out instead of an API key, as `Authorization: Bearer <token>`: whoever reads it may send this very request again for a
 * minute, and gets the same answer; nothing else. A JWT, signed with the key by HMAC and SHA-256.
 */
export const requestToken = (key: string, request: NatsRequest): Promise<string> =>
  new SignJWT({ req: requestDigest(request) })
    .setProtectedHeader({ alg: 'HS256', kid: keyDigest(key) })
    .setAudience(request.subject)
    .setIssuedAt()
    // The same command twice is two commands, unless it is the same message.
    .setJti(randomUUID())
    .setExpirationTime(`${REQUEST_TOKEN_SECONDS}s`)
    .sign(new TextEncoder().encode(key));
