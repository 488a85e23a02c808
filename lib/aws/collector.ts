import { aws_ecs as ecs, aws_iam as iam, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { collectorPorts, collectorShare } from '../platform/telemetry';
import { confinement } from './confinement';
import type { MetricsWorkspace } from './metrics-workspace';

/** Where collectors send to, and what they are. */
export interface Collecting {
  readonly image: ecs.ContainerImage;
  readonly workspace: Pick<MetricsWorkspace, 'grantWrite' | 'writeUrl'>;
}

export interface CollectorProps {
  /** Service beside which it runs, or the gateway. */
  readonly service: string;
  /** @default - there is none */
  readonly collecting: Collecting | undefined;
  readonly logGroup: logs.ILogGroup;
}

interface CollectorConfigProps extends Pick<CollectorProps, 'service'> {
  /** Where figures are written to. */
  readonly writeUrl: string;
  readonly region: string;
}

/** Name of the collector's container in a task. */
export const collectorContainer = 'collector';

/** The variable that holds its configuration. */
const configuration = 'COLLECTOR_CONFIGURATION';

const here = '127.0.0.1';

/**
 * What the collector does: takes figures and traces by OTLP from its own task alone, adds of which task they are, and hands them
 * on in batches. When the other end is slow they wait in memory, and when that is full they are refused: a service never waits for
 * what watches it. What it says of itself goes the same way.
 */
export function collectorConfig({ region, service, writeUrl }: CollectorConfigProps) {
  const pipeline = (exporters: readonly string[]) => ({
    receivers: ['otlp'],
    // The first refuses before anything is kept, the last joins what is ready to go.
    processors: ['memory_limiter', 'resourcedetection', 'batch'],
    exporters,
  });
  return {
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `${here}:${collectorPorts.grpc}` },
          http: { endpoint: `${here}:${collectorPorts.http}` },
        },
      },
    },
    processors: {
      memory_limiter: {
        check_interval: '1s',
        limit_mib: collectorShare.limitMiB,
        spike_limit_mib: collectorShare.spikeMiB,
      },
      // Asks the agent of its own task, and nobody in the network.
      resourcedetection: { detectors: ['ecs'], timeout: '2s' },
      batch: { send_batch_size: 512, send_batch_max_size: 1024, timeout: '5s' },
    },
    exporters: {
      awsxray: { region, local_mode: true },
      prometheusremotewrite: {
        endpoint: writeUrl,
        auth: { authenticator: 'sigv4auth' },
        resource_to_telemetry_conversion: { enabled: true },
      },
    },
    extensions: {
      sigv4auth: { region, service: 'aps' },
      health_check: { endpoint: `${here}:${collectorPorts.health}` },
    },
    service: {
      extensions: ['health_check', 'sigv4auth'],
      pipelines: { metrics: pipeline(['prometheusremotewrite']), traces: pipeline(['awsxray']) },
      telemetry: {
        resource: { 'service.name': service },
        logs: { encoding: 'json' },
        metrics: {
          readers: [
            {
              periodic: {
                interval: 60_000,
                exporter: { otlp: { protocol: 'http/protobuf', endpoint: `http://${here}:${collectorPorts.http}` } },
              },
            },
          ],
        },
      },
    },
  };
}

/**
 * A collector beside the container that sends to it: started before it and stopped after it, started again when it ends, and never a
 * reason to stop the task. None where nothing is collected.
 */
export function addCollectorBeside(sender: ecs.ContainerDefinition, props: CollectorProps): void {
  const { collecting, logGroup, service } = props;
  if (collecting === undefined) return;
  const { image, workspace } = collecting;
  const task = sender.taskDefinition;
  const { region } = Stack.of(task);
  const scope = new Construct(task, 'CollectorParts');
  const container = task.addContainer(collectorContainer, {
    ...confinement(scope, { logGroup, streamPrefix: 'collector', memoryMiB: collectorShare.memoryMiB }),
    image,
    command: [`--config=env:${configuration}`],
    environment: {
      [configuration]: Stack.of(task).toJsonString(collectorConfig({ region, service, writeUrl: workspace.writeUrl })),
      AWS_REGION: region,
    },
    memoryLimitMiB: collectorShare.memoryMiB,
    essential: false,
    enableRestartPolicy: true,
  });
  sender.addContainerDependencies({ container, condition: ecs.ContainerDependencyCondition.START });
}

/** What the process of a task may do so that the collector beside it can hand on what it took: write, and read nothing. */
export function grantCollecting(
  grantee: iam.IGrantable,
  scope: Construct,
  { workspace }: Pick<Collecting, 'workspace'>,
): void {
  workspace.grantWrite(grantee);
  iam.Grant.addToPrincipal({
    grantee,
    actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
    // Traces have no resource to name.
    resourceArns: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(scope).region } },
  });
}
