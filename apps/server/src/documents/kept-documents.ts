import { hash } from 'node:crypto';
import { AccountDirectory, Accounts } from '#billing/account';
import {
  formKey,
  hasRoomFor,
  keptAs,
  KeepDocument,
  keptOf,
  type DocumentForm,
  type KeptDocument,
} from '#billing/document';
import { accountStream } from '#contracts';
import type { DocumentSource } from '#documents';
import { derivedUuid, type DocumentId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v7 as uuidV7 } from 'uuid';
import { requestScope } from '../access/request-scope.js';
import { DocumentBytes, type BytesOf } from './document-bytes.js';

const NAME = 'keep-documents';

/** Bytes that leave the house. */
export interface LeavingBytes {
  readonly content: Uint8Array;
  /** SHA-256 in hex. */
  readonly digest: string;
  /** Made anew, and not what left the house before: that was lost. */
  readonly isCopy: boolean;
}

/** One form of a document, and how it is made where it never was. */
export interface Making {
  readonly form: DocumentForm;
  /** The version of what makes it. */
  readonly madeBy: string;
  readonly make: () => Promise<Uint8Array> | Uint8Array;
}

/**
 * What left the house once is what leaves it again, whatever has become of the document, of templates or of the runtime. The log has the digest of what left first; the
 * bytes are in the database. A draft and what is void are made anew each time.
 */
@Injectable()
export class KeptDocuments {
  constructor(
    private readonly bytes: DocumentBytes,
    private readonly accounts: Accounts,
    private readonly directory: AccountDirectory,
    private readonly commands: CommandBus,
  ) {}

  /** The forms in which it left the house, the first first. @throws DomainError `invoice_not_found`, `credit_note_not_found` */
  async of(tenantId: TenantId, documentId: DocumentId): Promise<readonly KeptDocument[]> {
    const accountId = await this.directory.ownerOf(tenantId, documentId);
    return this.accounts.view(accountStream(tenantId, accountId), (account) => keptOf(account, documentId), 0);
  }

  async leaving(
    tenantId: TenantId,
    documentId: DocumentId,
    { document: { invoice } }: DocumentSource,
    making: Making,
  ): Promise<LeavingBytes> {
    if (invoice.status === 'void' || invoice.issueDate === null) return leavingAs(await making.make());
    const { accountId } = invoice;
    const of = { tenantId, accountId, documentId, form: formKey(making.form) };
    const stream = accountStream(tenantId, accountId);
    const { known, isBeyond } = await this.accounts.view(
      stream,
      (account) => {
        const kept = keptAs(account, documentId, making.form);
        return { known: kept?.digest, isBeyond: kept === undefined && !hasRoomFor(account, documentId) };
      },
      0,
    );
    if (isBeyond) return leavingAs(await making.make());
    const found = await this.bytes.find(of);
    if (known === undefined) return this.first(of, making, found);
    return found !== undefined && digestOf(found) === known ? leavingAs(found) : this.anew(of, making, known);
  }

  /** The bytes are safe before the log speaks of them. Another process may have been the first. */
  private async first(of: BytesOf, making: Making, found: Uint8Array | undefined): Promise<LeavingBytes> {
    const content = found ?? (await this.bytes.keep(of, await making.make()));
    const first = await this.tell(of, making, content);
    return leavingAs(content, first ?? undefined);
  }

  /** What is lost is there again, if it can be made as it was. */
  private async anew(of: BytesOf, making: Making, known: string): Promise<LeavingBytes> {
    const content = await making.make();
    if (digestOf(content) === known) await this.bytes.restore(of, content);
    return leavingAs(content, known);
  }

  private async tell(
    { tenantId, accountId, documentId, form }: BytesOf,
    { form: kept, madeBy }: Making,
    content: Uint8Array,
  ): Promise<string | null> {
    const scope = requestScope();
    const digest = digestOf(content);
    const commandId = derivedUuid(NAME, tenantId, documentId, form, digest);
    const envelope = {
      tenantId,
      commandId,
      requestHash: commandId,
      actor: scope?.caller?.actor ?? ({ type: 'reactor', id: NAME } as const),
      correlationId: scope?.requestId ?? uuidV7(),
    };
    const { answer } = await this.commands.execute(
      new KeepDocument(envelope, accountId, documentId, { ...kept, digest, bytes: content.length, madeBy }),
    );
    return answer?.digest ?? null;
  }
}

const digestOf = (content: Uint8Array): string => hash('sha256', content, 'hex');

const leavingAs = (content: Uint8Array, known?: string): LeavingBytes => {
  const digest = digestOf(content);
  return { content, digest, isCopy: known !== undefined && known !== digest };
};
