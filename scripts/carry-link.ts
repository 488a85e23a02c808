import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform, root } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { linkPlan, recoveryPair, type RecoveryPair } from '../lib/platform/link';
import { awsEnd, linkValues, rotationOf, tunnelKeys, type AwsEnd } from '../lib/platform/link-carry';
import { recoveryStackName, tunnelName } from '../lib/platform/link-outputs';
import { stagePrefix } from '../lib/platform/names';
import { linkAddresses, outputsFile, type SiteOutputs } from '../lib/platform/outputs';
import type { Platform } from '../lib/platform/platform';
import { withGatewayAddresses } from '../lib/platform/terraform-outputs';
import { answerOf } from './ask';
import { applicable, outputsOf, terraform } from './azure-terraform';
import { writeOutputs } from './write-outputs';
import { targetOptions } from '../bin/target-options';

const USAGE = `usage: npm run carry:link -- gateway|plan|apply|destroy|rotate [TUNNEL] [--platform NAME] [--stage NAME] [--output DIR]
                                [--from FILE] [--to FILE] [-- ARGUMENT...]

Carries what one end of the link has to know of the other: docs/guides/link.md.

  gateway   writes down the public addresses of the gateway on Azure, which the stack Recovery leads to. Commit the file
  plan      runs terraform plan in the stack link, told the addresses of the tunnels and their keys by AWS
  apply     the same with terraform apply
  destroy   the same with terraform destroy: takes the tunnels on Azure away
  rotate    gives one tunnel a new key, on AWS and then on Azure, while the other three carry its traffic

Keys go from Secrets Manager into the environment of Terraform, and nowhere else: no file, no argument, no state, no plan.

  TUNNEL            1/T1, 1/T2, 2/T1 or 2/T2
  --platform NAME   default: retailflow
  --stage NAME      default: production
  --output DIR      what was synthesized for Azure, and applied from there (default: cdktf.out)
  --from FILE       what terraform output -json printed elsewhere in the stack link-base (default: it is asked)
  --to FILE         where the addresses are written (default: outputs/<platform>/<stage>.json)
  ARGUMENT          handed to Terraform: -auto-approve
`;

interface Link {
  readonly platform: Platform;
  readonly pair: RecoveryPair;
  readonly written: SiteOutputs;
  /** Where the output for Azure is. */
  readonly output: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** What stands behind the action. */
  readonly rest: readonly string[];
}

/** Asks AWS, in the region of the primary. What it answers may hold a key. */
const aws = ({ pair }: Link, args: readonly string[], input?: string): string =>
  answerOf(['aws', ...args, '--region', pair.primary.region], input === undefined ? {} : { input });

const asked = (link: Link, ...args: readonly string[]): unknown =>
  JSON.parse(aws(link, [...args, '--output', 'json'])) as unknown;

function gateway({ from, output, platform, to = join(root, outputsFile(platform)), written }: Link): void {
  const told =
    from === undefined
      ? outputsOf(output, `${stagePrefix(platform)}-link-base`)
      : (JSON.parse(readFileSync(from, 'utf8')) as unknown);
  const outputs = withGatewayAddresses(platform, written, told);
  writeOutputs(to, outputs);
  process.stdout.write(`${to}: the gateway of the link is at ${linkAddresses(outputs).join(' and ')}\n`);
}

/** What AWS told: its end of the link, and the keys of the tunnels by their names. */
function readAws(link: Link): { readonly end: AwsEnd; readonly keys: Readonly<Record<string, string>> } {
  const stack = recoveryStackName(link.platform);
  const outputs = ['cloudformation', 'describe-stacks', '--stack-name', stack, '--query', 'Stacks[0].Outputs'];
  const end = awsEnd(linkPlan(link.pair.recovery.link), asked(link, ...outputs), stack);
  const secret = (arn: string): string =>
    aws(link, [
      'secretsmanager',
      'get-secret-value',
      '--secret-id',
      arn,
      '--query',
      'SecretString',
      '--output',
      'text',
    ]);
  return { end, keys: tunnelKeys(end, { 1: secret(end.keyArns[1]), 2: secret(end.keyArns[2]) }) };
}

