import { NotAcceptableException } from '@nestjs/common';
import Negotiator from 'negotiator';
import { CSV, isTabular } from './csv/media-types.js';
import { answerOf } from './documented.js';

export const JSON_TYPE = 'application/json';
export const EVENT_STREAM = 'text/event-stream';

const SERVES = 'recount:serves';

/** What a route answers with, where that is not what its declared answer says: media types, the one that is liked best first. */
export const Serves =
  (...types: readonly string[]): MethodDecorator =>
  (_prototype, _name, { value }: PropertyDescriptor) =>
    Reflect.defineMetadata(SERVES, types, value as object);

/** JSON unless declared otherwise; rows as CSV, too. */
export const servedTypes = (handler: object): readonly string[] => {
  const declared = Reflect.getMetadata(SERVES, handler) as readonly string[] | undefined;
  if (declared) return declared;
  const answer = answerOf(handler);
  if (answer?.shape === 'stream') return [EVENT_STREAM];
  return answer && isTabular(answer) ? [JSON_TYPE, CSV] : [JSON_TYPE];
};

/** Of a range, what is not its weight: a version, a character set. There is one representation of each type. */
const PARAMETERS = /;\s*(?!q\s*=)[\w-]+\s*=\s*("[^"]*"|[^;,\s]*)/giu;

/** The one of the served types that a caller likes best, by RFC 9110; undefined if it takes none of them. */
export const acceptedType = (accept: string | undefined, served: readonly string[]): string | undefined =>
  accept === undefined || accept.trim() === ''
    ? served[0]
    : new Negotiator({ headers: { accept: accept.replaceAll(PARAMETERS, '') } }).mediaType([...served]);

/** The type that is answered in. @throws NotAcceptableException if a caller takes none that is served */
export const negotiatedType = (accept: string | undefined, served: readonly string[]): string => {
  const accepted = acceptedType(accept, served);
  if (accepted !== undefined) return accepted;
  throw new NotAcceptableException(`This answers ${served.join(' or ')}: accept that, or leave Accept out.`);
};
