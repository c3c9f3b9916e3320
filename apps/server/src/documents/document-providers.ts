import type { Provider } from '@nestjs/common';
import { DocumentBytes } from './document-bytes.js';
import { DocumentFiles } from './document-files.js';
import { DocumentSources } from './document-sources.js';
import { KeptDocuments } from './kept-documents.js';
import { Logos } from './logos.js';
import { Typesetting } from './typesetting.js';

/** What every process has that makes or keeps documents. */
export const DOCUMENT_PROVIDERS: readonly Provider[] = [
  DocumentBytes,
  DocumentFiles,
  DocumentSources,
  KeptDocuments,
  Logos,
  Typesetting,
];
