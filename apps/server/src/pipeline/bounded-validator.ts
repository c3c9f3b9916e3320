import { createRequire } from 'node:module';
import { getMetadataStorage, type ValidationError, type ValidatorOptions } from 'class-validator';

type Rules = ReturnType<typeof getMetadataStorage>;
type RulesOfClass = ReturnType<Rules['getTargetValidationMetadatas']>;

type PerformValidations = [
  object: object,
  value: unknown,
  name: string,
  defined: readonly object[],
  others: readonly object[],
  errors: ValidationError[],
];

/** What class-validator's `validate` is made of, and does not hand out. */
interface Executor {
  metadataStorage: Pick<Rules, 'hasValidationMetaData' | 'groupByPropertyName' | 'getTargetValidatorConstraints'> & {
    getTargetValidationMetadatas(type: object): RulesOfClass;
  };
  execute(object: object, schema: string | undefined, errors: ValidationError[]): void;
  /** Finds fields that nobody declared. */
  whitelist(object: object, byName: object, errors: ValidationError[]): void;
  /** Looks at one field, or at one item of a list, and at what is in it. */
  performValidations(...of: PerformValidations): void;
  stripEmptyErrors(errors: ValidationError[]): ValidationError[];
}

const { ValidationExecutor } = createRequire(import.meta.url)(
  'class-validator/cjs/validation/ValidationExecutor.js',
) as { readonly ValidationExecutor: new (validator: null, options: ValidatorOptions) => Executor };

/** Its own storage goes through the rules of every class there is, for each object that it looks at. */
const rules = getMetadataStorage();
const known = new Map<object, RulesOfClass>();
const grouped = new Map<RulesOfClass, ReturnType<Rules['groupByPropertyName']>>();

const remembered = <Key, Value>(memory: Map<Key, Value>, key: Key, find: () => Value): Value => {
  const found = memory.get(key);
  if (found !== undefined) return found;
  const value = find();
  memory.set(key, value);
  return value;
};

const rememberedRules: Executor['metadataStorage'] = {
  hasValidationMetaData: true,
  getTargetValidationMetadatas: (type) =>
    remembered(known, type, () => rules.getTargetValidationMetadatas(type as () => void, '', false, false)),
  groupByPropertyName: (found) => remembered(grouped, found, () => rules.groupByPropertyName(found)),
  getTargetValidatorConstraints: (constraint) => rules.getTargetValidatorConstraints(constraint),
};

/** Looks at nothing more once it has found as much as is told. */
class BoundedExecutor extends ValidationExecutor {
  override metadataStorage = rememberedRules;
  private found = 0;

  constructor(
    options: ValidatorOptions,
    private readonly enough: number,
  ) {
    super(null, options);
  }

  override execute(object: object, schema: string | undefined, errors: ValidationError[]): void {
    if (this.found < this.enough) super.execute(object, schema, errors);
  }

  override whitelist(object: object, byName: object, errors: ValidationError[]): void {
    super.whitelist(object, byName, errors);
    this.found += errors.length;
  }

  override performValidations(...[object, value, name, defined, others, errors]: PerformValidations): void {
    if (this.found >= this.enough) return;
    const own = errors.length;
    super.performValidations(object, value, name, defined, others, errors);
    if (Object.keys(errors[own]?.constraints ?? {}).length > 0) this.found += 1;
  }
}

/** class-validator's `validate`, whose work follows from what is right with an object, not from all that is wrong with it. */
export const boundedErrors = (object: object, options: ValidatorOptions, enough: number): ValidationError[] => {
  const errors: ValidationError[] = [];
  const executor = new BoundedExecutor(options, enough);
  executor.execute(object, undefined, errors);
  return executor.stripEmptyErrors(errors);
};
