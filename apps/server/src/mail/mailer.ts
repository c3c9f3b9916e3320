import { createTransport } from 'nodemailer';

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
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
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

const CONNECT_MILLISECONDS = 10_000;
const SILENT_MILLISECONDS = 60_000;
const CONNECTIONS = 4;
const PERMANENT = 500;

/** Hands mail to the next server on its way. */
export class Mailer {
  private readonly transport: ReturnType<typeof pooled>;
  private readonly domain: string;

  constructor(private readonly settings: MailSettings) {
    this.domain = /@([^\s>]+)/u.exec(settings.from)?.[1] ?? 'localhost';
    this.transport = pooled(settings);
  }

  messageId(id: string): string {
    return `<${id}@${this.domain}>`;
  }

  /** @returns the id of the message. @throws MailRefused for good, other errors for now */
  async send({ id, to, attachments = [], ...mail }: Mail): Promise<string> {
    const messageId = this.messageId(id);
    try {
      await this.transport.sendMail({
        ...mail,
        from: this.settings.from,
        to: [...to],
        messageId,
        attachments: attachments.map(({ content, ...attachment }) => ({
          ...attachment,
          content: Buffer.from(content),
        })),
      });
      return messageId;
    } catch (error) {
      throw refusalIn(error) ?? error;
    }
  }

  close(): void {
    this.transport.close();
  }
}

const pooled = ({ url, plaintext = false }: MailSettings) =>
  createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENT_MILLISECONDS,
    requireTLS: !url.startsWith('smtps:') && !plaintext,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

const refusalIn = (error: unknown): MailRefused | undefined => {
  const { code, responseCode = 0 } = error as { readonly code?: string; readonly responseCode?: number };
  if (responseCode < PERMANENT) return undefined;
  if (code === 'EENVELOPE')
    return new MailRefused('recipient_refused', `The server refused the recipient: ${responseCode}.`);
  if (code === 'EMESSAGE')
    return new MailRefused('message_refused', `The server refused the message: ${responseCode}.`);
  return undefined;
};
