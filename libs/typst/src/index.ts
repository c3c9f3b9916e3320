export { Typesetter, type TypesetterOptions } from './typesetter.js';
export { TYPST_REFUSALS } from './typst.refusals.js';
