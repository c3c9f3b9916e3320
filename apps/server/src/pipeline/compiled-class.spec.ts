import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { plainToInstance, Type as NestedType } from 'class-transformer';
import {
  IsOptional,
  IsString,
  Validate,
  ValidateNested,
  validateSync,
  ValidatorConstraint,
  type ValidationArguments,
} from 'class-validator';
import fc from 'fast-check';
import { exampleOf } from '../documentation/examples.js';
import {
  guardedOperations,
  JSON_TYPE,
  rpcName,
  type DocumentedOperation,
} from '../documentation/proto/documented-operations.js';
import { documentedApi } from '../documentation/proto/proto-files.js';
import { declaredRoutes } from '../rest/declared-routes.js';
import { CompiledClass } from './compiled-class.js';
import { fieldsOf } from './declared-fields.js';
import { parseExactly } from './exact-numbers.js';
import { declaredParameters } from './parameters.js';
import { TypeByModel } from './type-by-model.js';

const api = documentedApi();
const documented = new Map(guardedOperations(api).map((operation) => [rpcName(operation), operation]));

/** Each class of bodies and queries once, with what the document shows of it. */
const classes = new Map<Type, object>();
for (const { controller, name, operation } of declaredRoutes()) {
  for (const { source, type } of declaredParameters(controller, name)) {
    if (operation === undefined || type === undefined || fieldsOf(type).length === 0) continue;
    if (source === RouteParamtypes.BODY) classes.set(type, bodyOf(documented.get(operation.name)!));
    if (source === RouteParamtypes.QUERY) classes.set(type, queryOf(documented.get(operation.name)!));
  }
}

function bodyOf({ requestBody }: DocumentedOperation): object {
  return requestBody!.content[JSON_TYPE]!.example as object;
}

function queryOf({ parameters = [] }: DocumentedOperation): object {
  const own = parameters.filter((parameter) => parameter.$ref === undefined && parameter.in === 'query');
  return Object.fromEntries(
    own.flatMap(({ name, schema: { example } }) => {
      if (example === undefined) return [];
      const isMap = typeof example === 'object' && !Array.isArray(example);
      return [[name, isMap ? example : [example].flat().join()]];
    }),
  );
}

/** Whatever the document shows of any shape, so that a price is also one of another model, and what nobody expects. */
const SHAPES = Object.values(api.components.schemas).flatMap((schema) => {
  try {
    return [exampleOf(schema, api.components.schemas)];
  } catch {
    // Answers have fields without examples.
    return [];
  }
});
const values = fc.oneof(
  fc.constantFrom<unknown>(...SHAPES),
  fc.constantFrom<unknown>(null, '', 'now', 'USD', '1.50', '2026-01-31T00:00:00Z', '2026-01-31', 0, 1, 1.5, -1, [], {}),
  fc.constantFrom<unknown>(parseExactly('1.00000000000000000001'), parseExactly('{"a":1e400}')),
  fc.jsonValue({ maxDepth: 2 }),
);

type Part = Record<string, unknown> | unknown[];
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !JSON_RAW(value);
const JSON_RAW = (JSON as unknown as { isRawJSON: (value: unknown) => boolean }).isRawJSON;

/** A change somewhere inside: what is there becomes another value, goes, or gets company. */
interface Change {
  readonly path: readonly number[];
  readonly value: unknown;
  readonly how: 'replace' | 'remove' | 'add' | 'double';
}
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.record({
    path: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
    value: values,
    how: fc.constantFrom('replace', 'replace', 'replace', 'remove', 'add', 'double'),
  }),
  { maxLength: 3 },
);

const changed = (given: object, all: readonly Change[]): object => {
  const copy = copyOf(given) as Part;
  for (const change of all) apply(copy, change);
  return copy;
};

/** With the numbers that no double holds. */
const copyOf = (json: unknown): unknown => parseExactly(JSON.stringify(json));

