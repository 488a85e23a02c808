/** A name as Transact-SQL reads it, whatever it is spelled like. */
export const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`;

/** A text as Transact-SQL reads it. */
export const text = (value: string): string => `N'${value.replaceAll("'", "''")}'`;
