import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { isAddressOrNetwork } from '../access/caller-addresses.js';
import { rule } from '../pipeline/rules.js';

/** Digits are a number; anything else stays what it is, for its rule to refuse. */
export const Digits = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value,
  );

/** 0 takes a free one. */
export const IsPort = (name: string): PropertyDecorator => {
  const options = { message: `${name} is a port number, 0 to 65535.` };
  return applyDecorators(Digits(), IsInt(options), Min(0, options), Max(65_535, options));
};

export const CommaSeparated = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value,
  );

export const IsAddressOrNetwork = rule(
  'invalid_address',
  isAddressOrNetwork,
  'TRUSTED_PROXIES is a list of addresses and networks such as 10.0.0.0/8.',
);

export const IsWebhookNetwork = rule(
  'invalid_address',
  isAddressOrNetwork,
  'WEBHOOK_ALLOW_CIDRS is a list of addresses and networks such as 10.0.0.0/8.',
);

/** However it is written: `0.0.0.0`, `0`, `::`, `0:0:0:0:0:0:0:0`. */
const isEveryAddress = (host: string): boolean => {
  const url = `http://${host.includes(':') ? `[${host}]` : host}`;
  return URL.canParse(url) && ['0.0.0.0', '[::]', '[::ffff:0:0]'].includes(new URL(url).hostname);
};

export const IsReachable = rule(
  'invalid_host',
  (value) => typeof value === 'string' && !isEveryAddress(value),
  'MEMBER_HOST is the address at which the others reach this process: not every address of the machine.',
);
