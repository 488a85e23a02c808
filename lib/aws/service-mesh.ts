import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { callersOf, type Platform } from '../platform/platform';
import { meshPort } from '../platform/ports';
import type { Capability } from './capability';
import type { Cluster } from './cluster';
import { taskLogs } from './confinement';

/** Port at which a caller reaches another service by name; its own proxy listens there, inside the task. */
const callPort = 80;

/** A connection that is not used is closed after this long, in seconds: the default of Service Connect. */
const idleSeconds = 300;

/** A service, and the cluster in which services find each other. */
export interface MeshProps {
  readonly name: string;
  readonly platform: Platform;
  readonly cluster: Pick<Cluster, 'namespace' | 'certificateAuthority' | 'meshRole' | 'key'>;
  readonly logGroup: logs.ILogGroup;
}

/**
 * How a service calls others and is called, by Service Connect: TLS 1.3 from proxy to proxy. The proxy takes calls on a port
 * of its own, so that the load balancer reaches the process without it.
 *
 * @returns nothing for a service that neither calls nor is called, which then runs no proxy.
 */
export function meshOf({ cluster, logGroup, name, platform }: MeshProps): ecs.ServiceConnectProps | undefined {
  const spec = platform.services[name];
  const called = callersOf(platform, name).length > 0;
  if (spec === undefined || (!called && spec.uses.calls.length === 0)) return undefined;
  const server: ecs.ServiceConnectService = {
    portMappingName: name,
    discoveryName: name,
    dnsName: name,
    port: callPort,
    ingressPortOverride: meshPort,
    perRequestTimeout: Duration.seconds(spec.timeoutSeconds),
    // Else a request that takes longer would be cut off as idle.
    idleTimeout: Duration.seconds(Math.max(idleSeconds, spec.timeoutSeconds)),
    tls: {
      awsPcaAuthorityArn: cluster.certificateAuthority.arn,
      kmsKey: cluster.key,
      role: cluster.meshRole,
    },
  };
  return {
    namespace: cluster.namespace.namespaceArn,
    logDriver: taskLogs(logGroup, 'mesh'),
    services: called ? [server] : [],
  };
}

/** What a service is to the services that call it. The caller speaks plain HTTP to its own proxy. */
export function calledService(name: string, securityGroup: ec2.ISecurityGroup): Capability {
  return {
    values: () => ({ url: `http://${name}:${callPort}` }),
    secrets: {},
    reach: [{ id: 'Mesh', securityGroup, port: meshPort }],
    grant: () => undefined,
  };
}
