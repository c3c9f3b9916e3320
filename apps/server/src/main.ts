import '#runtime';

const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = process.env;
const collector = OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;

/** Tracing wraps what is imported after it, and costs nothing where spans go nowhere: it is not even loaded. */
const startTracing = async (): Promise<(() => Promise<void>) | null> =>
  collector !== undefined && OTEL_SDK_DISABLED !== 'true'
    ? (await import('./telemetry/start-tracing.js')).startTracing()
    : null;

const stopTracing = await startTracing().catch((error: unknown) => {
  console.error(error instanceof RangeError ? error.message : error);
  process.exit(2);
});
const { run } = await import('./run.js');
const code = await run();
await stopTracing?.();
process.exit(code);
