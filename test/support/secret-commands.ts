import { join } from 'node:path';
import { scratch } from '../gates/support/run';
import { callScript, type Called } from './call-script';
import { standIns } from './stand-ins';

/** `push-secrets`, with stores that tell what they are told to. */
export function secretCommands() {
  const { path, ...others } = standIns('aws', 'az');
  return {
    ...others,
    /** Where values are read from. */
    file: join(scratch(), 'values.json'),
    push: (...args: readonly string[]): Called => callScript('push-secrets', args, { env: { PATH: path } }),
    /** Lets both stores tell which version of a field they have. */
    told: (aws: string, azure: string, field = ''): void => {
      others.answer(`aws secretsmanager describe-secret*${field}*`, {
        stdout: JSON.stringify({ VersionIdsToStages: { old: ['AWSPREVIOUS'], [aws]: ['AWSCURRENT'] } }),
      });
      others.answer(`az rest --method get*${field}*`, { stdout: JSON.stringify({ tags: { version: azure } }) });
    },
  };
}
