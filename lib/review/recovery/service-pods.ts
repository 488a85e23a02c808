import { isObject, listOf, numberOf, objectOf, type Json } from '../json';
import type { Container } from '../kubernetes/workloads';
import { SERVICE_NAME } from './contract';

/** Whether a container of a pod runs a service. */
export const runsService = ({ value }: Pick<Container, 'value'>): boolean =>
  listOf(value.env).some((each) => objectOf(each).name === SERVICE_NAME);

/** How long a container may take until a probe has its answer; nothing where there is no probe. */
export function probeSeconds(
  probe: Json | undefined,
  times: 'failureThreshold' | 'successThreshold',
): number | undefined {
  if (!isObject(probe)) return undefined;
  return (
    (numberOf(probe[times]) ?? 1) * (numberOf(probe.periodSeconds) ?? 10) + (numberOf(probe.initialDelaySeconds) ?? 0)
  );
}
