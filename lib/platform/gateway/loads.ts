import { loadMark } from '../load-tests/admitted';
import type { KongConsumer, KongPlugin, KongPluginName } from './document';
import { limitPlugin } from './limit';
import type { LimitsCounter } from './references';

/** The plugin that the gateway loads besides where load tests come. */
export const loadsPlugin: KongPluginName = 'key-auth';

/** Everybody but load tests. What routes say holds for them. */
const everybody = 'everybody';

/** At an open route: tells load tests, by the mark of the edge, from everybody else. A route that needs a token has none of it. */
export const markPlugin: KongPlugin = {
  name: 'key-auth',
  config: {
    key_names: [loadMark.header],
    key_in_header: true,
    key_in_query: false,
    key_in_body: false,
    hide_credentials: true,
    anonymous: everybody,
  },
};

/**
 * Load tests as a consumer, whose limit takes the place of a route's own: an address with the mark may make so many requests a minute of
 * all open routes together. Whoever has none is a consumer without any settings.
 */
export const loadConsumers = (perMinute: number, counter: LimitsCounter): readonly KongConsumer[] => [
  { username: everybody },
  {
    username: 'load-tests',
    keyauth_credentials: [{ key: loadMark.value }],
    plugins: [limitPlugin({ minute: perMinute, by: { limit_by: 'ip' }, counter })],
  },
];
