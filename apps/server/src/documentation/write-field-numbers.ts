import { writeFileSync } from 'node:fs';
import { breakingChanges } from './proto/breaking-changes.js';
import { extended } from './proto/field-numbers.js';
import { documentedApi, NUMBERS, released } from './proto/proto-files.js';
import { protocolOf } from './proto/protocol-of.js';

/** Gives numbers to new fields of the committed table, and reserves those of fields that are gone. */
const known = released();
const protocol = protocolOf(documentedApi(), known.names);
const breaking = breakingChanges(known, protocol);
if (breaking.length > 0) {
  console.error(`Clients of the released .proto would break:\n  ${breaking.join('\n  ')}`);
  console.error('Name the field anew, or write `reserved <number> <name>` in field-numbers.json in its place.');
  process.exitCode = 1;
} else {
  writeFileSync(NUMBERS, `${JSON.stringify(extended(known, protocol), undefined, 2)}\n`);
}
