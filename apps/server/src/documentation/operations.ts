import type { Permission } from '../access/permissions.js';
import { saidOf, statusOf, type DeclaredRoute } from '../pipeline/declared-route.js';
import { READS } from '../pipeline/consistency.js';
import { answerOf, refusalsOf, type DocumentedAnswer, type DocumentedRefusals } from '../pipeline/documented.js';
import { SECRET } from '../pipeline/idempotency.js';
import { declaredRoutes } from '../rest/declared-routes.js';

/** What the document says of one endpoint. */
export interface Operation {
  readonly id: string;
  readonly place: string;
  readonly method: DeclaredRoute['method'];
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

/** The method that carries an operation out, as Nest names it. */
export const placeOf = (controller: string, handler: string): string => `${controller}.${handler}`;

/** As it is called at every door, `OpenAccount` → `openAccount`; what is public and has no name there, by its place. */
const operationId = ({ controller, name: method, operation }: DeclaredRoute): string => {
  const place = `${controller.name.replace(/Controller$/, '')}${method[0]!.toUpperCase()}${method.slice(1)}`;
  const name = operation?.name ?? place;
  return `${name[0]!.toLowerCase()}${name.slice(1)}`;
};

/** Every endpoint of the REST door by its id. */
export const operations = (): ReadonlyMap<string, Operation> =>
  new Map(
    declaredRoutes()
      .map(documented)
      .map((operation) => [operation.id, operation]),
  );

const documented = (route: DeclaredRoute): Operation => ({
  id: operationId(route),
  place: placeOf(route.controller.name, route.name),
  method: route.method,
  status: statusOf(route),
  answer: answerOf(route.handler),
  refusals: refusalsOf(route.handler),
  isPublic: route.isPublic,
  permission: route.operation?.permission,
  waits: route.method === 'GET' && saidOf<string[]>(route, READS) !== undefined,
  keepsAnswer: route.method === 'POST' && saidOf<boolean>(route, SECRET) !== true,
});
