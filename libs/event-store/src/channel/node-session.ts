import { once } from 'node:events';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';

import { mayShowLogin } from '../clear-credentials.js';
import { type ConnectionSettings } from '../connection-string.js';

/** A connection to a node, and what each call over it shows. */
export interface NodeSession {
  readonly session: ClientHttp2Session;
  readonly headers: OutgoingHttpHeaders;
}

const CONNECTED_WITHIN_MS = 2_000;
/** In mebibytes: more than what a channel has under way, for which it is bounded there. */
const SESSION_MEMORY = 64;

/** @param address host and port @throws Error if there is no connection in time */
export const connectTo = async (address: string, settings: ConnectionSettings): Promise<NodeSession> => {
  const { tls, name } = settings;
  const session = connect(`${tls === undefined ? 'http' : 'https'}://${address}`, {
    ...tls,
    maxSessionMemory: SESSION_MEMORY,
  });
  try {
    await once(session, 'connect', { signal: AbortSignal.timeout(CONNECTED_WITHIN_MS) });
  } catch (error) {
    session.on('error', () => undefined);
    session.destroy();
    throw error;
  }
  // Its calls are told, too, and say it to whoever waits.
  session.on('error', () => undefined);
  keepAlive(session, settings);
  return { session, headers: { 'connection-name': name, ...authorization(address, settings) } };
};

const authorization = (address: string, settings: ConnectionSettings): OutgoingHttpHeaders => {
  const { login } = settings;
  if (login === undefined || !mayShowLogin(address, settings)) return {};
  return { authorization: `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}` };
};

/** Finds out that a node is gone though its connection is not, before somebody appends. */
const keepAlive = (session: ClientHttp2Session, { keepAliveInterval, keepAliveTimeout }: ConnectionSettings): void => {
  if (keepAliveInterval < 0) return;
  let late: NodeJS.Timeout | undefined;
  const pings = setInterval(() => {
    if (session.destroyed) return;
    if (keepAliveTimeout >= 0) late ??= setTimeout(() => session.destroy(), keepAliveTimeout).unref();
    session.ping(() => {
      clearTimeout(late);
      late = undefined;
    });
  }, keepAliveInterval).unref();
  session.on('close', () => {
    clearInterval(pings);
    clearTimeout(late);
  });
};
