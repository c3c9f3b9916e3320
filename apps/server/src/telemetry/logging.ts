import type { Params } from 'nestjs-pino';
import { requestFields } from './request-fields.js';

/** What must not be in a log even if somebody logs a whole request or a whole account. */
const SECRETS = [
  'authorization',
  'cookie',
  'idempotency-key',
  'headers',
  'body',
  'secret',
  'apiKey',
  'personal',
  'email',
];

/** JSON lines. No middleware: requests are logged where they are answered. */
export const logging = (level: string): Params => ({
  forRoutes: [],
  pinoHttp: {
    level,
    autoLogging: false,
    mixin: requestFields,
    wrapSerializers: false,
    serializers: { err: errorFields },
    redact: { paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '…' },
  },
});

/** Drivers hang rows and parameters on their errors: of an error, only what it is and where it came from. */
const errorFields = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error;
  const { name, message, stack, cause } = error;
  const { code } = error as { readonly code?: unknown };
  return {
    type: name,
    message,
    stack,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause instanceof Error ? { cause: errorFields(cause) } : {}),
  };
};
