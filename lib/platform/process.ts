import type { Service } from './nouns/service';

/** User and group of every process of the platform. Images need no such user; their files must be readable to everybody. */
export const processUser = 1000;

/** Part of a process's memory that is its `/tmp`, on every cloud. */
export const temporaryShare = 1 / 8;

/** Name under which a gRPC service reports that it lives, in the standard health service. */
export const grpcLiveService = 'live';

/** How a process is asked whether it lives, in seconds and answers in a row. */
export const livenessAnswers = { intervalSeconds: 10, timeoutSeconds: 5, unhealthyAnswers: 3 } as const;

/** How a process is asked whether it may have traffic, in seconds and answers in a row. */
export const readinessAnswers = ({ readyEverySeconds }: Pick<Service['health'], 'readyEverySeconds'>) =>
  ({
    intervalSeconds: readyEverySeconds,
    // A load balancer asks again only when the last question is over.
    timeoutSeconds: Math.min(5, readyEverySeconds - 1),
    healthyAnswers: 2,
    unhealthyAnswers: 3,
  }) as const;

/** What stands in for a service until its first release: serves an empty file at both health paths, and nothing else. */
export function bootstrapCommand({
  health,
  port,
}: Pick<Service, 'port'> & { readonly health: Pick<Service['health'], 'livePath' | 'readyPath'> }): readonly string[] {
  const files = [health.livePath, health.readyPath].map((path) => `/tmp/www${path}`);
  const make = files.map((file) => `mkdir -p ${parentOf(file)} && : > ${file}`);
  return ['sh', '-c', [...make, `exec httpd -f -p ${port} -h /tmp/www`].join(' && ')];
}

const parentOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));
