import type { PortRange, Reach } from './cloud';
import { namespaceLabel } from './labels';
import type { PodsIn } from './pods-in';

/** A port of a policy of the network. */
export interface PolicyPort {
  readonly port: number;
  /** Last of several ports in a row. @default - `port` alone */
  readonly endPort?: number;
  readonly protocol: 'TCP' | 'UDP';
}

/** Somebody at the other end of a connection, as a policy of the network names them. */
export interface PolicyPeer {
  readonly namespaceSelector?: { readonly matchLabels: Record<string, string> };
  readonly podSelector?: { readonly matchLabels: Record<string, string> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: string[] };
}

/** What a policy lets in. A rule without peers or ports would let in everybody, so both are always there. */
export interface IngressRule {
  readonly from: PolicyPeer[];
  readonly ports: PolicyPort[];
}

/** What a policy lets out. */
export interface EgressRule {
  readonly to: PolicyPeer[];
  readonly ports: PolicyPort[];
}

/** What a policy of the network says: of which pods, and what it lets through. */
export interface PolicySpec {
  readonly podSelector: { readonly matchLabels?: Record<string, string> };
  readonly policyTypes: ('Egress' | 'Ingress')[];
  readonly ingress?: IngressRule[];
  readonly egress?: EgressRule[];
}

export const tcp = (...ports: readonly (number | PortRange)[]): PolicyPort[] =>
  ports.map((port) =>
    typeof port === 'number' ? { port, protocol: 'TCP' } : { port: port.first, endPort: port.last, protocol: 'TCP' },
  );
export const udp = (...ports: readonly number[]): PolicyPort[] => ports.map((port) => ({ port, protocol: 'UDP' }));

/** Both selectors in one peer: these pods of that namespace. In two peers they would mean either. */
export const podsIn = ({ labels, namespace }: PodsIn): PolicyPeer => ({
  namespaceSelector: { matchLabels: namespaceLabel(namespace) },
  ...(labels === undefined ? {} : { podSelector: { matchLabels: { ...labels } } }),
});

/** A way out by addresses. */
export const reachRule = ({ except, ports, ranges }: Reach): EgressRule => ({
  to: ranges.map((cidr) => ({ ipBlock: { cidr, ...(except === undefined ? {} : { except: [...except] }) } })),
  ports: tcp(...ports),
});
