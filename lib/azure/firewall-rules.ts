/** Groups of rules that Microsoft keeps up to date, for both firewalls. */
export const managedRuleSets = [
  { type: 'Microsoft_DefaultRuleSet', version: '2.1' },
  { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
] as const;

/** What the limits say of an address: how many requests in five minutes, to which paths. */
export interface RateLimit {
  readonly name: string;
  readonly requests: number;
  /** Parts of an address that the limit is for. @default - every address */
  readonly paths?: readonly string[];
}

/** How many requests one address may make in five minutes. */
export interface FirewallLimits {
  readonly loginsPerAddress: number;
  readonly requestsPerAddress: number;
}

/** Limits in the order in which they are looked at. */
export const rateLimits = (
  { loginsPerAddress, requestsPerAddress }: FirewallLimits,
  loginPaths: readonly string[],
): readonly RateLimit[] => [
  ...(loginPaths.length === 0 ? [] : [{ name: 'LoginsPerAddress', requests: loginsPerAddress, paths: loginPaths }]),
  { name: 'RequestsPerAddress', requests: requestsPerAddress },
];

/** Everybody. */
export const everyAddress = ['0.0.0.0/0', '::/0'] as const;

/** The header that says who somebody is. It is in no log. */
export const secretHeader = 'authorization';
