import { ArnFormat, aws_logs as logs, Stack } from 'aws-cdk-lib';
import type * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { admitLogDelivery } from './log-delivery';
import { encryptedLogGroup } from './log-group';

export interface EdgeLogsProps {
  readonly distribution: cloudfront.IDistribution;
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** Encrypts the logs. */
  readonly key: kms.IKey;
  /** Kept this long, in days. */
  readonly days: number;
  /** Whether addresses of people are written down. */
  readonly addresses: boolean;
}

const address = 'c-ip';

/** What is written down of each request: no cookies, and nothing that stands behind the question mark. */
const fields = [
  'date',
  'time',
  'x-edge-location',
  'x-edge-request-id',
  address,
  'cs-method',
  'x-host-header',
  'cs-uri-stem',
  'sc-status',
  'sc-bytes',
  'cs-bytes',
  'time-taken',
  'time-to-first-byte',
  'x-edge-result-type',
  'x-edge-detailed-result-type',
  'cs(User-Agent)',
  'cs-protocol',
  'cs-protocol-version',
  'ssl-protocol',
  'ssl-cipher',
] as const;

/**
 * A distribution's access log, in a log group beside the firewall's, so that one query reads both. Not in a bucket: the
 * older way needs access lists, and a bucket in this region would need a second one for its own access log.
 */
export class EdgeLogs extends Construct {
  public readonly logGroup: logs.LogGroup;

  public constructor(scope: Construct, id: string, props: EdgeLogsProps) {
    super(scope, id);
    const { distribution, prefix } = props;
    const stack = Stack.of(this);
    this.logGroup = encryptedLogGroup(this, 'Logs', { key: props.key, days: props.days });
    const source = new logs.CfnDeliverySource(this, 'Source', {
      name: `${prefix}-edge`,
      logType: 'ACCESS_LOGS',
      resourceArn: distribution.distributionArn,
    });
    const destination = new logs.CfnDeliveryDestination(this, 'Destination', {
      name: `${prefix}-edge`,
      outputFormat: 'json',
      destinationResourceArn: stack.formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: this.logGroup.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    });
    const delivery = new logs.CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: fields.filter((field) => props.addresses || field !== address),
    });
    delivery.node.addDependency(admitLogDelivery(this.logGroup));
  }
}
