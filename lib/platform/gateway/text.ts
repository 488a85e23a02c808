import { refuse } from '../error';
import type { KongDeclarative } from './document';

/** ECS takes a task definition of 64 KiB in all; 4 KiB are for everything else in it. */
export const maximumDocumentBytes = 60 * 1024;

/**
 * The document as the container receives it.
 *
 * @throws PlatformError if it would not fit into a task definition.
 */
export function documentText(document: KongDeclarative): string {
  const text = JSON.stringify(document);
  const bytes = Buffer.byteLength(text);
  refuse(
    'gateway',
    bytes <= maximumDocumentBytes
      ? []
      : [
          {
            path: 'services.*.routes',
            got: `${bytes} bytes of gateway configuration`,
            allowed: `at most ${maximumDocumentBytes} bytes (60 KiB), because ECS takes a task definition of 64 KiB`,
            remedy: 'join routes of a service that share a path, or give the gateway to two platforms',
          },
        ],
  );
  return text;
}
