import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

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
