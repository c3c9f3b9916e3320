import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A service that says taxes, in a process of its own: as documented, or as it is told to fail. */
type Behaviour = 'well' | 'slow' | 'down' | 'nonsense' | 'incomplete' | 'wrong_rate' | 'refuses' | 'huge' | 'elsewhere';

interface Question {
  readonly documentId: string;
  readonly buyer: { readonly country: string | null; readonly region: string | null };
  readonly lines: readonly { readonly id: string; readonly taxClass: string }[];
}

const TOKEN = process.env['TAX_SERVICE_TOKEN'];
const references = new Map<string, string>();
/** What it was told, under which reference, by key. */
const told = new Map<string, string>();
let behaviour: Behaviour = 'well';

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
};

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

/** 4 % of the state and 4.5 % of the city; groceries bear those of the city alone. */
const taxesOf = ({ taxClass }: { readonly taxClass: string }) => [
  {
    code: 'ny-state',
    jurisdiction: 'US-NY',
    category: taxClass === 'groceries' ? 'Z' : 'S',
    rate: taxClass === 'groceries' ? '0' : '4',
  },
  { code: 'nyc', jurisdiction: 'US-NY', category: 'S', rate: '4.5' },
];

/** Takes the same once, and that something is void after it was issued alone. */
const hear = (response: ServerResponse, key: string, text: string): void => {
  const { documentId, report } = JSON.parse(text) as { readonly documentId: string; readonly report: string };
  if (key !== `${documentId}:${report}`) return answer(response, 400, { error: 'key' });
  if (report === 'voided' && !told.has(`${documentId}:issued`)) return answer(response, 409, { error: 'not issued' });
  const reference = told.get(key) ?? `doc-${told.size + 1}`;
  told.set(key, reference);
  answer(response, 200, { reference });
};

const server = createServer((request, response) => {
  void bodyOf(request).then((text) => {
    process.send?.({ asked: text, headers: request.headers });
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(response, 401, {});
    if (behaviour === 'down') return answer(response, 503, {});
    if (behaviour === 'refuses') return answer(response, 422, { error: 'address' });
    if (behaviour === 'slow') return undefined;
    if (behaviour === 'nonsense') return answer(response, 200, '<html>login</html>');
    if (behaviour === 'huge') return answer(response, 200, ' '.repeat(5 * 1024 * 1024));
    if (behaviour === 'elsewhere') {
      response.writeHead(307, { location: 'http://127.0.0.1:1/' });
      return response.end();
    }
    if (request.url === '/documents') return hear(response, String(request.headers['idempotency-key']), text);
    const { documentId, lines } = JSON.parse(text) as Question;
    const reference = references.get(documentId) ?? `txn-${references.size + 1}`;
    references.set(documentId, reference);
    const said = lines.map((line) => ({ id: line.id, taxes: taxesOf(line) }));
    if (behaviour === 'incomplete') return answer(response, 200, { reference, lines: said.slice(1) });
    if (behaviour === 'wrong_rate')
      return answer(response, 200, {
        reference,
        lines: said.map((line) => ({ ...line, taxes: [{ ...line.taxes[1], category: 'AE' }] })),
      });
    return answer(response, 200, { reference, lines: said });
  });
});

process.on('message', (told: { readonly behave: Behaviour }) => {
  behaviour = told.behave;
  process.send?.({ behaves: behaviour });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
