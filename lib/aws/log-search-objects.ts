import type { LogSearch } from '../platform/nouns/logs';
import type { SecurityObject } from './search-roles';

export interface LogSearchObjectsProps {
  readonly spec: Pick<LogSearch, 'keepDays' | 'readers' | 'topology'>;
  /** Role of what writes lines, by ARN. */
  readonly shipperArn: string;
}

/** Indices of logs, one a day. */
export const logIndices = 'logs-*';

const object = (Path: string, body: object): SecurityObject => ({ Path, Body: JSON.stringify(body) });

/**
 * What is written into a domain of logs when it is made: how a line is found, how long it stays, who may write it, and who may read it.
 * Whoever writes cannot read or remove, and whoever reads cannot write.
 */
export function logSearchObjects({ shipperArn, spec }: LogSearchObjectsProps): readonly SecurityObject[] {
  const mapping = (name: string, roles: readonly string[]) =>
    object(`/_plugins/_security/api/rolesmapping/${name}`, { users: roles, backend_roles: roles });
  return [
    object('/_index_template/logs', {
      index_patterns: [logIndices],
      template: {
        settings: {
          number_of_shards: spec.topology === 'single' ? 1 : 3,
          // A copy in every zone, as standby wants it.
          number_of_replicas: spec.topology === 'single' ? 0 : 2,
        },
        mappings: {
          // A field that a service makes up becomes no column of all.
          dynamic: false,
          properties: {
            '@timestamp': { type: 'date' },
            logGroup: { type: 'keyword' },
            logStream: { type: 'keyword' },
            message: { type: 'text' },
            fields: { type: 'flat_object' },
          },
        },
      },
    }),
    object('/_plugins/_ism/policies/logs', {
      policy: {
        description: `Removes a day of logs after ${spec.keepDays} days`,
        default_state: 'kept',
        states: [
          {
            name: 'kept',
            actions: [],
            transitions: [{ state_name: 'removed', conditions: { min_index_age: `${spec.keepDays}d` } }],
          },
          { name: 'removed', actions: [{ delete: {} }], transitions: [] },
        ],
        ism_template: [{ index_patterns: [logIndices], priority: 100 }],
      },
    }),
    object('/_plugins/_security/api/roles/log_shipper', {
      cluster_permissions: ['indices:data/write/bulk'],
      index_permissions: [
        {
          index_patterns: [logIndices],
          allowed_actions: [
            'create_index',
            'indices:data/write/bulk*',
            'indices:data/write/index',
            'indices:admin/mapping/put',
          ],
        },
      ],
    }),
    mapping('log_shipper', [shipperArn]),
    object('/_plugins/_security/api/roles/log_readers', {
      cluster_permissions: ['cluster_composite_ops_ro'],
      index_permissions: [{ index_patterns: [logIndices], allowed_actions: ['read', 'indices:admin/mappings/get'] }],
      tenant_permissions: [{ tenant_patterns: ['global_tenant'], allowed_actions: ['kibana_all_write'] }],
    }),
    mapping('log_readers', spec.readers),
  ];
}
