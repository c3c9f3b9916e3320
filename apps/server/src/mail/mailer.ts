import { createTransport } from 'nodemailer';
import { EffectDeferred } from '../effects/effect-deferred.js';

/** How mail leaves. */
export interface MailSettings {
  /** As in `smtps://user:password@mail.example:465`. */
  readonly url: string;
  /** Who it is from. */
  readonly from: string;
  /** Whether `smtp://` may go on in plain text where the server offers nothing else. */
  readonly plaintext?: boolean;
}

export interface Mail {
  readonly to: readonly string[];
  /** Whom an answer goes to, if not to whom it is from. */
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly content: Uint8Array;
    readonly contentType: string;
  }[];
  /** Of the delivery: sent once more, it is the same mail. */
  readonly id: string;
}

/** The server says no, and will say so again. */
export class MailRefused extends Error {
  constructor(
    readonly code: 'recipient_refused' | 'message_refused',
    detail: string,
  ) {
    super(detail);
    this.name = 'MailRefused';
  }
}

export interface Sent {
  readonly messageId: string;
  /** How many of those whom it was for the server did not take it for. */
  readonly refusedRecipients: number;
}

const CONNECT_MILLISECONDS = 10_000;
const SILENT_MILLISECONDS = 60_000;
/** One that answers drop by drop is never silent. */
const WHOLE_MAIL_MILLISECONDS = 120_000;
const CONNECTIONS = 4;
const PERMANENT = 500;

/** Hands mail to the next server on its way. */
export class Mailer {
  private readonly transport: ReturnType<typeof pooled>;
  private readonly domain: string;

  constructor(
    private readonly settings: MailSettings,
    private readonly patience = WHOLE_MAIL_MILLISECONDS,
  ) {
    this.domain = /@([^@\s>]+)>?\s*$/u.exec(settings.from)?.[1] ?? 'localhost';
    this.transport = pooled(settings);
  }

  /** @throws MailRefused for good | EffectDeferred for now */
  async send({ id, to, attachments = [], ...mail }: Mail, signal?: AbortSignal): Promise<Sent> {
    const messageId = `<${id}@${this.domain}>`;
    const late = AbortSignal.timeout(this.patience);
    try {
      const { rejected } = await this.transport.sendMail({
        ...mail,
        from: this.settings.from,
        // Not as text, in which a comma makes two of one.
        to: to.map((address) => ({ name: '', address })),
        messageId,
        attachments: attachments.map(({ content, ...attachment }) => ({
          ...attachment,
          content: Buffer.from(content),
        })),
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      });
      return { messageId, refusedRecipients: rejected.length };
    } catch (error) {
      throw outcomeOf(error as Failure);
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** Part by part: whatever else stands in a URL would become an option of the transport, such as to go without TLS. */
const pooled = ({ url, plaintext = false }: MailSettings) => {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return createTransport({
    host: hostname.replace(/^\[(.*)\]$/u, '$1'),
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    secure,
    requireTLS: !secure && !plaintext,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENT_MILLISECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
};

interface Failure {
  readonly code?: string;
  /** What it is an answer to. */
  readonly command?: string;
  readonly responseCode?: number;
}

/**
 * What is said to the sender and to the password is for the operator to mend: the mail waits for that. What the server said in words stays here: it
 * names whom the mail is for.
 */
const outcomeOf = ({ code, command, responseCode }: Failure): MailRefused | EffectDeferred => {
  if (responseCode === undefined) return notTaken(/^E[A-Z]+$/u.test(code ?? '') ? code! : 'no reason was given');
  if (responseCode < PERMANENT) return notTaken(responseCode);
  if (command === 'RCPT TO')
    return new MailRefused('recipient_refused', `The server refused the recipient: ${responseCode}.`);
  if (command === 'DATA') return new MailRefused('message_refused', `The server refused the message: ${responseCode}.`);
  return notTaken(responseCode);
};

const notTaken = (reason: number | string): EffectDeferred =>
  new EffectDeferred(`The server did not take it: ${reason}.`);
