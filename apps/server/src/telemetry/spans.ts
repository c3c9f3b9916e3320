import { DomainError } from '#kernel';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span,
  type SpanOptions,
} from '@opentelemetry/api';

/** What the standard allows a span to link to, unless it is told otherwise. */
const LINKS_MAX = 128;

const tracer = trace.getTracer('recount');

/** Whether spans go anywhere: without a propagator nothing was set up, and nothing is spent on them. */
export const isTracing = (): boolean => propagation.fields().length > 0;

/** Does the work in a span of its own, within the one that is active. What the work refuses is no error of ours. */
export const inSpan = <Result>(name: string, options: SpanOptions, work: () => Promise<Result>): Promise<Result> =>
  isTracing() ? traced(name, options, work) : work();

const traced = <Result>(name: string, options: SpanOptions, work: () => Promise<Result>): Promise<Result> =>
  tracer.startActiveSpan(name, options, async (span) => {
    try {
      return await work();
    } catch (error) {
      noteFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  });

/** A span that somebody else ends, and the context in which others become its children. */
export const openSpan = (
  name: string,
  options: SpanOptions,
  headers: Readonly<Record<string, unknown>>,
): { readonly span: Span; readonly within: Context } => {
  const parent = propagation.extract(context.active(), headers);
  const span = tracer.startSpan(name, options, parent);
  return { span, within: trace.setSpan(parent, span) };
};

/** The active span as the `traceparent` of what it causes elsewhere; undefined if none is recorded. */
export const activeTraceparent = (): string | undefined => {
  if (trace.getActiveSpan()?.isRecording() !== true) return undefined;
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
};

/** Does the work as part of a trace that began elsewhere. */
export const inTraceOf = <Result>(traceparent: string | undefined, work: () => Result): Result =>
  traceparent === undefined ? work() : context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), work);

/** To the traces that events came from: work on a batch has many causes, and no parent. */
export const linksTo = (events: readonly { readonly metadata: { readonly traceparent?: string } }[]): Link[] => {
  if (!isTracing()) return [];
  const causes = new Set<string>();
  for (const { metadata } of events) {
    if (metadata.traceparent !== undefined) causes.add(metadata.traceparent);
    if (causes.size === LINKS_MAX) break;
  }
  return [...causes].flatMap((traceparent) => {
    const cause = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, { traceparent }));
    return cause ? [{ context: cause }] : [];
  });
};

/** Codes and names only: messages may repeat what was sent. */
const noteFailure = (span: Span, error: unknown): void => {
  if (error instanceof DomainError) span.setAttribute('recount.code', error.code);
  else span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'Error' });
};
