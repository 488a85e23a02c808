import { bare } from '../bare-path';
import type { Route, Service } from '../nouns/service';
import type { KongRoute } from './document';
import { restCapture } from './transform';
import { tokenTag } from './user-id';

/** The text of a path in a regular expression. A path of a route holds nothing else that means more there. */
const literal = (path: string): string => bare(path).replaceAll('.', '\\.');

/** `/api/users` is for `/api/users` and everything below it, and not for `/api/users-old`. */
export const pathExpression = (path: string): string => (bare(path) === '' ? '~/' : `~${literal(path)}(?:/|$)`);

/** The same for a route whose requests go on under another path: what follows is kept by a name. */
export const rewrittenExpression = (path: string): string => `~${literal(path)}(?<${restCapture}>(?:/.*)?)$`;

/** A path holds no tilde, so no two routes have one name. */
export const routeName = (
  service: string,
  { methods, path }: Pick<Route, 'path'> & Partial<Pick<Route, 'methods'>>,
): string =>
  `${service}${bare(path).replaceAll('/', '~')}${methods === undefined ? '' : `~~${[...methods].sort().join('-')}`}`;

/** Name of what a route belongs to in the gateway: that of its service, which counts connections apart, or its own where a contract is. */
export const kongServiceName = (
  service: string,
  { contract }: Pick<Service, 'contract'>,
  route: Pick<Route, 'methods' | 'path' | 'websocket'>,
): string => {
  if (contract !== undefined) return routeName(service, route);
  return route.websocket ? `${service}~sockets` : service;
};

/** A route of the gateway: what differs, and what every one has. */
export const kongRoute = ({
  name,
  tags,
  methods,
  paths,
  regex_priority,
  plugins,
}: Pick<KongRoute, 'name' | 'tags' | 'methods' | 'paths' | 'regex_priority' | 'plugins'>): KongRoute => ({
  name,
  tags,
  protocols: ['http', 'https'],
  methods,
  paths,
  regex_priority,
  strip_path: false,
  preserve_host: false,
  request_buffering: true,
  response_buffering: true,
  plugins,
});

/** By what the gateway knows routes whose users it looks at. */
export const tagsOf = ({ authentication }: Pick<Route, 'authentication'>): KongRoute['tags'] =>
  authentication === 'token' ? [tokenTag] : [];
