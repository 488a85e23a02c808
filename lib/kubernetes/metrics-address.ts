/** Where figures of the cluster are asked for: releases are judged by them, and services are scaled. */
export const metricsAddress = 'http://prometheus-server.observability.svc.cluster.local:80';
