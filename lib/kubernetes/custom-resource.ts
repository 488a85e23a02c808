import { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource';
import type { CustomResourceOptions } from '@pulumi/pulumi';

/** What every custom resource has; the rest is its own type's. */
interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly name?: string; readonly namespace?: string } | undefined;
}

/** A resource of a kind that Kubernetes does not know by itself, typed as its own project defines it. */
export const customResource = <Kind extends Typed>(
  name: string,
  { apiVersion, kind, metadata, ...rest }: Kind,
  options: CustomResourceOptions,
): CustomResource => new CustomResource(name, { apiVersion, kind, metadata: metadata ?? {}, ...rest }, options);
