import { parseAsOf, type AsOf } from '#replay';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { requestScope } from '../access/request-scope.js';
import { callerOf } from './caller.js';
import { ExternalReferences, externalReference, isExternalReference } from './external-references.js';

/**
 * Looks up at once what the ids in a request name that the tenant chose, wherever in it they stand. Whether they name accounts or
 * subscriptions is known to those who ask for them: both are looked up.
 */
@Injectable()
export class ExternalReferencesInterceptor implements NestInterceptor {
  constructor(private readonly references: ExternalReferences) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const scope = requestScope();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const named = scope ? referencesIn(request) : new Set<string>();
    if (named.size === 0) return next.handle();
    const { tenantId } = callerOf(request);
    const [accounts, subscriptions] = await Promise.all([
      this.references.accounts(tenantId, named, momentIn(request)),
      this.references.subscriptions(tenantId, named),
    ]);
    scope!.named = { accounts, subscriptions };
    return next.handle();
  }
}

/** In the path, the query, and the fields of the body; those of readings are looked up with the readings. */
const referencesIn = ({ params, query, body }: FastifyRequest): Set<string> =>
  new Set([...fieldsOf(params), ...fieldsOf(query).flatMap(inQuery), ...fieldsOf(body)].flatMap(inField));

/** What a name named then. Where it is wrong, the operation says so. */
const momentIn = ({ query }: FastifyRequest): AsOf | undefined => {
  const { asOf } = query as { readonly asOf?: unknown };
  try {
    return typeof asOf === 'string' ? parseAsOf(asOf) : undefined;
  } catch {
    return undefined;
  }
};

type Field = readonly [name: string, value: unknown];

const fieldsOf = (part: unknown): Field[] => (typeof part === 'object' && part !== null ? Object.entries(part) : []);

const inField = ([, value]: Field): string[] => [value].flat().filter(isExternalReference);

/** Lists of a query are told with commas. */
const inQuery = ([name, value]: Field): Field[] => {
  if (typeof value !== 'string') return [];
  if (name === 'externalId') return [[name, externalReference(value)]];
  return [
    [name, value],
    [name, value.split(',')],
  ];
};
