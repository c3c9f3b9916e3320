import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../../apps/server/src/mail/mailer.js';

/** A server that takes mail, or says what it is told to say. */
export class MailServer {
  readonly taken: ParsedMail[] = [];
  /** What the next recipients are answered, in order. */
  readonly answers: number[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      const code = this.answers.shift();
      done(code === undefined ? null : Object.assign(new Error('not now'), { responseCode: code }));
    },
    onData: (stream, _session, done) => {
      simpleParser(stream).then(
        (mail) => {
          this.taken.push(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });

  static async start(): Promise<MailServer> {
    const mail = new MailServer();
    mail.server.listen(0, '127.0.0.1');
    await once(mail.server.server, 'listening');
    return mail;
  }

  get settings(): MailSettings {
    const { port } = this.server.server.address() as AddressInfo;
    return { url: `smtp://127.0.0.1:${port}`, from: 'Acme <billing@acme.example>', plaintext: true };
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
    });
  }
}
