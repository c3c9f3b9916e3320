import { trace } from '@opentelemetry/api';
import { requestScope, type RequestScope } from '../access/request-scope.js';

/** What every line of the log says of the request and the trace that it belongs to. Never a URL, a header or a body. */
export const requestFields = (): Readonly<Record<string, string>> => {
  const span = trace.getActiveSpan()?.spanContext();
  const scope = requestScope();
  return {
    ...(scope ? fieldsOf(scope) : {}),
    ...(span ? { trace_id: span.traceId, span_id: span.spanId } : {}),
  };
};

const fieldsOf = ({ requestId, door, operation, caller }: RequestScope): Readonly<Record<string, string>> => ({
  requestId,
  door,
  ...(operation === undefined ? {} : { operation }),
  ...(caller ? { tenantId: caller.tenantId } : {}),
});
