/**
 * What the gateway may do: count requests, in the keys and by the commands of Kong's rate-limiting plugin (scripts that
 * increase a counter and let it expire).
 */
export const gatewayAccess = 'on ~ratelimit:* -@all +ping +get +exists +incr +incrby +expire +expireat +eval';
