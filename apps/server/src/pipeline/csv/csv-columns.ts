import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import metadata from '../../metadata.js';
import { MoneyDto } from '../money.dto.js';

/** What the generated metadata says of a field; a type in brackets is a list of it. */
interface FieldMetadata {
  readonly type?: unknown;
}

type Fields = readonly (readonly [name: string, type: unknown])[];
type Values = Readonly<Record<string, unknown>>;

export interface CsvColumn {
  readonly name: string;
  readonly read: (row: Values) => unknown;
}

/** What becomes of one element of an answer: how many rows, each with these columns. */
export interface CsvShape {
  readonly columns: readonly CsvColumn[];
  readonly rowsOf: (element: Values) => readonly Values[];
}

/**
 * Columns follow from the documented class of an answer, so that they are the same whatever the rows hold. Money is a decimal, with
 * its currency in a column of its own where the row does not say it; parts of objects have their path; lists and maps are JSON.
 */
@Injectable()
export class CsvColumns implements OnModuleInit {
  private readonly fields = new Map<unknown, Fields>();

  async onModuleInit(): Promise<void> {
    const { '@nestjs/swagger': described } = await metadata();
    for (const [module, classes] of described.models as [Promise<Record<string, unknown>>, object][]) {
      const exported = await module;
      for (const [name, told] of Object.entries(classes)) {
        const fields = Object.entries(told as Record<string, FieldMetadata>);
        this.fields.set(
          exported[name],
          fields.map(([field, { type }]) => [field, typeOf(type)] as const),
        );
      }
    }
  }

  /** Each element is a row. */
  flat(resource: Type, hasCurrency = false): CsvShape {
    return { columns: this.columns(resource, hasCurrency), rowsOf: (element) => [element] };
  }

  /**
   * A row for each of the innermost elements of a report. What the whole says beside them stands in each row, but for its amounts: they
   * are sums of rows.
   */
  unfolded(resource: Type, hasCurrency = false): CsvShape {
    const list = this.fieldsOf(resource).find(([, type]) => Array.isArray(type) && this.fields.has(type[0]));
    if (!list) return this.flat(resource, hasCurrency);
    const [name, [inner]] = list as [string, [Type]];
    const parts = this.unfolded(inner, hasCurrency || this.saysCurrency(resource));
    const names = new Set(parts.columns.map((column) => column.name));
    const own = this.fieldsOf(resource)
      .filter(([field, type]) => field !== name && !names.has(field) && !Array.isArray(type) && !this.fields.has(type))
      .map(([field]) => ({ name: field, read: (row: Values): unknown => row[field] }));
    return {
      columns: [...own, ...parts.columns],
      rowsOf: (element) =>
        (element[name] as readonly Values[]).flatMap((part) =>
          parts.rowsOf(part).map((row) => ({ ...outer(own, element), ...row })),
        ),
    };
  }

  private columns(resource: Type, hasCurrency = false): CsvColumn[] {
    const fields = this.fieldsOf(resource);
    const saysCurrency = hasCurrency || this.saysCurrency(resource);
    return fields.flatMap(([name, type]) => this.columnsOf(name, type, saysCurrency));
  }

  private saysCurrency(resource: Type): boolean {
    return this.fieldsOf(resource).some(([name]) => name === 'currency');
  }

  private columnsOf(name: string, type: unknown, saysCurrency: boolean): CsvColumn[] {
    if (type === MoneyDto) {
      const amount = { name, read: within(name, (money) => money['amount']) };
      const currency = { name: `${name}.currency`, read: within(name, (money) => money['currency']) };
      return saysCurrency ? [amount] : [amount, currency];
    }
    if (!this.fields.has(type)) return [{ name, read: (row) => row[name] }];
    return this.columns(type as Type, saysCurrency).map((column) => ({
      name: `${name}.${column.name}`,
      read: within(name, column.read),
    }));
  }

  private fieldsOf(resource: Type): Fields {
    const parent: unknown = Object.getPrototypeOf(resource);
    const inherited = this.fields.has(parent) ? this.fieldsOf(parent as Type) : [];
    return [...inherited, ...(this.fields.get(resource) ?? [])];
  }
}

const typeOf = (type: unknown): unknown => (typeof type === 'function' ? (type as () => unknown)() : type);

const within =
  (name: string, read: (value: Values) => unknown) =>
  (row: Values): unknown => {
    const value = row[name];
    return value === null || value === undefined ? null : read(value as Values);
  };

const outer = (own: readonly CsvColumn[], element: Values): Values =>
  Object.fromEntries(own.map(({ name, read }) => [name, read(element)]));
