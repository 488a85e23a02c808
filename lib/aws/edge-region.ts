/** Where CloudFront looks for certificates and firewalls, and keeps its metrics. */
export const edgeRegion = 'us-east-1';
