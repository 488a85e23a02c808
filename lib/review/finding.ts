/** One thing that is wrong with a synthesized stack. */
export interface Finding {
  /** Name of the rule that found it: `cidr-syntax`. */
  readonly rule: string;
  /** The stack's path: `retailflow-production/Network`. */
  readonly stack: string;
  /** Path of the construct, or the stack's path where no construct is to blame. */
  readonly path: string;
  /** Logical id of the resource in its template; empty where the finding concerns the whole stack. */
  readonly logicalId: string;
  /** What was found, what is allowed, and what to do. */
  readonly message: string;
}

/** A finding about a construct of which only the path is known: `<stage>/<stack>/…`, empty for the app itself. */
export function findingAt(path: string, rule: string, message: string, logicalId = ''): Finding {
  return { rule, stack: path.split('/').slice(0, 2).join('/'), path: path === '' ? 'app' : path, logicalId, message };
}

/** `[rule] path (logicalId): message`, one line. */
export function formatFinding({ rule, path, logicalId, message }: Finding): string {
  return `[${rule}] ${path}${logicalId === '' ? '' : ` (${logicalId})`}: ${message}`;
}

/** Sorted by stack, path, logical id, rule and message, so that two runs print the same bytes. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const key = ({ stack, path, logicalId, rule, message }: Finding): string =>
    [stack, path, logicalId, rule, message].join('\0');
  const keyed = findings.map((finding) => ({ finding, key: key(finding) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ finding }) => finding);
}

/** Each finding once, whoever found it: two proofs may look at the same. */
export const distinct = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [formatFinding(finding), finding])).values(),
];

/** Thrown once for all findings of a review; its message lists every one, a line each, sorted. */
export class ReviewError extends Error {
  public override readonly name = 'ReviewError';
  public readonly findings: readonly Finding[];

  public constructor(subject: string, findings: readonly Finding[]) {
    const sorted = sortFindings(findings);
    const count = sorted.length === 1 ? '1 finding' : `${sorted.length} findings`;
    super([`${subject}: ${count}`, ...sorted.map((finding) => `  ${formatFinding(finding)}`)].join('\n'));
    this.findings = sorted;
  }
}
