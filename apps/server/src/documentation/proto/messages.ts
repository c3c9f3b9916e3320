import type { Schema, Schemas } from '../examples.js';
import type { Alternative } from './alternatives.js';
import { commentOf } from './comments.js';
import { fieldTypeOf, type FieldType } from './field-types.js';
import { FILTER, NULLABLE_TEXT, TEXTS, type Field, type Form, type Message } from './protocol.js';

interface Draft {
  readonly variants: Set<Schema>;
  inRequest: boolean;
}

/** A field by the schemas that it has in the variants of its message. */
interface Property {
  readonly schemas: readonly Schema[];
  readonly required: boolean;
}

const ZERO_ABLE: ReadonlySet<string> = new Set(['int32', 'int64', 'double', 'bool']);

/** Messages by name. Schemas of one name are one message, which has the fields of all. */
export class Messages {
  private readonly drafts = new Map<string, Draft>();

  constructor(
    private readonly schemas: Schemas,
    /** Names that messages were released under, by those that they would have now. */
    private readonly released: Readonly<Record<string, string>>,
  ) {}

  /** Answers the name of the message of a shared schema. */
  readonly nameOf = (schema: string): string => this.released[schema] ?? schema.replace(/(?:Dto|Resource)$/, '');

  add(name: string, variants: readonly Schema[], inRequest: boolean): void {
    const draft = this.drafts.get(name) ?? { variants: new Set(), inRequest: false };
    this.drafts.set(name, draft);
    for (const variant of variants) {
      refuseStrangers(name, variant, [...draft.variants]);
      draft.variants.add(variant);
    }
    draft.inRequest ||= inRequest;
  }

  /** What one message needs may add to another: built until nothing is added. */
  built(): Message[] {
    for (let before = ''; before !== this.size();) {
      before = this.size();
      for (const [name, draft] of [...this.drafts]) this.message(name, draft);
    }
    return [...[...this.drafts].map(([name, draft]) => this.message(name, draft)), ...this.texts()];
  }

  private size(): string {
    return JSON.stringify([...this.drafts.values()].map(({ variants, inRequest }) => [variants.size, inRequest]));
  }

  private message(name: string, { variants, inRequest }: Draft): Message {
    const properties = propertiesOf([...variants]);
    return {
      name,
      comment: commentOf([...variants]),
      fields: [...properties].map(([field, property]) => this.field(field, property, inRequest)),
    };
  }

  private field(name: string, { schemas, required }: Property, inRequest: boolean): Field {
    const type = fieldTypeOf(schemas, this.schemas, inRequest, (parts) => this.named(parts, inRequest));
    const form = schemas.some(({ title }) => title?.endsWith(FILTER))
      ? 'spread'
      : inRequest
        ? formOf(type, required)
        : undefined;
    const isText = inRequest && type.nullable && !required && type.type === 'string';
    const mayBeZero = inRequest && ZERO_ABLE.has(type.type) && schemas.some(({ minimum = 0 }) => minimum <= 0);
    return {
      name,
      type: isText ? NULLABLE_TEXT : type.type,
      repeated: type.repeated,
      optional: !type.repeated && !type.type.startsWith('map<') && (!required || type.nullable || mayBeZero),
      comment: commentOf(schemas),
      ...((form ?? type.members) === undefined ? {} : { form: (form ?? type.members)! }),
    };
  }

  private named(parts: readonly Alternative[], inRequest: boolean): string {
    const names = [...new Set(parts.map(({ name }) => this.nameOf(name!)))];
    const name = sharedEnd(names);
    this.add(
      name,
      parts.map(({ schema }) => schema),
      inRequest,
    );
    return name;
  }

  /** Messages around a text, those that are used. */
  private texts(): Message[] {
    const used = JSON.stringify([...this.drafts].map(([name, draft]) => this.message(name, draft)));
    const text = { name: 'text', type: 'string', repeated: false, optional: true, comment: '' };
    return TEXTS.filter((name) => used.includes(name)).map((name) => ({
      name,
      comment: 'A text to set, or none to remove what is there.',
      fields: [text],
    }));
  }
}

/** Of a choice: `FlatPrice`, `PerUnitPrice` → `Price`. */
const sharedEnd = (names: readonly string[]): string => {
  const words = names.map((name) => name.split(/(?=[A-Z])/).reverse());
  const shared = words[0]!.findIndex((word, index) => words.some((others) => others[index] !== word));
  return (shared < 0 ? words[0]! : words[0]!.slice(0, shared)).toReversed().join('');
};

/** Two things of one name would silently become one message. */
const refuseStrangers = (name: string, variant: Schema, others: readonly Schema[]): void => {
  const fields = new Set(Object.keys(variant.properties ?? {}));
  const isStranger = ({ properties = {} }: Schema): boolean =>
    !Object.keys(properties).some((field) => fields.has(field));
  if (others.some(isStranger)) throw new Error(`Two schemas would be the message “${name}”: name one of them.`);
};

const propertiesOf = (variants: readonly Schema[]): Map<string, Property> => {
  const names = new Set(variants.flatMap(({ properties = {} }) => Object.keys(properties)));
  return new Map(
    [...names].map((name) => [
      name,
      {
        schemas: variants.flatMap(({ properties = {} }) => properties[name] ?? []),
        required: variants.every(({ required = [] }) => required.includes(name)),
      },
    ]),
  );
};

const formOf = ({ type, repeated, nullable, mayBeEmpty, members }: FieldType, required: boolean): Form | undefined => {
  if (members) return members;
  if (required && nullable) return 'null';
  if (required && mayBeEmpty) return repeated ? 'list' : 'map';
  const isMessage = /^[A-Z]/.test(type) && !repeated;
  return nullable && isMessage ? 'null if empty' : undefined;
};
