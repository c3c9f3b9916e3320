import { isNativeError } from 'node:util/types';

/** Connection lost, server going down, too many connections, deadlock, serialization: trying again may help. */
const TRANSIENT_CLASSES = new Set(['08', '57', '53', '40']);
const TRANSIENT_ERRORS = new Set([
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ETIMEDOUT',
]);
/** What the driver says of itself has no code. */
const TRANSIENT_MESSAGES =
  /terminated|timeout exceeded when trying to connect|timeout expired|Connection ended|after calling end on the pool|not queryable|Query read timeout/i;

/** A host with several addresses, none of which answers. */
const isOfSeveral = (error: Error): boolean => error instanceof AggregateError && error.errors.some(isOutage);

/** Its disk has no room: nothing of the transaction was written. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && (error as Error & { code?: string }).code === '53100';

/** Whether Postgres is away rather than unwilling: the same statement may work in a moment. */
export const isOutage = (error: unknown): boolean => {
  // Whichever realm it comes from: those of Node's sockets are of another one in a test.
  if (!isNativeError(error)) return false;
  const { code } = error as Error & { code?: string };
  if (code === undefined) return isOfSeveral(error) || TRANSIENT_MESSAGES.test(error.message);
  return (
    TRANSIENT_ERRORS.has(code) || (code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2))) || code === '55P03'
  );
};
