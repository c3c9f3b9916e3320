import { RequestMethod, type Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { operationOf, type DeclaredOperation } from '../access/operation.js';
import { PUBLIC } from '../pipeline/authentication.guard.js';
import { fieldsOf } from '../pipeline/declared-fields.js';
import { answerOf } from '../pipeline/documented.js';
import { RestModule } from './rest.module.js';

/** What the code itself says of one endpoint. Documents, doors and tests read it here: there is no second list. */
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
export const saidOf = <Said>({ controller, handler }: DeclaredRoute, key: string): Said | undefined =>
  said(controller, handler, key);

const said = <Said>(controller: Type, handler: object, key: string): Said | undefined =>
  (Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, controller)) as Said | undefined;

/** Every route of the REST door, from the controllers themselves: what is added later is found here, too. */
export const declaredRoutes = (): readonly DeclaredRoute[] => {
  const controllers = Reflect.getMetadata('controllers', RestModule) as Type[];
  return controllers.flatMap((controller) =>
    Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object))
      .filter(([, { value }]) => typeof value === 'function' && Reflect.hasMetadata('method', value as object))
      .map(([name, { value }]) => routeOf(controller, name, value as object)),
  );
};

const routeOf = (controller: Type, name: string, handler: object): DeclaredRoute => {
  const base = (Reflect.getMetadata('path', controller) as string).replace(/^\/$/, '');
  const path = Reflect.getMetadata('path', handler) as string;
  return {
    controller,
    name,
    handler,
    method: RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod] as DeclaredRoute['method'],
    path: path === '/' ? base : `${base}/${path}`,
    isPublic: said<boolean>(controller, handler, PUBLIC) === true,
    operation: operationOf(handler),
    streams: answerOf(handler)?.shape === 'stream',
    queryFields: new Set(queryClassesOf(controller, name).flatMap(fieldsOf)),
  };
};

/** Classes of the parameters that are decorated with `@Query()`. */
const queryClassesOf = (controller: Type, name: string): Type[] => {
  const sources = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Readonly<
    Record<string, { readonly index: number }>
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, name) ?? []) as Type[];
  return Object.entries(sources)
    .filter(([source]) => source.startsWith(`${RouteParamtypes.QUERY}:`))
    .map(([, { index }]) => types[index]!);
};
