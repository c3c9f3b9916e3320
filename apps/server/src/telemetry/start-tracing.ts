import { register } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';

/** Longer than this, nobody waits for a collector at the end. */
const LAST_EXPORT_MILLISECONDS = 3_000;

/** Read by the packages themselves; whatever is set stays as it is. Figures have `/metrics`, lines have the standard output. */
const UNLESS_TOLD = {
  OTEL_SERVICE_NAME: 'recount',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,undici',
};

/** By the names of the standard variable. Only within our own spans: what is polled by the clock is nobody's request. */
const INSTRUMENTATIONS: Readonly<Record<string, () => Promise<Instrumentation>>> = {
  pg: async () => {
    const { PgInstrumentation } = await import('@opentelemetry/instrumentation-pg');
    return new PgInstrumentation({ requireParentSpan: true });
  },
  undici: async () => {
    const { UndiciInstrumentation } = await import('@opentelemetry/instrumentation-undici');
    return new UndiciInstrumentation({ requireParentforSpans: true });
  },
  http: async () => {
    const { HttpInstrumentation } = await import('@opentelemetry/instrumentation-http');
    return new HttpInstrumentation({ requireParentforOutgoingSpans: true });
  },
  grpc: async () => {
    const { GrpcInstrumentation } = await import('@opentelemetry/instrumentation-grpc');
    return new GrpcInstrumentation();
  },
};

const enabledInstrumentations = (): Promise<Instrumentation[]> => {
  const names = process.env['OTEL_NODE_ENABLED_INSTRUMENTATIONS']!.split(',').map((name) => name.trim());
  return Promise.all(
    Object.entries(INSTRUMENTATIONS).flatMap(([name, instrumentation]) =>
      names.includes(name) ? [instrumentation()] : [],
    ),
  );
};

/**
 * Sends spans to an OTLP collector, as the standard `OTEL_…` variables say. Wraps what is imported afterwards, so it comes
 * before everything else. Answers what ends it.
 */
export const startTracing = async (): Promise<() => Promise<void>> => {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  for (const [name, value] of Object.entries(UNLESS_TOLD)) process.env[name] ??= value;
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const sdk = new NodeSDK({ instrumentations: await enabledInstrumentations() });
  sdk.start();
  return async () => {
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, LAST_EXPORT_MILLISECONDS));
    await Promise.race([sdk.shutdown().catch(() => undefined), tooLong]);
  };
};
