import type { KeptForm } from '#contracts';
import type { DocumentId, Instant } from '#kernel';

/** A form of a document that left the house. */
export interface KeptDocument extends KeptForm {
  readonly keptAt: Instant;
}

/** What tells one form of a document from the others. */
export type DocumentForm = Pick<KeptForm, 'format' | 'profile' | 'language'>;

export const formKey = ({ format, profile, language }: DocumentForm): string =>
  [format, ...(profile === undefined ? [] : [profile]), language].join(':');

/** There are ten languages, each with countries: whoever asks for all of them fills neither log nor database. */
const FORMS_MAX = 50;

interface Keeping {
  readonly documents: ReadonlyMap<DocumentId, readonly KeptDocument[]>;
}

/** In the order in which they left. */
export const keptOf = ({ documents }: Keeping, id: DocumentId): readonly KeptDocument[] => documents.get(id) ?? [];

export const keptAs = (account: Keeping, id: DocumentId, form: DocumentForm): KeptDocument | undefined =>
  keptOf(account, id).find((one) => formKey(one) === formKey(form));

/** Whether another form of it is kept. */
export const hasRoomFor = (account: Keeping, id: DocumentId): boolean => keptOf(account, id).length < FORMS_MAX;
