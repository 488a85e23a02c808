import { one } from './about';
import type { Expectation } from './expectations';
import { containing, like, withoutText } from './matchers';

const pod = 'spec.template.spec';
const container = `${pod}.containers[*]`;

/**
 * What lays the contents of databases of Azure SQL in a cluster: a job each, as the identity of migrations and of nobody else.
 *
 * @param platform Its name.
 * @param databases Words of the users of each, by its part: `{ order: ['order'] }`.
 * @param registry Host of the registry of the site.
 * @param word In whose namespace, and as whose account, it runs.
 */
export const contentsOf = (
  platform: string,
  databases: Readonly<Record<string, readonly string[]>>,
  registry: string,
  word = 'migration',
): readonly Expectation[] =>
  Object.entries(databases).flatMap(([database, users]) => {
    const at = (kind: string): string => `${platform}-${word}/${kind}-${database}-contents`;
    const schema = database.replaceAll('-', '_');
    return [
      one(`a job lays the contents of ${database}, with tokens for Azure alone`, 'Job', at('job'), {
        'metadata.labels[app.kubernetes.io/component]': database,
        [`${pod}.serviceAccountName`]: word,
        [`${pod}.volumes`]: containing({
          name: 'cloud',
          projected: { sources: [{ serviceAccountToken: { audience: 'api://AzureADTokenExchange' } }] },
        }),
        [`${container}.env[name=AZURE_CLIENT_ID].value`]: '00000000-0000-0000-0000-000000000000',
        [`${container}.env[name=AZURE_FEDERATED_TOKEN_FILE].value`]: '/var/run/secrets/azure/token',
        [`${container}.command`]: containing(
          'bin/sql-contents.ts',
          '--database',
          schema,
          '--file',
          '/sql/migration.sql',
        ),
        [`${container}.image`]: like(new RegExp(`^${registry}/${platform}-production/failover@sha256:[0-9a-f]{64}$`)),
        [`${container}.resources`]: { limits: { memory: '256Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
        [`${container}.securityContext.readOnlyRootFilesystem`]: true,
        [`${pod}.volumes[name=tmp].emptyDir.medium`]: 'Memory',
      }),
      one(
        `the contents of ${database} are users of identities, each in a schema of its own`,
        'ConfigMap',
        at('configmap'),
        {
          immutable: true,
          'data[migration.sql]': like(
            new RegExp(
              users
                .map(
                  (user) =>
                    `CREATE USER \\[svc_${user}\\] WITH SID = [^]*, TYPE = E'[^]*ON SCHEMA::\\[svc_${user}\\] TO \\[svc_${user}\\]`,
                )
                .join('[^]*'),
            ),
          ),
        },
      ),
      one(`nobody but people owns ${database}, and nobody asks the directory`, 'ConfigMap', at('configmap'), {
        'data[migration.sql]': withoutText(
          /EXTERNAL PROVIDER|db_owner\] ADD MEMBER \[svc_|TO \[?public|GRANT CONTROL/i,
        ),
      }),
    ];
  });
