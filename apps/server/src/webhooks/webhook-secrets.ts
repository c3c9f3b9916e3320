import type { Fact } from '#contracts';
import { notFound, type TenantId, type WebhookEndpointId, type WebhookSecretId } from '#kernel';
import { MasterKey, openBytes, PersonalKeys, sealBytes, SealedPersonalData } from '#personal-data';
import { Injectable } from '@nestjs/common';

type SealedUrl = Pick<Fact<'WebhookEndpointCreated'>['data'], 'url' | 'urlDigest'>;

/**
 * What opens receivers. Signing secrets follow from the master key and their id: a repeated request gets the same one again, and none is stored. A URL may have a token in it:
 * in the log it is sealed with a key that the key ring forgets with the endpoint.
 */
@Injectable()
export class WebhookSecrets {
  constructor(
    private readonly master: MasterKey,
    private readonly keys: PersonalKeys,
  ) {}

  signing(secretId: WebhookSecretId): Buffer {
    return this.master.derive('webhook-secret', secretId);
  }

  sealUrl(tenantId: TenantId, endpointId: WebhookEndpointId, url: string): SealedUrl {
    const keyId = keyIdOf(endpointId);
    const urlDigest = new SealedPersonalData(this.keys).blindIndex(tenantId, url);
    // Asked for again once it was deleted: nothing is sealed for it any more.
    const key = this.keys.find(tenantId, keyId) ?? notFound('webhook_endpoint', endpointId);
    const { iv, sealed } = sealBytes(key, Buffer.from(url), keyId);
    return { url: { keyId, iv: iv.toString('base64'), ciphertext: sealed.toString('base64') }, urlDigest };
  }

  /** Undefined once the endpoint is deleted. */
  openUrl(tenantId: TenantId, { url: { keyId, iv, ciphertext } }: Pick<SealedUrl, 'url'>): string | undefined {
    const key = this.keys.find(tenantId, keyId);
    return key && openBytes(key, Buffer.from(iv, 'base64'), Buffer.from(ciphertext, 'base64'), keyId).toString();
  }

  /** For good; done again, it changes nothing. */
  async forgetUrl(tenantId: TenantId, endpointId: WebhookEndpointId): Promise<void> {
    await this.keys.erase(tenantId, [keyIdOf(endpointId)]);
  }
}

const keyIdOf = (endpointId: WebhookEndpointId): string => `${endpointId}.url`;
