export { KeepDocument } from './use-cases/keep-document.handler.js';
export { formKey, hasRoomFor, keptAs, keptOf, type DocumentForm, type KeptDocument } from './kept-document.js';
