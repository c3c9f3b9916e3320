const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SDK_DISABLED } = process.env;
const collector = OTEL_EXPORTER_OTLP_ENDPOINT ?? OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;

/**
 * Before everything else of a process: tracing wraps what is imported after it, and costs nothing where spans go nowhere: it is not even
 * loaded. Answers how it ends. @throws Error of settings that make no sense
 */
export const startTracingWhereWanted = async (): Promise<(() => Promise<void>) | null> =>
  collector !== undefined && OTEL_SDK_DISABLED !== 'true' ? (await import('./start-tracing.js')).startTracing() : null;
