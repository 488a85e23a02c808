import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Keys } from '../../lib/aws/keys';
import type { Stream } from '../../lib/aws/stream';
import { Streams } from '../../lib/aws/streams';
import type { Streaming } from '../../lib/platform/nouns/streams';
import { followersOf } from '../../lib/platform/platform';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface StreamsStackProps extends PlatformStackProps {
  readonly streaming: Streaming;
  readonly vpc: ec2.IVpc;
  readonly keys: Pick<Keys, 'messaging' | 'logs'>;
  readonly alarms: Alarms;
}

/** The brokers, and the streams that they keep. */
export class StreamsStack extends Stack {
  public readonly streams: Streams;
  public readonly capabilities: { readonly streams: Readonly<Record<string, Stream>> };

  public constructor(scope: Construct, id: string, props: StreamsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, keys, platform, site, streaming, vpc } = props;
    this.streams = new Streams(this, 'Streams', {
      spec: streaming,
      streams: platform.streams,
      followers: Object.fromEntries(Object.keys(platform.streams).map((name) => [name, followersOf(platform, name)])),
      zones: site.zones,
      vpc,
      key: keys.messaging,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
    this.capabilities = { streams: this.streams.streams };
  }
}
