/** Connection lost, server going down, too many connections, deadlock, serialization: trying again may help. */
const TRANSIENT_CLASSES = new Set(['08', '57', '53', '40']);
const TRANSIENT_ERRORS = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT', 'ETIMEDOUT', 'ENOTFOUND']);

/** Whether Postgres is away rather than unwilling: the same statement may work in a moment. */
export const isOutage = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: string };
  if (code === undefined)
    return /terminated|timeout exceeded when trying to connect|Connection ended|after calling end on the pool/i.test(
      error.message,
    );
  return (
    TRANSIENT_ERRORS.has(code) || (code.length === 5 && TRANSIENT_CLASSES.has(code.slice(0, 2))) || code === '55P03'
  );
};