const apply = (root: Part, { path: [first = 0, ...rest], value: given, how }: Change): void => {
  const value = copyOf(given);
  const names = Object.keys(root);
  const name = names[first % Math.max(1, names.length)];
  const fields = root as Record<string, unknown>;
  const inside = name === undefined ? undefined : fields[name];
  if (isPart(inside) && rest.length > 0) return apply(inside, { path: rest, value: given, how });
  if (how === 'add' || name === undefined) fields[Array.isArray(root) ? String(root.length) : 'unheardOf'] = value;
  else if (how === 'remove' && Array.isArray(root)) root.splice(Number(name), 1);
  else if (how === 'remove') delete fields[name];
  else fields[name] = how === 'double' ? [inside, copyOf(inside ?? null)] : value;
};

const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } as const;

/** What class-transformer and class-validator make of it; undefined if it is refused. */
const accepted = (type: Type, given: object): object | undefined => {
  const made = plainToInstance(type, given) as object;
  return validateSync(made, STRICT).length === 0 ? made : undefined;
};

/** Names that every object has are refused before a class is asked. */
const hasReservedName = (value: unknown): boolean =>
  isPart(value) &&
  Object.entries(value).some(
    ([name, member]) => (!Array.isArray(value) && name in Object.prototype) || hasReservedName(member),
  );

class Other {
  @IsString()
  field!: string;
}

class Chain {
  @IsOptional()
  @ValidateNested()
  @NestedType(() => Chain)
  next?: Chain;
}

describe('a compiled class', () => {
  const all = [...classes].map(([type, example]) => [type.name, type, example] as const);

  it.each(all)('accepts what the document shows: %s', (_, type, example) => {
    expect(CompiledClass.of(type).accepted(example)).toEqual(accepted(type, example));
    expect(CompiledClass.of(type).accepted(example)).toBeDefined();
  });

  it.each(all)('accepts exactly what class-validator accepts, and makes the same of it: %s', (_, type, example) => {
    fc.assert(
      fc.property(changes, (made) => {
        const given = changed(example, made);
        if (hasReservedName(given)) return;
        expect(CompiledClass.of(type).accepted(given)).toEqual(accepted(type, given));
      }),
      { numRuns: 300 },
    );
  });

  it('is asked for every body and query there is', () => {
    expect(all.length).toBeGreaterThan(60);
  });

  it('takes a name of a map that maps have, too, where class-transformer forgets it', () => {
    const [type, example] = [...classes].find(([{ name }]) => name === 'CreateSubscriptionDto')!;
    const override = { discountBasisPoints: 1_000 };
    const made = CompiledClass.of(type).accepted({ ...example, overrides: { get: override } }) as {
      readonly overrides: ReadonlyMap<string, unknown>;
    };
    expect([...made.overrides.keys()]).toEqual(['get']);
  });

  it('is refused at boot where a rule is not compiled', () => {
    @ValidatorConstraint({ async: true })
    class Slow {
      validate(value: unknown, _: ValidationArguments): Promise<boolean> {
        return Promise.resolve(value === 1);
      }
    }
    class Waits {
      @IsString()
      @Validate(Slow)
      field!: string;
    }
    class Holds {
      @ValidateNested()
      @NestedType(() => Waits)
      inside!: Waits;
    }
    class Chooses {
      @ValidateNested()
      @TypeByModel([{ name: 'waits', value: Waits }], Other)
      inside!: Waits | Other;
    }
    for (const type of [Waits, Holds, Chooses])
      expect(() => CompiledClass.of(type)).toThrow('A rule of field waits or depends, which is not compiled.');
  });

  it('is refused at boot where what is nested depends on what nobody knows by then', () => {
    class Depends {
      @ValidateNested()
      @NestedType((of) => (of?.object === undefined ? Other : Depends))
      inside!: unknown;
    }
    expect(() => CompiledClass.of(Depends)).toThrow('depends on its object, which is not compiled');
  });

  it('may hold another one of itself', () => {
    expect(CompiledClass.of(Chain).accepted({ next: { next: {} } })).toMatchObject({
      next: { next: expect.any(Chain) },
    });
    expect(CompiledClass.of(Chain).accepted({ next: { next: { last: true } } })).toBeUndefined();
  });
});
