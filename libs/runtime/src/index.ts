/**
 * To be the first import of every `main.ts`, so that it runs before anything of which an old Node has only a part. What needs syntax
 * or exports that are newer still is imported by `main.ts` dynamically, after this.
 */
import { versionRefusal } from './node-version.js';
import { leaveOutHarmlessWarnings } from './warnings.js';

const refusal = versionRefusal(process.versions.node);
if (refusal !== undefined) {
  console.error(refusal);
  process.exit(1);
}
leaveOutHarmlessWarnings();
