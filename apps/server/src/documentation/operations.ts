import { RequestMethod, type Type } from '@nestjs/common';
import { operationOf as declared } from '../access/operation.js';
import type { Permission } from '../access/permissions.js';
import { PUBLIC } from '../rest/http/api-key.guard.js';
import { READS } from '../rest/http/consistency.interceptor.js';
import { answerOf, refusalsOf, type DocumentedAnswer, type DocumentedRefusals } from '../rest/http/documented.js';
import { SECRET } from '../rest/http/idempotency.interceptor.js';
import { RestModule } from '../rest/rest.module.js';

/** What the code itself says of one endpoint. */
export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly status: 200 | 201;
  readonly answer: DocumentedAnswer | undefined;
  readonly refusals: DocumentedRefusals;
  readonly isPublic: boolean;
  /** What its caller has to be allowed; public operations ask for nothing. */
  readonly permission: Permission | undefined;
  /** Whether it waits for read models when the caller names a position. */
  readonly waits: boolean;
  /** Whether the first answer is kept and given again. */
  readonly keepsAnswer: boolean;
}

/** `AccountsController`, `open` → `accountsOpen`. */
export const operationId = (controller: string, handler: string): string => {
  const name = controller.replace(/Controller$/, '');
  return `${name[0]!.toLowerCase()}${name.slice(1)}${handler[0]!.toUpperCase()}${handler.slice(1)}`;
};

/** Every endpoint of the REST door by its id. */
export const operations = (): ReadonlyMap<string, Operation> => {
  const controllers = Reflect.getMetadata('controllers', RestModule) as Type[];
  return new Map(
    controllers.flatMap((controller) =>
      Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object))
        .filter(([, { value }]) => typeof value === 'function' && Reflect.hasMetadata('method', value as object))
        .map(([name, { value }]): [string, Operation] => {
          const operation = operationOf(operationId(controller.name, name), controller, value as object);
          return [operation.id, operation];
        }),
    ),
  );
};

const operationOf = (id: string, controller: Type, handler: object): Operation => {
  const says = <Said>(key: string): Said | undefined =>
    (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as Said | undefined;
  const method = RequestMethod[says<RequestMethod>('method')!] as Operation['method'];
  return {
    id,
    method,
    status: says<200 | 201>('__httpCode__') ?? (method === 'POST' ? 201 : 200),
    answer: answerOf(handler),
    refusals: refusalsOf(handler),
    isPublic: says<boolean>(PUBLIC) === true,
    permission: declared(handler)?.permission,
    waits: method === 'GET' && says<string[]>(READS) !== undefined,
    keepsAnswer: method === 'POST' && says<boolean>(SECRET) !== true,
  };
};
