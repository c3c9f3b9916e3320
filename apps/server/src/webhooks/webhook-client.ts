import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overTls } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { OnApplicationShutdown } from '@nestjs/common';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { retryAfterSeconds } from './retry-schedule.js';

/** Whom webhooks may reach beside public addresses, and whether in plain text. */
export class WebhookSettings {
  constructor(
    /** Addresses and networks in CIDR notation. */
    readonly allowed: readonly string[] = [],
    readonly plaintext = false,
  ) {}
}

export interface WebhookAnswer {
  readonly status: number;
  /** Its beginning. */
  readonly body: string;
  /** Seconds that it asks for. */
  readonly retryAfter: number | null;
  /** Such as TLSv1.3; null in plain text. */
  readonly tls: string | null;
}

/** Nothing was answered. */
export class WebhookFailed extends Error {
  constructor(
    /** `timeout`, `address_not_allowed`, or what the system calls it, such as `ECONNREFUSED`. */
    readonly code: string,
  ) {
    super(`Nothing was answered: ${code}.`);
    this.name = 'WebhookFailed';
  }
}

/** From the look-up of the name to what is read of the answer. */
const PATIENCE_MILLISECONDS = 15_000;
const ANSWER_BYTES_MAX = 1_024;
const HEADER_BYTES_MAX = 16 * 1_024;
const FREE_SOCKETS_PER_HOST = 8;

/**
 * Posts to URLs that others named. Only public addresses are connected to, whatever a name resolves to at that moment; nothing is followed; of an answer, the beginning is
 * read.
 */
export class WebhookClient implements OnApplicationShutdown {
  private readonly plain: RequestFilteringHttpAgent;
  private readonly tls: RequestFilteringHttpsAgent;

  constructor(
    readonly settings: WebhookSettings,
    private readonly patience = PATIENCE_MILLISECONDS,
  ) {
    const options = {
      keepAlive: true,
      // Endpoints of many tenants may be at one host: those that hang there hold up no other. How many there are at once, the sender says.
      maxFreeSockets: FREE_SOCKETS_PER_HOST,
      allowIPAddressList: [...settings.allowed],
    };
    this.plain = new RequestFilteringHttpAgent(options);
    this.tls = new RequestFilteringHttpsAgent(options);
  }

  /** @throws WebhookFailed */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal?: AbortSignal,
  ): Promise<WebhookAnswer> {
    const late = AbortSignal.timeout(this.patience);
    const ending = signal === undefined ? late : AbortSignal.any([late, signal]);
    for (;;) {
      try {
        return await this.send(new URL(url), headers, body, ending);
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error;
        // The receiver closed a connection that was kept as the request went out: it never saw it.
        if (error.isStale && !ending.aborted) continue;
        throw new WebhookFailed(late.aborted ? 'timeout' : codeOf(error.cause));
      }
    }
  }

  onApplicationShutdown(): void {
    this.plain.destroy();
    this.tls.destroy();
  }

  private send(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<WebhookAnswer> {
    const isTls = url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = (isTls ? overTls : overHttp)(url, {
        method: 'POST',
        agent: isTls ? this.tls : this.plain,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        maxHeaderSize: HEADER_BYTES_MAX,
        signal,
      });
      request.on('error', (cause: NodeJS.ErrnoException) => {
        reject(new Unanswered(cause, request.reusedSocket && cause.code === 'ECONNRESET'));
      });
      request.on('response', (response) => {
        beginningOf(response).then(
          (read) =>
            resolve({
              status: response.statusCode!,
              body: read,
              retryAfter: retryAfterSeconds(response.headers['retry-after'], Date.now()),
              tls: isTls ? (response.socket as TLSSocket).getProtocol() : null,
            }),
          (cause: Error) => reject(new Unanswered(cause, false)),
        );
      });
      request.end(body);
    });
  }
}

class Unanswered extends Error {
  constructor(
    override readonly cause: Error,
    readonly isStale: boolean,
  ) {
    super(cause.message);
  }
}

const beginningOf = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving closes the connection: what else it says is not wanted.
    if (bytes > ANSWER_BYTES_MAX) break;
  }
  const text = Buffer.concat(chunks).subarray(0, ANSWER_BYTES_MAX).toString();
  // A database takes no NUL in a text.
  return text.replaceAll('\0', '');
};

/** Which address a name has is not told. */
const codeOf = ({ code, message }: NodeJS.ErrnoException): string => {
  if (/^DNS lookup .* is not allowed/u.test(message)) return 'address_not_allowed';
  return code !== undefined && /^[A-Z][A-Z0-9_]*$/u.test(code) ? code : 'failed';
};
