import { keyIdOf, openBytes, PersonalKeys, sealBytes } from '#personal-data';
import type { AccountId, DocumentId, TenantId } from '#kernel';
import { TenantTransactions } from '#postgres';
import { Injectable } from '@nestjs/common';

/** One of 1,000 lines has 200 KB. What is larger is known by its digest alone. */
const BYTES_MAX = 8 * 1024 * 1024;

/** A form of a document of an account. */
export interface BytesOf {
  readonly tenantId: TenantId;
  readonly accountId: AccountId;
  readonly documentId: DocumentId;
  /** Which form of it. */
  readonly form: string;
}

interface BytesRow {
  readonly iv: Buffer;
  readonly sealed: Buffer;
}

const READ = 'SELECT iv, sealed FROM ops.documents WHERE tenant_id = $1 AND document_id = $2 AND form = $3';
const INSERT = `INSERT INTO ops.documents (tenant_id, document_id, form, account_id, iv, sealed) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant_id, document_id, form) DO`;

/** The bytes of documents in the database, sealed with the key of issued documents of their account: all processes see them, and who erases the key erases them. */
@Injectable()
export class DocumentBytes {
  constructor(
    private readonly keys: PersonalKeys,
    private readonly database: TenantTransactions,
  ) {}

  /** Undefined where there are none, or nobody can open them any more: they were damaged, or are of another key. */
  async find(of: BytesOf): Promise<Uint8Array | undefined> {
    const key = this.keyOf(of);
    const [row] = await this.database.rows<BytesRow>(of.tenantId, READ, [of.tenantId, of.documentId, of.form]);
    if (!key || !row) return undefined;
    try {
      return openBytes(key, row.iv, row.sealed, contextOf(of));
    } catch {
      return undefined;
    }
  }

  /** @returns those that were put first: of two processes that make the same form at once, one is it */
  async keep(of: BytesOf, content: Uint8Array): Promise<Uint8Array> {
    if (!(await this.put(of, content, 'NOTHING'))) return content;
    return (await this.find(of)) ?? content;
  }

  /** In the place of those that were lost. */
  async restore(of: BytesOf, content: Uint8Array): Promise<void> {
    await this.put(of, content, 'UPDATE SET iv = excluded.iv, sealed = excluded.sealed');
  }

  private async put(of: BytesOf, content: Uint8Array, otherwise: string): Promise<boolean> {
    const key = this.keyOf(of);
    if (!key || content.length > BYTES_MAX) return false;
    const { tenantId, accountId, documentId, form } = of;
    const { iv, sealed } = sealBytes(key, Buffer.from(content), contextOf(of));
    const values = [tenantId, documentId, form, accountId, iv, sealed];
    await this.database.writeDurably(tenantId, { text: `${INSERT} ${otherwise}`, values });
    return true;
  }

  private keyOf({ tenantId, accountId }: BytesOf) {
    return this.keys.find(tenantId, keyIdOf(accountId, 'documents'));
  }
}

const contextOf = ({ documentId, form }: BytesOf): string => `${documentId} ${form}`;
