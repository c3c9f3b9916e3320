import { register } from 'node:module';

/** Longer than this, nobody waits for a collector at the end. */
const LAST_EXPORT_MILLISECONDS = 3_000;

/** Read by the packages themselves; whatever is set stays as it is. Figures have `/metrics`, lines have the standard output. */
const UNLESS_TOLD = {
  OTEL_SERVICE_NAME: 'recount',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'pg,undici',
};

/**
 * Sends spans to an OTLP collector, as the standard `OTEL_…` variables say. Wraps what is imported afterwards, so it comes
 * before everything else. Answers what ends it.
 */
export const startTracing = async (): Promise<() => Promise<void>> => {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  for (const [name, value] of Object.entries(UNLESS_TOLD)) process.env[name] ??= value;
  const { NodeSDK } = await import('@opentelemetry/sdk-node');
  const { getNodeAutoInstrumentations } = await import('@opentelemetry/auto-instrumentations-node');
  const sdk = new NodeSDK({
    // Only within our own spans: what is polled by the clock is nobody's request.
    instrumentations: getNodeAutoInstrumentations({
      '@opentelemetry/instrumentation-pg': { requireParentSpan: true },
      '@opentelemetry/instrumentation-undici': { requireParentforSpans: true },
    }),
  });
  sdk.start();
  return async () => {
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, LAST_EXPORT_MILLISECONDS));
    await Promise.race([sdk.shutdown().catch(() => undefined), tooLong]);
  };
};
