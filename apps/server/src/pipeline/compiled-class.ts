import { createRequire } from 'node:module';
import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { TransformFnParams } from 'class-transformer';
import { isExactNumber } from './exact-numbers.js';
import { choicesOf, type TypeOf } from './type-by-model.js';

/** What class-transformer knows of a field, and does not hand out. */
interface Transformations {
  findTypeMetadata(target: Type, field: string): TypeOfField | undefined;
  findTransformMetadatas(target: Type, field: string, kind: number): readonly TransformOfField[];
  getExposedMetadatas(target: Type): readonly object[];
  getExcludedMetadatas(target: Type): readonly object[];
}
interface TypeOfField {
  readonly typeFunction?: TypeOf;
  readonly reflectedType: unknown;
  readonly options?: { readonly discriminator?: unknown };
}
interface TransformOfField {
  readonly transformFn: (of: TransformFnParams) => unknown;
}

const { defaultMetadataStorage: transformations } = createRequire(import.meta.url)(
  'class-transformer/cjs/storage.js',
) as { readonly defaultMetadataStorage: Transformations };

const PLAIN_TO_CLASS = 0;

type Rules = ReturnType<typeof getMetadataStorage>;
type Rule = ReturnType<Rules['getTargetValidationMetadatas']>[number];
type Constraint = ReturnType<Rules['getTargetValidatorConstraints']>[number];
type Values = Record<string, unknown>;
type Condition = (object: object, value: unknown) => boolean;
type Holds = (value: unknown, object: object) => boolean;
type Make = (value: unknown, made: object, plain: object) => unknown;

/** One field of a class: what is made of it, when its rules count, and whether they hold. */
interface Field {
  readonly name: string;
  /** What it may be made of, or each of its members. */
  readonly types: readonly Type[];
  readonly make: Make | undefined;
  readonly conditions: readonly Condition[];
  readonly rules: readonly Holds[];
}

/** Of what was made of an object that has a field which nobody declared. */
const UNDECLARED = Symbol('undeclared');

/**
 * A class of bodies or queries as a function, made of what its decorators told class-validator and class-transformer: it accepts what
 * these accept and makes the same of it, and says of anything else no more than that it is refused. What is wrong is then found by
 * class-validator, which takes many times as long.
 */
export class CompiledClass {
  private static readonly known = new Map<Type, CompiledClass>();
  private readonly fields: readonly Field[];
  private readonly byName: ReadonlyMap<string, Field>;

  private constructor(private readonly type: Type) {
    if (transformations.getExposedMetadatas(type).length + transformations.getExcludedMetadatas(type).length > 0)
      throw new TypeError(`${type.name} exposes or excludes fields, which is not compiled.`);
    const found = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
    const rules = Map.groupBy(found, ({ propertyName }) => propertyName);
    this.fields = [...rules].map(([name, own]) => fieldOf(type, name, own));
    this.byName = new Map(this.fields.map((field) => [field.name, field]));
  }

  /** With all that is nested in it. @throws TypeError at boot, if a decorator is used that is not compiled */
  static of(type: Type): CompiledClass {
    const known = this.known.get(type);
    if (known) return known;
    const compiled = new CompiledClass(type);
    // Before what is nested in it, which may be of the same class.
    this.known.set(type, compiled);
    for (const { types } of compiled.fields) for (const nested of types) this.of(nested);
    return compiled;
  }

  /** Whether the rules of its class hold for what was made; nothing holds for what has no class with rules. */
  static holdFor(made: object): boolean {
    return this.known.get(made.constructor as Type)?.holds(made) ?? false;
  }

  /** The instance that a JSON object says; undefined if a rule does not hold, here or further inside. */
  accepted(plain: object): object | undefined {
    const made = this.made(plain);
    return this.holds(made) ? made : undefined;
  }

  /** The instance that a JSON object says, whatever the rules. */
  made(plain: object): object {
    const made = new this.type() as Record<string | symbol, unknown>;
    for (const name of Object.keys(plain)) {
      const field = this.byName.get(name);
      if (field === undefined) made[UNDECLARED] = true;
      const value = (plain as Readonly<Record<string, unknown>>)[name];
      made[name] = field?.make === undefined ? plainly(value) : field.make(value, made, plain);
    }
    return made;
  }

