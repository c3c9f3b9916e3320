import { TaxProviderFailed, type QuotedTaxes, type TaxableDocument, type ToldDocument } from '#billing/tax';
import type { LineId } from '#kernel';
import { Type, type Static, type TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

const Tax = Type.Object({
  code: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$' }),
  jurisdiction: Type.String({ pattern: '^[A-Z]{2}(-[A-Z0-9]{1,8})?$' }),
  category: Type.Enum(['S', 'Z', 'E', 'AE', 'K', 'G', 'O', 'L', 'M']),
  rate: Type.String({ pattern: '^[0-9]{1,3}(\\.[0-9]{1,6})?$' }),
  compound: Type.Optional(Type.Boolean()),
});
const reference = Type.String({ minLength: 1, maxLength: 256 });
const Answer = Type.Object({
  reference,
  lines: Type.Array(Type.Object({ id: Type.String(), taxes: Type.Array(Tax, { minItems: 1, maxItems: 16 }) })),
});
const answers = Compile(Answer);
const receipts = Compile(Type.Object({ reference }));

/** What the answer says of each line of the document. @throws TaxProviderFailed `invalid_answer`: it is no answer, or leaves a line out */
export const quotedTaxes = (text: string, { lines }: Pick<TaxableDocument, 'lines'>): QuotedTaxes => {
  const answer: Static<typeof Answer> = answerIn(text, answers);
  const said = new Map(answer.lines.map(({ id, taxes }) => [id, taxes.map(rateOf)]));
  return {
    reference: answer.reference,
    lines: new Map(
      lines.map(({ id }): [LineId, ReturnType<typeof rateOf>[]] => [
        id,
        said.get(id) ?? invalid(`It says nothing of the line ${id}.`),
      ]),
    ),
  };
};

/** By which it knows what it was told. @throws TaxProviderFailed `invalid_answer` */
export const toldDocument = (text: string): ToldDocument => answerIn(text, receipts);

const answerIn = <Shape extends TSchema>(
  text: string,
  shape: Validator<Record<string, never>, Shape>,
): Static<Shape> => {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return invalid('The answer is no JSON.');
  }
  return shape.Check(answer) ? answer : invalid('The answer is none that is documented.');
};

/** What is not taxed has the rate 0, and what is has another. */
const rateOf = ({ compound, ...rate }: Static<typeof Tax>) => {
  const isZero = /^0+(?:\.0+)?$/u.test(rate.rate);
  const isTaxed = rate.category === 'S' || rate.category === 'L' || rate.category === 'M';
  if (isZero ? rate.category === 'S' : !isTaxed)
    return invalid(`${rate.rate} % is no rate of category ${rate.category}.`);
  return { ...rate, ...(compound === true ? { compound } : {}) };
};

const invalid = (message: string): never => {
  throw new TaxProviderFailed('invalid_answer', message);
};
