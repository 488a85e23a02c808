import { ComponentResource, type ComponentResourceOptions, type CustomResource, type Resource } from '@pulumi/pulumi';
import { kubernetesNamespace } from '../platform/names';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IExternalSecret } from './custom-types';
import { labelsOf } from './labels';
import { fromVault, vaultStore } from './vault-store';

/** How often a secret is read anew. A process learns of a new value when it starts. */
const refreshInterval = '15m';

/** A secret of the platform as the namespace of a service has it: of the same name, with the same fields. */
export function externalSecret(
  { cloud, platform }: Pick<ClusterContext, 'cloud' | 'platform'>,
  secret: string,
): NonNullable<IExternalSecret['spec']> {
  const spec = platform.secrets[secret];
  if (spec === undefined) throw new Error(`no secret ${secret} in ${Object.keys(platform.secrets).join(', ')}`);
  return fromVault(
    { name: secret },
    spec.fields.map((field) => ({ secretKey: field, remoteRef: { key: cloud.secretKey(secret, field) } })),
    refreshInterval,
  );
}

export interface ServiceSecretsArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
  /** The account as which the vault is read. */
  readonly account: Resource;
}

/** The secrets of a service, read from the vault as the service itself. Without any, there is no store either. */
export class ServiceSecrets extends ComponentResource {
  public readonly resources: readonly CustomResource[];

  public constructor(name: string, args: ServiceSecretsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:ServiceSecrets', name, {}, opts);
    const { account, context, service } = args;
    const { cloud, platform } = context;
    const spec = platform.services[service];
    const secrets = spec?.uses.secrets ?? [];
    const metadata = (object: string) => ({
      name: object,
      namespace: kubernetesNamespace(platform, service),
      labels: labelsOf({ platform, name: service, team: spec?.team }),
    });
    const stores = secrets
      .slice(0, 1)
      .map(() => vaultStore(name, { cloud, metadata, word: service }, { parent: this, dependsOn: [account] }));
    this.resources = [
      ...stores,
      ...secrets.map((secret) =>
        customResource<IExternalSecret>(
          `${name}-${secret}`,
          {
            apiVersion: 'external-secrets.io/v1',
            kind: 'ExternalSecret',
            metadata: metadata(secret),
            spec: externalSecret(context, secret),
          },
          { parent: this, dependsOn: stores },
        ),
      ),
    ];
    this.registerOutputs({});
  }
}
