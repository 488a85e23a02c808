/** What a database parameter takes. RDS writes a boolean as 0 or 1, unlike PostgreSQL itself. */
export type ParameterValues =
  | { readonly kind: 'switch' }
  | { readonly kind: 'integer' | 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'one-of' | 'list-of'; readonly words: readonly string[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'fixed'; readonly instead: string };

/** A value that RDS computes from the instance: `LEAST({DBInstanceClassMemory/9531392},5000)`. */
const FORMULA = /\{(DBInstanceClassMemory|DBInstanceVCPU|AllocatedStorage)\b/;

const INTEGER = /^-?\d+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** What is allowed, as the rest of a sentence that begins "must be …". */
export function allowedValues(values: Exclude<ParameterValues, { kind: 'fixed' }>): string {
  switch (values.kind) {
    case 'switch':
      return '0 or 1';
    case 'integer':
    case 'number':
      return `${values.kind === 'integer' ? 'an integer' : 'a number'} from ${values.min} to ${values.max}`;
    case 'one-of':
      return `one of ${values.words.join(', ')}`;
    case 'list-of':
      return `a comma-separated list of ${values.words.join(', ')}`;
    case 'text':
      return 'a non-empty text';
  }
}

/** Whether a parameter takes a text. */
export function accepts(values: Exclude<ParameterValues, { kind: 'fixed' }>, text: string): boolean {
  switch (values.kind) {
    case 'switch':
      return text === '0' || text === '1';
    case 'integer':
    case 'number': {
      if (FORMULA.test(text)) return true;
      const wellFormed = (values.kind === 'integer' ? INTEGER : NUMBER).test(text);
      return wellFormed && Number(text) >= values.min && Number(text) <= values.max;
    }
    case 'one-of':
      return values.words.includes(text);
    case 'list-of':
      return text.split(',').every((word) => values.words.includes(word.trim()));
    case 'text':
      return text.trim() !== '';
  }
}
