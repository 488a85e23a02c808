import { bare } from '../bare-path';
import type { Edge } from '../nouns/service';
import type { KongRoute } from './document';
import { kongRoute } from './paths';

/** What lies below it is the platform's own. */
const wellKnown = '/.well-known';

/**
 * Path under which the gateway itself answers 200 to whoever comes by the edge: health checks of names ask for it, and it is
 * answered only if edge, balancer and gateway are all there.
 */
export const readyPath = ({ apiPath }: Pick<Edge, 'apiPath'>): string => `${bare(apiPath)}${wellKnown}/ready`;

/** The route of {@link readyPath}. It has no service behind it, so that it tells of the gateway alone. */
export const readyRoute = (edge: Pick<Edge, 'apiPath'>): KongRoute =>
  kongRoute({
    name: 'ready',
    tags: [],
    methods: ['GET', 'HEAD'],
    paths: [`~${readyPath(edge).replaceAll('.', '\\.')}$`],
    regex_priority: readyPath(edge).length,
    plugins: [{ name: 'request-termination', config: { status_code: 200, content_type: 'text/plain', body: 'ready' } }],
  });
