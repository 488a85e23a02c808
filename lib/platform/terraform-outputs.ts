import { z } from 'zod';
import { gatewayAddressesOutput } from './link-outputs';
import { emailProofsOutput, messageHostsOutput } from './message-outputs';
import { parseOutputs, type SiteOutputs } from './outputs';
import type { Platform } from './platform';

const text = z.object({ value: z.string() }).optional();

const watched = z.object({ insights: text, metrics_url: text });

const schema = watched.extend({
  workload_identities: z.object({
    value: z.record(z.string(), z.object({ client_id: z.string(), principal_id: z.string() })),
  }),
  [messageHostsOutput]: z.object({ value: z.record(z.string(), z.string()) }).optional(),
  [emailProofsOutput]: z.object({ value: z.record(z.string(), z.unknown()) }).optional(),
  EndpointHost: text,
  PublicAddress: text,
});

/** What a site told of what watches it. */
const watchedBy = ({ insights, metrics_url: metricsUrl }: z.output<typeof watched>): object => ({
  ...(insights === undefined ? {} : { insights: insights.value }),
  ...(metricsUrl === undefined ? {} : { metricsUrl: metricsUrl.value }),
});

/**
 * What the stacks of a site told, from what `terraform output -json` prints in each of them. The foundation tells identities;
 * a stack that was not applied yet tells nothing.
 *
 * @param recovery What those of a second site on Azure told. @default - nothing
 * @throws Error if it told no identities, or PlatformError if these are not the stage's.
 */
export function outputsOfTerraform(
  platform: Platform,
  told: readonly unknown[],
  recovery: readonly unknown[] = [],
): SiteOutputs {
  const { data } = schema.safeParse(Object.assign({}, ...told));
  if (data === undefined) {
    throw new Error(
      'workload_identities must be among the outputs of the foundation, got none: synthesize and apply it first',
    );
  }
  const { EndpointHost: host, PublicAddress: address } = data;
  const second = watchedBy(watched.parse(Object.assign({}, ...recovery)));
  const { workload_identities: identities } = data;
  const { value } = identities;
  return parseOutputs(platform, {
    identities: Object.fromEntries(
      Object.keys(value)
        .sort()
        .map((word) => [word, { clientId: value[word]?.client_id, principalId: value[word]?.principal_id }]),
    ),
    ...watchedBy(data),
    ...messagesTold(data[messageHostsOutput]?.value ?? {}, data[emailProofsOutput]?.value ?? {}),
    ...(host === undefined || address === undefined ? {} : { edge: { host: host.value, address: address.value } }),
    ...(Object.keys(second).length === 0 ? {} : { recovery: second }),
  });
}

/** What was told of messages, by the part. */
function messagesTold(hosts: Readonly<Record<string, string>>, proofs: Readonly<Record<string, unknown>>): object {
  const names = [...new Set([...Object.keys(hosts), ...Object.keys(proofs)])].sort();
  if (names.length === 0) return {};
  return {
    messages: Object.fromEntries(
      names.map((name) => [
        name,
        {
          ...(name in hosts ? { host: hosts[name] } : {}),
          ...(name in proofs ? { email: proofs[name] } : {}),
        },
      ]),
    ),
  };
}

const gateway = z.object({ [gatewayAddressesOutput]: z.object({ value: z.array(z.string()) }) });

/**
 * What a site told, with the public addresses of its end of the link, from what `terraform output -json` prints in the stack of the
 * gateway.
 *
 * @param written What the site told before.
 * @throws Error if it told no addresses, or PlatformError if these are not two that differ
 */
export function withGatewayAddresses(platform: Platform, written: SiteOutputs, told: unknown): SiteOutputs {
  const addresses = gateway.safeParse(told).data?.[gatewayAddressesOutput]?.value;
  if (addresses === undefined) {
    throw new Error(`${gatewayAddressesOutput} must be among the outputs of link-base, got none: apply it first`);
  }
  return parseOutputs(platform, { ...written, link: { ...written.link, addresses } });
}
