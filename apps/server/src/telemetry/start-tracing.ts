import { register } from 'node:module';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import pTimeout from 'p-timeout';

/** Longer than this, nobody waits for a collector at the end. */
const LAST_EXPORT_MILLISECONDS = 3_000;

/** Read by the packages themselves; whatever is set stays as it is. */
const UNLESS_TOLD = {
  OTEL_SERVICE_NAME: 'recount',
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

/** By the values of the standard variables. */
const EXPORTERS: Readonly<Record<string, () => Promise<SpanExporter>>> = {
  'http/protobuf': async () => new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter(),
  'http/json': async () => new (await import('@opentelemetry/exporter-trace-otlp-http')).OTLPTraceExporter(),
  grpc: async () => new (await import('@opentelemetry/exporter-trace-otlp-grpc')).OTLPTraceExporter(),
};

const exporter = (): Promise<SpanExporter> => {
  const name = ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'OTEL_EXPORTER_OTLP_PROTOCOL'].find((one) => process.env[one]);
  const protocol = name === undefined ? 'http/protobuf' : process.env[name]!;
  if (Object.hasOwn(EXPORTERS, protocol)) return EXPORTERS[protocol]!();
  throw new RangeError(`${name}="${protocol}": it is one of ${Object.keys(EXPORTERS).join(', ')}.`);
};

/**
 * Sends spans to an OTLP collector, as the standard `OTEL_…` variables say. Wraps what is imported afterwards, so it comes
 * before everything else. Answers what ends it.
 */
export const startTracing = async (): Promise<() => Promise<void>> => {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  for (const [name, value] of Object.entries(UNLESS_TOLD)) process.env[name] ??= value;
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { defaultResource, detectResources, envDetector, hostDetector, processDetector } =
    await import('@opentelemetry/resources');
  const { registerInstrumentations } = await import('@opentelemetry/instrumentation');
  const provider = new NodeTracerProvider({
    resource: defaultResource().merge(detectResources({ detectors: [envDetector, processDetector, hostDetector] })),
    spanProcessors: [new BatchSpanProcessor(await exporter())],
  });
  provider.register();
  registerInstrumentations({ instrumentations: await enabledInstrumentations() });
  return async () => {
    await pTimeout(
      provider.shutdown().catch(() => undefined),
      { milliseconds: LAST_EXPORT_MILLISECONDS, message: false },
    );
  };
};
