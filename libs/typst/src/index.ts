export { TEMPLATE_VERSION } from './template-version.js';
export { LayoutFailed, Typesetter, type TypesetterOptions } from './typesetter.js';
export { TYPST_REFUSALS } from './typst.refusals.js';
