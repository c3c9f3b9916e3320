import { FACTS, PUBLIC_EVENTS, type FactKind, type PublicEventKind } from '#contracts';
import { fieldsOf } from './shape-words.js';
import { writeDocument } from './written-document.js';

/** Writes the catalogue of public events from the facts that they are told of, so that it cannot tell anything else. */
const groups = new Map<string, PublicEventKind[]>();
for (const kind of PUBLIC_EVENTS.values()) {
  const noun = kind.type.slice(0, kind.type.indexOf('.'));
  groups.set(noun, [...(groups.get(noun) ?? []), kind]);
}

const titleOf = (noun: string): string => `${noun[0]!.toUpperCase()}${noun.slice(1).replaceAll('_', ' ')}`;

const rowOf = ({ type, version, means, shape }: PublicEventKind): string =>
  `| \`${type}\` | ${version} | ${means} ${fieldsOf(shape)} |`;

const withheld = Object.entries<FactKind>(FACTS)
  .flatMap(([type, { told }]) => ('withheld' in told ? [`| \`${type}\` | ${told.withheld} |`] : []))
  .join('\n');

const text = `# Public events

What is published, the same by every transport: server-sent events (\`GET /v1/events\`), NATS JetStream
(\`recount.events.<tenant>.<event>\`) and gRPC (\`SubscribeEvents\`). Generated from \`libs/contracts\` (\`npm run docs\`);
[asyncapi.json](asyncapi.json) has schemas and examples. They are made from [stored events](stored-events.md), and never have the
shape of those: a stored shape may change, a public one only gets new fields, or a new \`version\`.

An event says nothing about people: no names, addresses or free texts, only ids to ask with.

| field | |
|---|---|
| \`id\` | of the event, for ever: whoever gets it twice knows it by this. It is the \`Nats-Msg-Id\` |
| \`type\`, \`version\` | what happened, and the version of \`data\` |
| \`tenantId\`, \`accountId?\` | whose it is, and the account that it is about |
| \`effectiveAt\` | when it counts in business: an instant or, of what is booked, a local date |
| \`recordedAt\` | when the log learned it |
| \`position\` | its place in the log of this installation, to go on from. Everything comes in this order |
| \`data\` | the fields below. Money is \`{amount, currency}\`, a decimal string with the digits of its currency |

## Listening

\`GET /v1/events\` needs the permission \`events.read\` and sends the events of its caller's tenant.

- \`from\`: after this position; \`start\` for all there are, \`now\` (the default) for those to come. \`Last-Event-ID\` goes before it, so a
  client that lost its connection goes on where it was: each event once.
- \`types\`: names with commas between, or all of a thing: \`invoice.*,payment.received\`. \`account\`: \`acc_…\` or \`external:…\`.
- A comment every 15 seconds, with the position that was looked at meanwhile. Whoever reads slowly gets everything, later. The stream ends
  when the server stops, and within two seconds of the end of its credential.
- A position beyond the end of the log is refused (\`position_beyond_head\`): the log was restored from an older copy, or it is that of another installation.

JetStream keeps events for seven days in the stream \`RECOUNT_EVENTS\`; one that an operator made before stays as it is. Each event is
acknowledged before the next ones are taken for published, so an outage of NATS leaves none out. After a crash up to 512 may come again: within ten
minutes JetStream itself leaves them out, later a consumer knows them by their id. What JetStream lost, or a consumer wants anew,
\`POST /v1/events/republish {"from": "<position>"}\` publishes again: by message ids of its own, so that JetStream leaves none out as a duplicate of what it may have lost.
A consumer that has an event already knows it by the \`id\` in its body.

[Webhooks](webhooks.md) post them to a URL.

## By other names

| elsewhere | here |
|---|---|
| \`billing.usage_aggregated\`, \`billing.aggregate_daily\` | nothing runs: what was used is a read model that is always up to date, and \`usage.recorded\` says that something came in |
| \`billing.invoice.created\` | \`invoice.finalized\` once it is issued, \`invoice.numbered\` once it has its number |
| \`billing.generate_monthly_invoice\` | each account is billed when its own period is over |
| \`webhook.delivery_dlq\` | \`recount_webhook_delivery_dlq_total\`, and \`GET /v1/webhook-endpoints/{id}/deliveries?status=dead\` |

${[...groups]
  .map(
    ([noun, kinds]) =>
      `## ${titleOf(noun)}\n\n| event | version | what it says, and its fields |\n|---|---|---|\n${kinds.map(rowOf).join('\n')}`,
  )
  .join('\n\n')}

## Not published

| stored event | why |
|---|---|
${withheld}
`;

await writeDocument('events.md', text);
