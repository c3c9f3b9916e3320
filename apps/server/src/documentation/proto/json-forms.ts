import type { Form, Protocol } from './protocol.js';

/** Fields whose JSON does not follow from their types, by message: what the server needs to know besides the `.proto`. */
export const jsonForms = ({ messages }: Protocol): Record<string, Record<string, Form>> =>
  Object.fromEntries(
    messages.flatMap(({ name, fields }) => {
      const forms = fields.flatMap((field) => (field.form ? [[field.name, field.form] as const] : []));
      return forms.length === 0 ? [] : [[name, Object.fromEntries(forms)]];
    }),
  );
