import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from '../../lib/aws/alarms';
import { edgeRegion } from '../../lib/aws/edge-region';
import { Journeys } from '../../lib/aws/journeys';
import { regionKey } from '../../lib/aws/region-key';
import { stagePrefix } from '../../lib/platform/names';
import type { Walks } from '../../lib/platform/nouns/journeys';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';
import { watchRegion } from './watched-region';

export interface JourneysStackProps extends PlatformStackProps {
  readonly walks: Walks;
  /** From where the journeys are walked. */
  readonly region: string;
}

/** One place from which every journey is walked, with a key and a channel of alarms of its own region. */
export class JourneysStack extends Stack {
  public readonly journeys: Journeys;

  public constructor(scope: Construct, id: string, props: JourneysStackProps) {
    super(scope, id, { ...props, env: { account: props.site.account, region: props.region } });
    preparePlatformStack(this, props);
    const { platform, region, site, walks } = props;
    const key = regionKey(this, 'Key', { prefix: stagePrefix(platform), word: 'journeys' });
    const alarms = new Alarms(this, 'Alarms', { key, email: platform.stage.alarms.email });
    this.journeys = new Journeys(this, 'Journeys', {
      platform,
      journeys: platform.journeys,
      walks,
      key,
      alarms,
    });
    // Where a site or the edge stands, their own stacks look.
    if (region !== site.region && region !== edgeRegion) watchRegion(this, { platform, alarms });
  }
}
