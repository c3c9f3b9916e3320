export { exportsIn } from './exports-in.js';