  private holds(made: object): boolean {
    const values = made as Readonly<Record<string | symbol, unknown>>;
    if (values[UNDECLARED] === true) return false;
    for (const { name, conditions, rules } of this.fields) {
      const value = values[name];
      if (!conditions.every((isAsked) => isAsked(made, value))) continue;
      for (const rule of rules) if (!rule(value, made)) return false;
    }
    return true;
  }
}

/** The rules know no number that no double holds: they are shown an object. */
const plainly = (value: unknown): unknown => {
  if (typeof value !== 'object') return value;
  return Array.isArray(value) ? value.map(plainly) : isExactNumber(value) ? { ...value } : value;
};

const fieldOf = (type: Type, name: string, rules: readonly Rule[]): Field => ({
  name,
  types: typesOf(transformations.findTypeMetadata(type, name)),
  make: makeOf(type, name),
  conditions: rules
    .filter((rule) => rule.type === ValidationTypes.CONDITIONAL_VALIDATION)
    .map(({ constraints }) => constraints[0] as Condition),
  rules: rules.flatMap(checksOf),
});

const typesOf = (declared: TypeOfField | undefined): readonly Type[] =>
  declared?.typeFunction === undefined ? [] : choicesOf(declared.typeFunction);

/** Undefined where a field is handed on as it came. */
const makeOf = (type: Type, name: string): Make | undefined => {
  const typed = typedOf(transformations.findTypeMetadata(type, name), name);
  const transforms = transformations.findTransformMetadatas(type, name, PLAIN_TO_CLASS);
  if (transforms.length === 0) return typed;
  return (value, made, plain) =>
    transforms.reduce(
      (result, { transformFn }) =>
        transformFn({ value: result, key: name, obj: plain, type: PLAIN_TO_CLASS, options: {} }),
      typed === undefined ? value : typed(value, made, plain),
    );
};

const typedOf = (declared: TypeOfField | undefined, name: string): Make | undefined => {
  if (declared === undefined) return undefined;
  const { typeFunction, reflectedType, options } = declared;
  if (typeFunction === undefined || options?.discriminator !== undefined)
    throw new TypeError(`The type of “${name}” is told by no function, which is not compiled.`);
  return (value, made, plain) => {
    if (typeof value !== 'object' || value === null) return value;
    const compiled = CompiledClass.of(typeFunction({ newObject: made, object: plain as Values, property: name }));
    if (reflectedType !== Map || Array.isArray(value)) return instancesOf(compiled, value);
    return new Map(Object.entries(value).map(([key, member]) => [key, instancesOf(compiled, member)]));
  };
};

/** Of an object, or of each in a list. */
const instancesOf = (compiled: CompiledClass, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => instancesOf(compiled, item));
  return typeof value === 'object' && value !== null ? compiled.made(value) : value;
};

const checksOf = (rule: Rule): Holds[] => {
  switch (rule.type) {
    case ValidationTypes.CONDITIONAL_VALIDATION:
    case ValidationTypes.WHITELIST:
      return [];
    case ValidationTypes.NESTED_VALIDATION:
      return [membersHold];
    case ValidationTypes.CUSTOM_VALIDATION:
    case ValidationTypes.IS_DEFINED:
      return getMetadataStorage()
        .getTargetValidatorConstraints(rule.constraintCls)
        .map((constraint) => checkOf(rule, constraint));
    default:
      throw new TypeError(`${rule.propertyName} has a rule of the type ${rule.type}, which is not compiled.`);
  }
};

const checkOf = ({ propertyName, constraints, each, validateIf }: Rule, { async, instance }: Constraint): Holds => {
  if (async || validateIf !== undefined)
    throw new TypeError(`A rule of ${propertyName} waits or depends, which is not compiled.`);
  return (value, object) => {
    const args = { targetName: object.constructor.name, property: propertyName, object, value, constraints };
    const members = each ? membersOf(value) : undefined;
    if (members === undefined) return instance.validate(value, args) as boolean;
    return members.every((member) => instance.validate(member, args) as boolean);
  };
};

/** What is in a list or map; undefined of anything else. */
const membersOf = (value: unknown): readonly unknown[] | undefined => {
  if (Array.isArray(value)) return value as readonly unknown[];
  return value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>).values()] : undefined;
};

/** What is nested is an object of a class, or a list or map of such. */
const membersHold = (value: unknown): boolean => {
  if (value === undefined) return true;
  const members = membersOf(value);
  if (members !== undefined) return members.every(membersHold);
  return value instanceof Object && CompiledClass.holdFor(value);
};
