import { RequestMethod, type Type } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { operationOf } from '../access/operation.js';
import { fieldsOf } from '../pipeline/declared-fields.js';
import { saidOf, type DeclaredRoute } from '../pipeline/declared-route.js';
import { answerOf } from '../pipeline/documented.js';
import { declaredParameters } from '../pipeline/parameters.js';
import { PUBLIC } from '../pipeline/public.js';
import { RestModule } from './rest.module.js';

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
    isPublic: saidOf<boolean>({ controller, handler }, PUBLIC) === true,
    operation: operationOf(handler),
    streams: answerOf(handler)?.shape === 'stream',
    queryFields: new Set(queryClassesOf(controller, name).flatMap(fieldsOf)),
  };
};

/** Classes of the parameters that are decorated with `@Query()`. */
const queryClassesOf = (controller: Type, name: string): Type[] =>
  declaredParameters(controller, name).flatMap(({ source, type }) =>
    source === RouteParamtypes.QUERY && type !== undefined ? [type] : [],
  );
