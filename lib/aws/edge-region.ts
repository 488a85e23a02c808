import { awsEdgeRegion } from '../platform/edge/region';

/** Where CloudFront looks for certificates and firewalls, and keeps its metrics. */
export const edgeRegion = awsEdgeRegion;
