import { kubernetesNamespace } from '../../../lib/platform/names';
import { listOf, objectOf, textOf, type Json, type JsonObject } from '../../../lib/review/json';
import { find, ofKind } from '../../../lib/review/kubernetes/find';
import type { KubernetesObject } from '../../../lib/review/kubernetes/cluster';
import { workloadsOf, type Workload } from '../../../lib/review/kubernetes/workloads';
import type { ReadCluster } from '../../support/clusters';

/** What a container is told: variables by name, and secrets by the key of the secret that holds them. */
export interface Told {
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, { readonly secret: string; readonly key: string }>>;
}

/** A cluster, and what stands in it for each service. */
export class ClusterView {
  public constructor(public readonly rendered: ReadCluster) {}

  public namespace(service: string): string {
    return kubernetesNamespace(this.rendered.platform, service);
  }

  /** What runs a service. */
  public workload(service: string): Workload {
    const found = workloadsOf(this.rendered.read).filter(
      ({ ends, namespace, object }) => !ends && namespace === this.namespace(service) && object.name === service,
    );
    const [workload] = found;
    if (workload === undefined || found.length > 1) throw new Error(`${found.length} workloads run ${service}`);
    return workload;
  }

  /** The container of a service's own program. */
  public container(service: string): JsonObject {
    const found = this.workload(service).containers.find(({ name }) => name === 'app');
    if (found === undefined) throw new Error(`${service} has no container app`);
    return found.value;
  }

  public told(service: string): Told {
    const variables = listOf(this.container(service).env).map(objectOf);
    return {
      environment: Object.fromEntries(
        variables.flatMap(({ name, value }) =>
          value === undefined ? [] : [[textOf(name) ?? '', textOf(value) ?? '']],
        ),
      ),
      secrets: Object.fromEntries(
        variables.flatMap(({ name, valueFrom }) => {
          const { key, name: secret } = objectOf(objectOf(valueFrom).secretKeyRef);
          return key === undefined
            ? []
            : [[textOf(name) ?? '', { secret: textOf(secret) ?? '', key: textOf(key) ?? '' }]];
        }),
      ),
    };
  }

  public object(kind: string, name: string, namespace: string): KubernetesObject {
    const found = find(this.rendered.read, kind, name, namespace);
    if (found === undefined) throw new Error(`no ${kind} ${name} in ${namespace}`);
    return found;
  }

  public ofKind(kind: string, namespace?: string): readonly KubernetesObject[] {
    return ofKind(this.rendered.read, kind, namespace);
  }
}

/** The part of an object that says what is wanted. */
export const specOf = ({ value }: KubernetesObject): JsonObject => objectOf(value.spec);

/** A number or a text as a text. */
export const said = (value: Json | undefined): string =>
  typeof value === 'number' ? String(value) : (textOf(value) ?? '');
