/** Remembers what a function computes of an object, so that a rule looks across everything that was written only once. */
export function oncePer<Subject extends object, Result>(
  compute: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const known = new WeakMap<Subject, { readonly value: Result }>();
  return (subject) => {
    const entry = known.get(subject) ?? { value: compute(subject) };
    known.set(subject, entry);
    return entry.value;
  };
}
