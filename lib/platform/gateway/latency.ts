/**
 * Bounds by which Kong counts how long requests took, in milliseconds: its plugin for Prometheus has them built in, and no setting.
 * https://github.com/Kong/kong/blob/3.9.1/kong/plugins/prometheus/exporter.lua
 */
export const latencyBounds: readonly number[] = [
  25, 50, 80, 100, 250, 400, 700, 1000, 2000, 5000, 10_000, 30_000, 60_000,
];
