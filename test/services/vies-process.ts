import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The register of VAT ids of the EU, in a process of its own: it knows one id, or says why it does not say. */
let behaviour = 'well';

const answer = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const wrapped = (error: string) => ({ actionSucceed: false, errorWrappers: [{ error }] });

const server = createServer((request, response) => {
  let text = '';
  request.on('data', (part) => (text += String(part)));
  request.on('end', () => {
    process.send?.({ asked: text, headers: request.headers });
    if (behaviour === 'silent') return;
    if (behaviour === 'nonsense') return answer(response, 200, '<html>maintenance</html>');
    if (behaviour === 'away') return answer(response, 503, '');
    if (behaviour !== 'well') return answer(response, 200, wrapped(behaviour));
    const { countryCode, vatNumber, requesterNumber } = JSON.parse(text) as Record<string, string | undefined>;
    const isValid = countryCode === 'FR' && vatNumber === '40303265045';
    return answer(response, 200, {
      countryCode,
      vatNumber,
      requestDate: '2026-01-31T09:30:00.000Z',
      valid: isValid,
      requestIdentifier: requesterNumber === undefined ? '' : 'WAPIAAAAY1234567',
      name: '---',
      address: '---',
    });
  });
});

process.on('message', (told: { readonly behave: string }) => {
  behaviour = told.behave;
  process.send?.({ behaves: behaviour });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit());
