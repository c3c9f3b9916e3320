import { readFileSync, writeFileSync } from 'node:fs';
import { extended } from './proto/field-numbers.js';
import { jsonForms } from './proto/json-forms.js';
import { documentedApi, FORMS_FILE, PROTO_FILE, released } from './proto/proto-files.js';
import { protocolOf } from './proto/protocol-of.js';
import { protoText } from './proto/proto-text.js';

/** Writes the `.proto`, with every build; a field without a number has the one that `npm run docs` will give it. */
const known = released();
const protocol = protocolOf(documentedApi(), known.names);

const write = (file: string, text: string): void => {
  try {
    if (readFileSync(file, 'utf8') === text) return;
  } catch {
    // There is none yet.
  }
  writeFileSync(file, text);
};

write(PROTO_FILE, protoText(protocol, extended(known, protocol)));
write(FORMS_FILE, JSON.stringify(jsonForms(protocol)));
