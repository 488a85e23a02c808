/** Processors as Kubernetes writes them: `2`, or `250m` for parts of one. */
export function cpuQuantity(vcpu: number): string {
  const milli = Math.round(vcpu * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** Memory as Kubernetes writes it: `2Gi`, or `256Mi` for parts of one. */
export function memoryQuantity(gib: number): string {
  const mib = Math.round(gib * 1024);
  return mib % 1024 === 0 ? `${mib / 1024}Gi` : `${mib}Mi`;
}
