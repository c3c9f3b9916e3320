import { RouteConfig } from '@nestjs/platform-fastify';
import type { Permission } from './permissions.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route carries out; health, metrics and documentation have none. */
    readonly operation?: string;
    /** What a route takes that carries out no operation, and is not for everybody either. */
    readonly needs?: Permission;
  }
}

/** A command or query of the product, by the name that it has at every door. */
export interface DeclaredOperation {
  readonly name: string;
  readonly permission: Permission;
}

const OPERATION = 'recount:operation';

/** Declares a method that carries out an operation: what it is called at every door, and what its caller has to be allowed. */
export const Operation =
  (name: string, permission: Permission): MethodDecorator =>
  (prototype, property, descriptor: PropertyDescriptor) => {
    Reflect.defineMetadata(OPERATION, { name, permission } satisfies DeclaredOperation, descriptor.value as object);
    RouteConfig({ operation: name })(prototype, property, descriptor);
  };

export const operationOf = (handler: object): DeclaredOperation | undefined =>
  Reflect.getMetadata(OPERATION, handler) as DeclaredOperation | undefined;
