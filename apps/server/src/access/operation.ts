import type { Permission } from './permissions.js';

/** A command or query of the product, by the name that it has at every door. */
export interface DeclaredOperation {
  readonly name: string;
  readonly permission: Permission;
}

const OPERATION = 'recount:operation';

/** Declares a method that carries out an operation: what it is called at every door, and what its caller has to be allowed. */
export const Operation =
  (name: string, permission: Permission): MethodDecorator =>
  (_prototype, _name, { value }: PropertyDescriptor) =>
    Reflect.defineMetadata(OPERATION, { name, permission } satisfies DeclaredOperation, value as object);

export const operationOf = (handler: object): DeclaredOperation | undefined =>
  Reflect.getMetadata(OPERATION, handler) as DeclaredOperation | undefined;
