import type { Type } from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import type { DeclaredOperation } from '../access/operation.js';

/** What the code itself says of one endpoint. Documents, doors, the pipeline and tests read it here: there is no second list. */
export interface DeclaredRoute {
  readonly controller: Type;
  /** Name of the method that carries it out. */
  readonly name: string;
  readonly handler: object;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** As declared: `v1/accounts/:id`. */
  readonly path: string;
  readonly isPublic: boolean;
  /** What it is called at every door, and what its caller has to be allowed; public routes ask for nothing. */
  readonly operation: DeclaredOperation | undefined;
  /** Whether its answer goes on and on. */
  readonly streams: boolean;
  /** Fields that are read from the query string. */
  readonly queryFields: ReadonlySet<string>;
}

/** Metadata of a method, or of its controller where the method says nothing. */
export const saidOf = <Said>(
  { controller, handler }: Pick<DeclaredRoute, 'controller' | 'handler'>,
  key: string,
): Said | undefined => (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as Said | undefined;

/** Of an answer that comes through. */
export const statusOf = (route: DeclaredRoute): 200 | 201 =>
  saidOf<200 | 201>(route, HTTP_CODE_METADATA) ?? (route.method === 'POST' ? 201 : 200);
