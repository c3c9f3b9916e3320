export type CsvRecord = Readonly<Record<string, string>>;

/** Which column says what of a reading. */
export interface UsageMapping {
  /** By field, a column. */
  readonly columns: Readonly<Partial<Record<ReadingField, string>>>;
  /** By field, what it says in every row. */
  readonly constants: Readonly<Partial<Record<ReadingField, string>>>;
  /** The columns that are properties; all that say nothing else unless told. */
  readonly properties?: readonly string[];
  /** Rows without ids of their own are named by this and their line: the same file gives the same ids. */
  readonly idPrefix?: string;
}

export const READING_FIELDS = ['id', 'event', 'accountId', 'at', 'subscriptionId'] as const;
export type ReadingField = (typeof READING_FIELDS)[number];

/** Columns that the file of rejected rows has besides: they say nothing of the reading. */
export const REJECT_COLUMNS = ['rejected_line', 'rejected_code', 'rejected_message'] as const;

/** An empty cell is an absent one. */
export const readingOf = (record: CsvRecord, line: number, mapping: UsageMapping): object => {
  const fields = Object.fromEntries(
    READING_FIELDS.flatMap((field) => {
      const value = valueOf(field, record, line, mapping);
      return value === undefined || value === ''
        ? []
        : [[field, field === 'accountId' ? accountReference(value) : value]];
    }),
  );
  return { ...fields, properties: propertiesOf(record, mapping) };
};

const valueOf = (
  field: ReadingField,
  record: CsvRecord,
  line: number,
  { columns, constants, idPrefix }: UsageMapping,
): string | undefined => {
  if (constants[field] !== undefined) return constants[field];
  if (field === 'id' && idPrefix !== undefined) return `${idPrefix}#${record['rejected_line'] || line}`;
  return record[columns[field] ?? field];
};

/** What is no id of ours is the tenant's own. */
const accountReference = (value: string): string => (/^(?:acc_|external:)/.test(value) ? value : `external:${value}`);

const propertiesOf = (record: CsvRecord, { columns, properties }: UsageMapping): CsvRecord => {
  const taken = new Set<string>([...READING_FIELDS.map((field) => columns[field] ?? field), ...REJECT_COLUMNS]);
  const named = properties ?? Object.keys(record).filter((name) => !taken.has(name));
  return Object.fromEntries(
    named.flatMap((name) => (record[name] === undefined || record[name] === '' ? [] : [[name, record[name]]])),
  );
};
