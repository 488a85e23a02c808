/** Port on which a service's proxy takes calls of other services, with TLS 1.3 only. */
export const meshPort = 15_443;
/** Port on which the kubelet of a node answers. */
export const kubeletPort = 10_250;
/** Port on which the gateway takes requests. */
export const gatewayPort = 8000;
/** Port on which the gateway reports its own health and metrics. */
export const gatewayStatusPort = 8100;
