import { Construct } from 'constructs';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { raiseBounceAlert } from './message-alerts';
import type { Place } from './place';

export interface MessageWatchProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  /** Id of what sends e-mail for both sites. */
  readonly serviceId: string;
}

/** What a site knows of e-mail that is sent for both by what stands with the other: whoever watches there may be lost with it. */
export class MessageWatch extends Construct {
  public constructor(scope: Construct, id: string, props: MessageWatchProps) {
    super(scope, id);
    const { monitoring, serviceId } = props;
    sendDiagnostics(this, { id: serviceId, monitoring, name: 'workspace-recovery' });
    raiseBounceAlert(this, props);
  }
}
