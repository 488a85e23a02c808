import { gatewayAccess } from '../platform/gateway/limits';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import type { Platform } from '../platform/platform';
import { selectorOf } from './labels';
import { clusterDomain } from './service-address';

/** What the counter of requests is called: its pods, its service, its secret. */
export const limitsWord = 'limits';

/** Port of the counter. */
export const limitsPort = 6379;

/** User of the gateway in the counter. */
export const limitsUser = gatewayWord;

/** Which pods count. */
export const limitsSelector = (): Record<string, string> => selectorOf({ name: gatewayWord, component: limitsWord });

/** Where the gateway finds the counter. Plain: the gateway's own proxy encrypts. */
export const limitsHost = (platform: Pick<Platform, 'name'>): string =>
  `${limitsWord}.${kubernetesNamespace(platform, gatewayWord)}.svc.${clusterDomain}`;

/**
 * What the counter may take. Ours: a count is some 150 bytes and lives for a minute, so 64 MiB hold 400,000, which is 50,000
 * people on eight routes each; what does not fit is forgotten, the least used first.
 */
export const limitsCapacity = { vcpu: 0.1, memoryGiB: 0.125 } as const;
const mostMegabytes = 64;

/** Where it writes the list of its users, in memory. */
const usersFile = '/tmp/users.acl';

/**
 * Writes down who may log in, and becomes the server: the gateway alone, to count; the password is in no list of processes.
 * Nothing is kept, since a count is worth nothing a minute later.
 */
export const limitsCommand: readonly string[] = [
  '/bin/sh',
  '-c',
  [
    'set -eu',
    'umask 077',
    `printf 'user default off\\nuser ${limitsUser} >%s %s\\n' "$LIMITS_PASSWORD" '${gatewayAccess}' > ${usersFile}`,
    'unset LIMITS_PASSWORD',
    'exec valkey-server "$@"',
  ].join('\n'),
  limitsWord,
  ...Object.entries({
    port: String(limitsPort),
    bind: '*',
    'protected-mode': 'no',
    aclfile: usersFile,
    save: '',
    appendonly: 'no',
    maxmemory: `${mostMegabytes}mb`,
    'maxmemory-policy': 'allkeys-lru',
    dir: '/tmp',
  }).flatMap(([setting, value]) => [`--${setting}`, value]),
];
