/** A rule by which Prometheus chooses what it reads, and names it. */
export interface Relabelling {
  readonly source_labels?: readonly string[];
  readonly separator?: string;
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: 'drop' | 'keep' | 'labeldrop' | 'replace';
}

/** What Prometheus reads, and where, as it asks for it. */
export interface Scrape {
  readonly enabled: true;
  /** What a pod says of its own figures' labels is believed: systems tell of objects of other namespaces. */
  readonly honor_labels?: true;
  readonly metrics_path: string;
  readonly scheme: 'http' | 'https';
  /** By what it is known who asks. */
  readonly authorization?: { readonly credentials_file: string };
  readonly tls_config?: { readonly ca_file: string };
  readonly kubernetes_sd_configs?: readonly (
    | { readonly role: 'node' }
    | { readonly role: 'pod'; readonly namespaces: { readonly names: readonly string[] } }
  )[];
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly relabel_configs?: readonly Relabelling[];
  readonly metric_relabel_configs?: readonly Relabelling[];
}
