import type { StreamableFile, Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import type { Told } from './answers.js';
import { DocumentResource, type DocumentAnswer } from './document.resource.js';
import type { PageResource } from './pages.js';

/** What an operation answers when it works. */
export interface DocumentedAnswer {
  readonly resource: Type<object>;
  /** `told`: the resource and where the log stands after the command. */
  readonly shape: 'one' | 'list' | 'page' | 'told' | 'stream' | 'document';
  /** Whether the answer carries the revision of its stream. */
  readonly etag: boolean;
  /** Whether a revision may be asked for: what begins a stream of its own has none to match. */
  readonly ifMatch: boolean;
  /** Whether one resource is a report that holds rows. */
  readonly rows: boolean;
  /** What a document is, unless JSON is asked for. */
  readonly mediaType?: string;
}

/** Codes by status. */
export type DocumentedRefusals = Readonly<Record<number, readonly string[]>>;

/** Of a field in the document: the one that it stands in place of, so that no example has both. */
export const INSTEAD_OF = 'x-instead-of';

export const InsteadOf = (field: string): PropertyDecorator =>
  ApiProperty({ [INSTEAD_OF]: field } as ApiPropertyOptions);

const ANSWER = 'recount:answer';
const REFUSALS = 'recount:refusals';

/** Decorates a method that answers just this: a documented answer that is not the real one does not compile. */
type DecoratesAnswer<Answer> = <Handler extends (...parameters: never[]) => Answer | Promise<Answer>>(
  prototype: object,
  name: string,
  descriptor: TypedPropertyDescriptor<Handler>,
) => void;

const answer =
  <Answer>(documented: DocumentedAnswer): DecoratesAnswer<Answer> =>
  (_prototype, _name, { value }) =>
    Reflect.defineMetadata(ANSWER, documented, value!);

/** A query that answers one resource. */
export const Answers = <Resource extends object>(
  resource: Type<Resource>,
  { etag = false, rows = false }: { readonly etag?: boolean; readonly rows?: boolean } = {},
): DecoratesAnswer<Resource> => answer({ resource, shape: 'one', etag, ifMatch: false, rows });

/** A query that answers all there is at once. */
export const AnswersList = <Resource extends object>(resource: Type<Resource>): DecoratesAnswer<readonly Resource[]> =>
  answer({ resource, shape: 'list', etag: false, ifMatch: false, rows: false });

/** A query that answers page by page. */
export const AnswersPage = <Resource extends object>(
  resource: Type<Resource>,
): DecoratesAnswer<PageResource<Resource>> =>
  answer({ resource, shape: 'page', etag: false, ifMatch: false, rows: false });

/** A query that answers one resource after the other, as server-sent events, for as long as somebody listens. */
export const AnswersStream = (resource: Type<object>): DecoratesAnswer<StreamableFile> =>
  answer({ resource, shape: 'stream', etag: false, ifMatch: false, rows: false });

/** A query that answers a document: as it is, or in JSON for whoever accepts that alone. */
export const AnswersDocument = (mediaType: string): DecoratesAnswer<DocumentAnswer> =>
  answer({ resource: DocumentResource, shape: 'document', etag: false, ifMatch: false, rows: false, mediaType });

/** A command that answers the resource that it made or changed. */
export const Tells = <Resource extends object>(
  resource: Type<Resource>,
  { ifMatch = true }: { readonly ifMatch?: boolean } = {},
): DecoratesAnswer<Told<Resource>> => answer({ resource, shape: 'told', etag: true, ifMatch, rows: false });

/** The codes of its own that an operation refuses with; those of every operation of its kind are known. */
export const Refuses =
  (codes: DocumentedRefusals): MethodDecorator =>
  (_prototype, _name, { value }: PropertyDescriptor) =>
    Reflect.defineMetadata(REFUSALS, codes, value as object);

export const answerOf = (handler: object): DocumentedAnswer | undefined =>
  Reflect.getMetadata(ANSWER, handler) as DocumentedAnswer | undefined;

export const refusalsOf = (handler: object): DocumentedRefusals =>
  (Reflect.getMetadata(REFUSALS, handler) as DocumentedRefusals | undefined) ?? {};
