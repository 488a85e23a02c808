import { reference } from '../../support/graph';

/** Where RetailFlow's production stands: what the definition says, written down again. */
export const account = '111122223333';
export const home = 'ap-southeast-1';
export const zones = ['ap-southeast-1a', 'ap-southeast-1b', 'ap-southeast-1c'] as const;
export const domain = 'shop.example.com';

/** The services, and those that the gateway routes to. */
export const services = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'] as const;
export const routed = ['analytics', 'catalog', 'order', 'payment', 'user'] as const;

/** The region's customer keys, by what they encrypt. */
export const key = {
  data: reference('Security/Keys/Data', 'Arn'),
  logs: reference('Security/Keys/Logs', 'Arn'),
  messaging: reference('Security/Keys/Messaging', 'Arn'),
  secrets: reference('Security/Keys/Secrets', 'Arn'),
  edge: reference('Edge/Key', 'Arn'),
  audit: reference('Audit/Audit/Trail/Key', 'Arn'),
} as const;

const subnets = (tier: string): readonly string[] =>
  zones.map((_, index) => reference(`Network/Network/Vpc/${tier}Subnet${index + 1}/Subnet`));

/** Subnets by tier, one a zone. */
export const publicSubnets = subnets('public');
export const appSubnets = subnets('app');
export const dataSubnets = subnets('data');

/** Where alarms go: at home, and at the edge. */
export const alarmTopic = reference('Security/Alarms/Topic');
export const edgeTopic = reference('Edge/Alarms/Topic');

/** A statement that refuses what does not come by TLS. */
export const tlsOnly = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } } as const;
