import type { Type } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readFields } from './fields.js';
import { checkOf, type Check, type RequestPart } from './validation.js';

/** What a method is given of a request. */
export type Read = (request: FastifyRequest, reply: FastifyReply) => unknown;

const READERS = 'recount:parameter-readers';

interface Reader {
  readonly index: number;
  readonly read: Read;
  /** Whether it comes before the checks of the body and the query. */
  readonly isFirst: boolean;
}

/** Declares how a parameter is read that is more than a part of its request. */
export const readBy =
  (read: Read, { isFirst = false }: { readonly isFirst?: boolean } = {}): ParameterDecorator =>
  (target, method, index) =>
    Reflect.defineMetadata(READERS, [...readersOf(target, method!), { index, read, isFirst }], target, method!);

const readersOf = (target: object, method: string | symbol): readonly Reader[] =>
  (Reflect.getMetadata(READERS, target, method) as readonly Reader[] | undefined) ?? [];

/** A parameter as Nest's decorators declare it. */
export interface DeclaredParameter {
  readonly source: RouteParamtypes;
  readonly index: number;
  /** A field of its source. */
  readonly field: string | undefined;
  /** What it is declared as in the code. */
  readonly type: Type | undefined;
}

export const declaredParameters = (controller: Type, method: string): readonly DeclaredParameter[] => {
  const sources = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) ?? {}) as Readonly<
    Record<string, { readonly index: number; readonly data?: string }>
  >;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, method) ?? []) as Type[];
  return Object.entries(sources).map(([source, { index, data }]) => ({
    source: Number.parseInt(source, 10),
    index,
    field: data,
    type: types[index],
  }));
};

/**
 * Reads what a method takes. All is checked before anything is read: what is wrong with one part is told before what another names and
 * is not there.
 * @throws TypeError at boot, if a parameter is declared as nothing that is read here
 */
export const parametersOf = (
  controller: Type,
  method: string,
): ((request: FastifyRequest, reply: FastifyReply) => unknown[]) => {
  const readers = readersOf(controller.prototype as object, method);
  const own = new Set(readers.map(({ index }) => index));
  const declared = declaredParameters(controller, method).filter(({ index }) => !own.has(index));
  const parts = declared.flatMap(partOf);
  const checked = new Set(parts.map(({ index }) => index));
  const plain = declared.filter(({ index }) => !checked.has(index)).map(plainReader);
  const first = readers.filter(({ isFirst }) => isFirst);
  const last = [...plain, ...readers.filter(({ isFirst }) => !isFirst)];
  return (request, reply) => {
    const values: unknown[] = [];
    for (const { index, read } of first) values[index] = read(request, reply);
    for (const { index, part, check } of parts) values[index] = check(request[part]);
    for (const { index, root } of parts) values[index] = readFields(values[index], root);
    for (const { index, read } of last) values[index] = read(request, reply);
    return values;
  };
};

interface Part {
  readonly index: number;
  readonly part: RequestPart;
  readonly check: Check;
  /** Where its fields stand. Of a query, nothing is said of where one stands that names what is not there. */
  readonly root: string | undefined;
}

const partOf = ({ source, index, type }: DeclaredParameter): Part[] => {
  const isBody = source === RouteParamtypes.BODY;
  if (!isBody && source !== RouteParamtypes.QUERY) return [];
  const part = isBody ? 'body' : 'query';
  const check = checkOf(part, type);
  return check ? [{ index, part, check, root: isBody ? '' : undefined }] : [];
};

const plainReader = ({ source, index, field }: DeclaredParameter): Reader => {
  const read = PLAIN[source]?.(field ?? '');
  if (!read) throw new TypeError(`A parameter that comes from ${RouteParamtypes[source]} is not read by the pipeline.`);
  return { index, read, isFirst: false };
};

type Fields = Readonly<Record<string, unknown>>;

const PLAIN: Readonly<Partial<Record<RouteParamtypes, (field: string) => Read>>> = {
  [RouteParamtypes.REQUEST]: () => (request) => request,
  [RouteParamtypes.RESPONSE]: () => (_, reply) => reply,
  [RouteParamtypes.BODY]: () => (request) => request.body,
  [RouteParamtypes.QUERY]: () => (request) => request.query,
  [RouteParamtypes.PARAM]: (field) => (request) => (request.params as Fields)[field],
  [RouteParamtypes.HEADERS]: (field) => (request) => request.headers[field],
};
