import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

type Tell = (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;

interface Progress {
  /** Whether the caller may still be sending its body. */
  isReading: boolean;
  isAnswered: boolean;
}

/**
 * Whatever a request waits for, it is answered in this time, counted from when it has arrived. What it began may still happen: its
 * own deadlines end it. A stream of lines is sent and carried out at the same time, and takes as long as its sender does.
 */
export const answerInTime = (
  fastify: FastifyInstance,
  milliseconds: number,
  isStream: (request: FastifyRequest) => boolean,
  tell: Tell,
): void => {
  const underWay = new WeakMap<FastifyRequest, Progress>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const progress: Progress = { isReading: false, isAnswered: false };
    underWay.set(request, progress);
    let timer: NodeJS.Timeout;
    const begin = (): void => {
      timer = setTimeout(() => {
        if (progress.isAnswered || reply.sent || reply.raw.headersSent || reply.raw.destroyed) return;
        // Of what comes from another door, Node says nothing: it is there.
        const isArriving = isStream(request) || (request.raw.complete as boolean | undefined) === false;
        if (progress.isReading && isArriving) begin();
        else tell(lateAnswer(request.method), request, reply.header('retry-after', '1'));
      }, milliseconds);
    };
    begin();
    const over = (): void => clearTimeout(timer);
    reply.raw.once('close', over).once('finish', over);
    done();
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    underWay.get(request)!.isReading = true;
    done(null, payload);
  });
  fastify.addHook('onSend', (request, _reply, payload, done) => {
    const progress = underWay.get(request);
    if (progress) progress.isAnswered = true;
    done(null, payload);
  });
};

/** Neither the log nor the database said in time whether it happened, or what there is. */
export class LateAnswer extends Error {
  override readonly name = 'LateAnswer';

  constructor(readonly mayHaveHappened: boolean) {
    super('No answer was found in time.');
  }
}

const lateAnswer = (method: string): LateAnswer => new LateAnswer(method !== 'GET' && method !== 'HEAD');
