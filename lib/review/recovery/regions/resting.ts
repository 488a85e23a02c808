import { objectOf, listOf, textOf } from '../../json';
import type { KubernetesObject } from '../../kubernetes/cluster';
import { ofKind } from '../../kubernetes/find';
import { placeIn } from '../../kubernetes/place';
import type { AzureOutputs } from '../outputs';

/** By which a service has as many pods as it says, whatever else asks for some. */
export const RESTING = 'autoscaling.keda.sh/paused-replicas';

/** What scales services of a site that receive messages. */
export const receiversAt = ({ clusters }: AzureOutputs): readonly KubernetesObject[] =>
  clusters
    .flatMap((cluster) => ofKind(cluster, 'ScaledObject'))
    .filter(({ value }) =>
      listOf(placeIn(value, 'spec.triggers')).some((each) => textOf(objectOf(each).type) === 'azure-servicebus'),
    );

/** Whether a service has no pods until somebody wakes it. */
export const isResting = ({ value }: KubernetesObject): boolean =>
  objectOf(placeIn(value, 'metadata.annotations'))[RESTING] === '0';
