/** What can be asked of a part: which noun, which part, which of its values. */
export interface Source {
  readonly noun:
    | 'databases'
    | 'caches'
    | 'searches'
    | 'documents'
    | 'buckets'
    | 'queues'
    | 'topics'
    | 'streams'
    | 'messages'
    | 'services'
    | 'flags'
    | 'workflows'
    | 'secrets';
  readonly name: string;
  readonly field: string;
}

/** One variable or secret that a service receives. The name is the same on every cloud. */
export type ContractEntry = { readonly variable: string } & (
  | { readonly kind: 'constant'; readonly value: string }
  /** A value that the cloud fills in. */
  | { readonly kind: 'value'; readonly source: Source }
  /** A secret that the cloud injects; never a value in an output. */
  | { readonly kind: 'secret'; readonly source: Source }
);

/** `DATABASE_STORE_HOST` from `database`, `store`, `HOST`. */
export const variableName = (...words: readonly string[]): string =>
  words
    .join('_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();

/** A variable of which the definition says everything. */
export const constant = (variable: string, value: string | number): ContractEntry => ({
  variable,
  kind: 'constant',
  value: String(value),
});

/** A variable that a cloud fills in. */
export const value = (variable: string, noun: Source['noun'], name: string, field: string): ContractEntry => ({
  variable,
  kind: 'value',
  source: { noun, name, field },
});

/** A secret that a cloud injects. */
export const secret = (variable: string, noun: Source['noun'], name: string, field: string): ContractEntry => ({
  variable,
  kind: 'secret',
  source: { noun, name, field },
});
