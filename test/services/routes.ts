import 'reflect-metadata';
import { RequestMethod, type Type } from '@nestjs/common';
import { operationOf, type DeclaredOperation } from '../../apps/server/src/access/operation.js';
import { ROLES } from '../../apps/server/src/access/permissions.js';
import { RestModule } from '../../apps/server/src/rest/rest.module.js';

export interface Route {
  readonly method: string;
  /** As declared: `v1/accounts/:id`. */
  readonly path: string;
  readonly isPublic: boolean;
  readonly operation: DeclaredOperation | undefined;
}

/** Every route of the REST door, from the controllers themselves: what is added later is found here, too. */
export const routes = (): Route[] => {
  const controllers = Reflect.getMetadata('controllers', RestModule) as Type[];
  return controllers.flatMap((controller) => {
    const base = Reflect.getMetadata('path', controller) as string;
    const handlers = Object.getOwnPropertyDescriptors(controller.prototype as object);
    return Object.values(handlers).flatMap(({ value }: PropertyDescriptor): Route[] => {
      if (typeof value !== 'function' || !Reflect.hasMetadata('method', value)) return [];
      const of = (key: string): unknown => Reflect.getMetadata(key, value) ?? Reflect.getMetadata(key, controller);
      const path = Reflect.getMetadata('path', value) as string;
      return [
        {
          method: RequestMethod[Reflect.getMetadata('method', value) as RequestMethod],
          path: path === '/' ? base : `${base}/${path}`,
          isPublic: of('recount:public') === true,
          operation: operationOf(value),
        },
      ];
    });
  });
};

/** Whether a tenant's own credentials open it. */
export const isForInstallation = ({ operation }: Route): boolean =>
  operation !== undefined && !ROLES.billing_admin.includes(operation.permission);
