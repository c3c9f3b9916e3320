import type { KeptForm } from '#contracts';
import type { DocumentId } from '#kernel';

export interface DocumentCommand {
  readonly type: 'KeepDocument';
  readonly documentId: DocumentId;
  readonly kept: KeptForm;
}
