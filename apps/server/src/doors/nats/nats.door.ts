import { STATUS_CODES } from 'node:http';
import { DomainError } from '#kernel';
import type { Answering, AnsweringMessage, AskedMessage } from '#messaging';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from 'nestjs-pino';
import { keyOfRepetition, RequestTokens } from '../../access/request-tokens.js';
import { OptionalMessages } from '../../core/optional-messages.js';
import { Doorway, refused, type DoorAnswer, type Errand } from '../doorway.js';

/** One of all processes answers each message. */
const QUEUE = 'recount';
const SUBJECTS = { command: 'recount.commands.', query: 'recount.queries.' } as const satisfies Record<
  Errand['kind'],
  string
>;

/** Room for the headers of an answer within the largest message. */
const HEADER_BYTES = 4_096;

/**
 * Commands and queries by NATS: `recount.commands.<Command>`, `recount.queries.<Query>`. The body is the payload, the answer's body
 * is the resource or the problem, its headers say the rest.
 */
@Injectable()
export class NatsDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private answering: readonly Answering[] = [];

  constructor(
    private readonly nats: OptionalMessages,
    private readonly doorway: Doorway,
    private readonly requestTokens: RequestTokens,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { messages } = this.nats;
    if (!messages) {
      this.logger.log('The NATS transport is off: there is no NATS_URL, and no nats-server on the PATH.');
      return;
    }
    this.answering = (['command', 'query'] as const).map((kind) =>
      messages.answer(`${SUBJECTS[kind]}*`, QUEUE, async (asked) =>
        this.told(await this.answered(kind, asked), messages.messageBytesMax),
      ),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.answering.map((answering) => answering.stop()));
  }

  private async answered(kind: Errand['kind'], { subject, headers, body }: AskedMessage): Promise<DoorAnswer> {
    const name = subject.slice(SUBJECTS[kind].length);
    try {
      const shown = await this.shown(kind, { subject, headers, body });
      return await this.doorway.carryOut({ door: 'nats', kind, name, payload: body, headers: shown });
    } catch (error) {
      if (!(error instanceof DomainError))
        this.logger.error({ err: error, subject }, 'A message could not be answered.');
      return refused(error);
    }
  }

  /** What the request would say where nobody listens: its API key, and which repetition it is. */
  private async shown(kind: Errand['kind'], asked: AskedMessage): Promise<AskedMessage['headers']> {
    const { headers } = asked;
    // Said twice, it is refused for that, and otherwise for showing nothing.
    if (Object.values(headers).some(({ length }) => length > 1)) return withoutKey(headers);
    if (headers['authorization'] === undefined) return headers;
    const key = await this.requestTokens.keyBehind(asked);
    return {
      ...(kind === 'command' ? { 'idempotency-key': [keyOfRepetition(headers['authorization'][0]!)] } : {}),
      ...headers,
      authorization: [`Bearer ${key}`],
    };
  }

  private told(answer: DoorAnswer, bytesMax: number): AnsweringMessage {
    if (Buffer.byteLength(answer.body) + HEADER_BYTES > bytesMax) {
      return this.told(
        refused(new DomainError('answer_too_large', 'The answer is larger than a NATS message: ask for less at once.')),
        Infinity,
      );
    }
    const { status, headers, body } = answer;
    return {
      headers: {
        'Recount-Status': String(status),
        ...headers,
        // How services on NATS tell a failure to clients that know nothing of this one.
        ...(status >= 400
          ? { 'Nats-Service-Error-Code': String(status), 'Nats-Service-Error': STATUS_CODES[status] ?? 'Error' }
          : {}),
      },
      body,
    };
  }
}

const withoutKey = (headers: AskedMessage['headers']): AskedMessage['headers'] => {
  const { authorization = [], ...rest } = headers;
  return authorization.length > 1 ? headers : rest;
};
