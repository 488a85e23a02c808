import { gatewayVariables, publicKeyVariable } from './references';
import { keyIds } from './token-keys';

/** Variables whose values the start puts into the document. */
const substituted = [gatewayVariables.cacheHost, ...keyIds.map(publicKeyVariable)];

/**
 * Kong lets neither a verification key nor a cache's host refer to anything outside its configuration, so both are put
 * in when the container starts, in memory alone: the file system of the container is read-only. A value that is missing
 * ends the start, and the release is taken back. Line ends become what JSON calls them.
 */
const script = `set -eu
document="$${gatewayVariables.document}"
for name in ${substituted.join(' ')}; do
  value="\${!name:?must be set}"
  value="\${value//$'\\r'/}"
  newline='\\n'
  value="\${value//$'\\n'/"$newline"}"
  document="\${document//"@$name@"/"$value"}"
done
unset ${gatewayVariables.document}
export KONG_DECLARATIVE_CONFIG_STRING="$document"
exec "$@"
`;

/** The container's entry point: completes the document, then becomes the image's own start. */
export const gatewayStart: readonly string[] = [
  '/bin/bash',
  '-c',
  script,
  'gateway',
  '/docker-entrypoint.sh',
  'kong',
  'docker-start',
];
