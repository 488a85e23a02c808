import { assertNever } from '../platform/error';
import type { Mesh } from '../platform/nouns/site';

/** Where a kind of Istio has its root, and how a namespace asks to be in the mesh. Wrong, policies silently do nothing. */
export interface MeshFlavor {
  readonly flavor: Mesh['flavor'];
  /** Namespace of the control plane, in which policies hold for the whole mesh. */
  readonly rootNamespace: 'aks-istio-system' | 'istio-system';
  /** Labels by which the pods of a namespace get the mesh's proxy. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
}

/** The kind of Istio that a definition asks for. */
export function meshFlavor(mesh: Mesh): MeshFlavor {
  switch (mesh.flavor) {
    case 'self-managed':
      return {
        flavor: mesh.flavor,
        rootNamespace: 'istio-system',
        namespaceLabels: { 'istio-injection': 'enabled' },
      };
    case 'aks-addon':
      return {
        flavor: mesh.flavor,
        rootNamespace: 'aks-istio-system',
        namespaceLabels: { 'istio.io/rev': mesh.revision },
      };
    default:
      return assertNever(mesh);
  }
}
