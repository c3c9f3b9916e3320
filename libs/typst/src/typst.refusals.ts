import type { Refusals } from '#kernel';

export const TYPST_REFUSALS: Refusals = {
  document_glyph_missing:
    'No font of this installation has 日, 本: the operator names a folder with one that has by RECOUNT_FONT_DIR.',
  document_too_slow: 'The document was not laid out within 10 s.',
  documents_busy: 'Too many documents wait to be laid out: try again later.',
};
