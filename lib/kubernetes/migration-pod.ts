import { migrationWord } from '../platform/names';
import { plainPod } from './plain-pod';

/** What every pod of a job in the namespace of migrations has in common: it runs once. */
export const migrationPod = <Rest extends object>(
  labels: Readonly<Record<string, string>>,
  architecture: string,
  spec: Rest,
  word = migrationWord,
) => plainPod(word, labels, architecture, { restartPolicy: 'Never', ...spec });
