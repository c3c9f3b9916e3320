import { FACTS_BY_SUBJECT, type FactKind } from '#contracts';
import { fieldsOf } from './shape-words.js';
import { writeDocument } from './written-document.js';

/** Writes the catalogue of stored events from the schemas that guard the log, so that it cannot tell anything else. */
const rowOf = ([type, { version, shape, effective, means }]: [string, FactKind]): string => {
  return `| \`${type}\` | ${version} | ${effective === undefined ? 'recorded' : `\`${effective}\``} | ${means} ${fieldsOf(shape)} |`;
};

const text = `# Stored events

What the log holds. Generated from the schemas in \`libs/contracts\` (\`npm run docs\`), which every event passes before it is
appended. A changed shape is a new version, which gets an upcaster from the first release on; stored bytes are never rewritten. They stay inside: what the outside is
published are [public events](events.md).

Every event carries metadata: \`schemaVersion\`, \`tenantId\`, \`accountId?\` (where it is about one account), \`commandId\`, \`requestHash\`, \`actor\`, \`reason?\`,
\`correlationId\`, \`causationId?\`, \`traceparent?\`, \`recordedAt\` (when the log learned it) and \`effectiveAt\` (when it counts in business: the
field in the third column), and last \`chain?\`, which ties it to the event before it in its stream. Money is \`{minor, currency}\` with minor units as a decimal string. \`personal\` is an AES-256-GCM envelope.

${Object.entries(FACTS_BY_SUBJECT)
  .map(
    ([title, events]) =>
      `## ${title}\n\n| event | version | effective | what it says, and its fields |\n|---|---|---|---|\n${Object.entries<FactKind>(events).map(rowOf).join('\n')}`,
  )
  .join('\n\n')}
`;

await writeDocument('stored-events.md', text);
