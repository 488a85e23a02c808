import { setImmediate } from 'node:timers/promises';
import { runtime } from '@pulumi/pulumi';
import type { Registered } from '../lib/kubernetes/manifests';
import { withoutTracesUntil } from './without-traces';

/** Project and stack under which a program runs. */
export interface ProgramScope {
  readonly project: string;
  readonly stack: string;
}

/**
 * Runs a program without an engine, a cluster or a network, and returns every resource that it registered, components
 * apart. All registrations have ended by then, those of outputs of others included.
 *
 * One program at a time: what stands in for the engine belongs to the process.
 *
 * @throws Error if the program throws, asks the cluster for something, or registers a value that cannot be had
 */
export async function registrationsOf(program: () => void, scope: ProgramScope): Promise<readonly Registered[]> {
  const registered: Registered[] = [];
  await runtime.setMocks(
    {
      newResource: ({ custom, inputs, name, type }) => {
        if (custom !== false) registered.push({ type, name, inputs: inputs as Registered['inputs'] });
        return { id: name, state: inputs as Record<string, unknown> };
      },
      call: ({ token }) => {
        throw new Error(`a program must be rendered without a cluster, got a call of ${token}: pass the value in`);
      },
    },
    scope.project,
    scope.stack,
    false,
  );
  const failures: unknown[] = [];
  const noteFailure = (failure: unknown): void => void failures.push(failure);
  // What fails while a resource is registered reaches nobody who could catch it.
  process.on('unhandledRejection', noteFailure);
  try {
    await withoutTracesUntil(async () => {
      program();
      await runtime.disconnect();
      await setImmediate();
    });
  } finally {
    process.off('unhandledRejection', noteFailure);
  }
  if (failures.length > 0) {
    const messages = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure)));
    throw new Error(`a resource could not be registered: ${[...new Set(messages)].sort().join('; ')}`);
  }
  return registered;
}
