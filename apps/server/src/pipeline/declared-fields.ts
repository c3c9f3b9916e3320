import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** The fields that a class of bodies or queries has rules for. */
export const fieldsOf = (type: Type): string[] => [
  ...new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(type, '', true, false)
      .map(({ propertyName }) => propertyName),
  ),
];