/** Runs Terraform in the stack of the tunnels. */
const tell =
  (action: 'plan' | 'apply' | 'destroy') =>
  (link: Link): void => {
    const { end, keys } = readAws(link);
    const values = linkValues(end, keys);
    for (const tunnel of end.tunnels) {
      process.stdout.write(`tunnel ${tunnelName(tunnel)}: ${tunnel.outside}, and its key\n`);
    }
    for (const stack of applicable(link.output, [`${stagePrefix(link.platform)}-link`], values)) {
      terraform(stack, ['init', '-input=false']);
      terraform(stack, [action, '-input=false', ...link.rest], values);
    }
  };

/** A key that no person has seen: 248 bits, in characters that both clouds take, of which the first is no zero. */
const newKey = (): string => `k${randomBytes(31).toString('hex')}`;

function rotate(link: Link): void {
  const [name = '', ...rest] = link.rest;
  const { end, keys } = readAws(link);
  const { tunnel, vpnConnectionId } = rotationOf(
    end,
    name,
    asked(
      link,
      'ec2',
      'describe-vpn-connections',
      '--query',
      'VpnConnections[].{VpnConnectionId: VpnConnectionId, VgwTelemetry: VgwTelemetry}',
    ),
  );
  const stacks = applicable(link.output, [`${stagePrefix(link.platform)}-link`], linkValues(end, keys));
  for (const stack of stacks) {
    // What Terraform cannot do must show before AWS has the new key.
    terraform(stack, ['init', '-input=false']);
    terraform(stack, ['plan', '-input=false'], linkValues(end, keys));
  }
  const key = newKey();
  const modify = ['ec2', 'modify-vpn-tunnel-options', '--vpn-connection-id', vpnConnectionId];
  const where = ['--vpn-tunnel-outside-ip-address', tunnel.outside, '--pre-shared-key-storage', 'SecretsManager'];
  const read = ['--tunnel-options', 'file:///dev/stdin'];
  aws(link, [...modify, ...where, ...read], JSON.stringify({ PreSharedKey: key }));
  process.stdout.write(`\ntunnel ${name}: AWS has a new key; Azure is told it next\n`);
  try {
    for (const stack of stacks) {
      terraform(stack, ['apply', '-input=false', ...rest], linkValues(end, { ...keys, [name]: key }));
    }
  } catch (cause) {
    throw new Error(
      `tunnel ${name} is down: AWS has its new key and Azure the old one. Once Secrets Manager has it, too, ` +
        `run npm run carry:link -- apply\n${String(messageOf(cause))}`,
      { cause },
    );
  }
}

const actions: Readonly<Record<string, (link: Link) => void>> = {
  gateway,
  plan: tell('plan'),
  apply: tell('apply'),
  destroy: tell('destroy'),
  rotate,
};

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      output: { type: 'string', default: join(root, 'cdktf.out') },
      from: { type: 'string' },
      to: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [word = 'nothing', ...rest] = positionals;
  const action = Object.hasOwn(actions, word) ? actions[word] : undefined;
  if (action === undefined) {
    throw new Error(`must be told one of ${Object.keys(actions).join(', ')}, got ${word}\n\n${USAGE}`);
  }
  const { outputs: written, platform } = loadPlatform(values.platform, values.stage);
  const pair = recoveryPair(platform);
  if (pair === undefined) {
    throw new Error(`stage ${values.stage} must have a primary on aws and a recovery site on azure, got no such pair`);
  }
  action({ platform, pair, written, output: absolute(values.output), from: values.from, to: values.to, rest });
}

try {
  main();
} catch (error) {
  process.stderr.write(`carry-link: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
