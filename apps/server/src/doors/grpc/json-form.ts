import protobuf from 'protobufjs';
import { TEXTS, type Form } from '../../documentation/proto/protocol.js';
import { jsonForms } from './definition.js';
import { jsonInStruct, jsonInValue, structOf, valueOf } from './struct.js';

type Fields = Readonly<Record<string, unknown>>;

const VALUE = '.google.protobuf.Value';
const STRUCT = '.google.protobuf.Struct';
const ABSENT: Partial<Record<Form, () => unknown>> = { null: () => null, list: () => [], map: () => ({}) };

const formsOf = ({ name }: protobuf.Type): Readonly<Record<string, Form>> => jsonForms[name] ?? {};

/**
 * The fields of a request as JSON has them. Protobuf has neither null nor empty lists and maps: the same command has then the same
 * body, and so the same hash, by whatever transport it came.
 */
export const asJson = (type: protobuf.Type, message: Fields): Fields => {
  const forms = formsOf(type);
  const json: Record<string, unknown> = { ...message };
  for (const field of type.fieldsArray) {
    const { name, resolvedType } = field;
    const form = forms[name];
    if (message[name] === undefined) {
      if (form && ABSENT[form]) json[name] = ABSENT[form]();
    } else if (resolvedType instanceof protobuf.Type) {
      json[name] = membersOf(field, message[name], (member) => memberAsJson(resolvedType, member, form));
      if (form === 'spread') spread(json, name);
    }
  }
  return json;
};

const memberAsJson = (type: protobuf.Type, member: Fields, form: Form | undefined): unknown => {
  if (type.fullName === VALUE) return jsonInValue(member);
  if (type.fullName === STRUCT) return jsonInStruct(member);
  const isEmpty = Object.keys(member).length === 0;
  if (TEXTS.includes(type.name)) return isEmpty ? null : textIn(member);
  return isEmpty && form === 'null if empty' ? null : asJson(type, member);
};

/** With a field beside the text that nobody knows, it is no text. */
const textIn = (member: Fields): unknown => (Object.keys(member).join() === 'text' ? member['text'] : member);

const spread = (json: Record<string, unknown>, name: string): void => {
  const { [name]: fields } = json;
  delete json[name];
  Object.assign(json, fields);
};

/** An answer as its message has it. */
export const asMessage = (type: protobuf.Type, answer: object): object => {
  if (Array.isArray(answer)) return asMessage(type, { data: answer as unknown[] });
  const json = answer as Fields;
  const forms = formsOf(type);
  const message: Record<string, unknown> = { ...json };
  for (const field of type.fieldsArray) {
    const { name, resolvedType } = field;
    if (json[name] === undefined) continue;
    if (forms[name] === 'without nulls') message[name] = withoutNulls(json[name] as Fields);
    if (!(resolvedType instanceof protobuf.Type)) continue;
    message[name] = membersOf(field, message[name], (member) => memberAsMessage(resolvedType, member));
  }
  return message;
};

const memberAsMessage = (type: protobuf.Type, member: Fields | null): object | null => {
  if (type.fullName === VALUE) return valueOf(member as never);
  if (member === null) return null;
  return type.fullName === STRUCT ? structOf(member as never) : asMessage(type, member);
};

const withoutNulls = (members: Fields): Fields =>
  Object.fromEntries(Object.entries(members).filter(([, member]) => member !== null));

/** The value of a field, or each of its values where it is a list or a map. */
const membersOf = (field: protobuf.Field, value: unknown, turn: (member: never) => unknown): unknown => {
  if (value !== null && field.map)
    return Object.fromEntries(Object.entries(value as Fields).map(([key, member]) => [key, turn(member as never)]));
  return value !== null && field.repeated ? (value as never[]).map(turn) : turn(value as never);
};
