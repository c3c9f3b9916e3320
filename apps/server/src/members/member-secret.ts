import type { ConnectionOptions, TlsOptions } from 'node:tls';
import type { MasterKey } from '#personal-data';

/** Suites of a shared key need the hash that the key is bound to; nothing older than TLS 1.3 is spoken. */
const TLS_1_3 = { minVersion: 'TLSv1.3', ciphers: 'TLS_AES_128_GCM_SHA256' } as const;

/**
 * How members of an installation know each other: by a key that follows from the master key. TLS 1.3 with it (RFC 8446, external PSK) shows both
 * sides that the other has it, and encrypts; there are no certificates.
 */
export class MemberSecret {
  private readonly key: Buffer;

  constructor(master: MasterKey) {
    this.key = master.derive('members', '');
  }

  /** As the member with this id; whoever wants another one is let go. */
  serving(id: string): TlsOptions {
    return {
      ...TLS_1_3,
      pskCallback: (_socket, wanted) => (wanted === id ? this.key : null),
    };
  }

  asking(id: string): ConnectionOptions {
    return {
      ...TLS_1_3,
      pskCallback: () => ({ psk: this.key, identity: id }),
      // The key says who it is: there is no name to check.
      checkServerIdentity: () => undefined,
    };
  }
}
