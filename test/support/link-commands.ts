import { chmodSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../gates/support/run';
import { synthesizedSite } from './azure-site';
import { remember } from './remember';

/** Where answers of the commands lie, by the names of what is asked. */
export const answers = scratch();
const calls = join(answers, 'calls');
const bin = scratch();

/** The path on which the commands are found first. */
export const commandPath = `${bin}:${process.env['PATH'] ?? ''}`;

/** Commands that note what they are called with, and answer what AWS and Terraform once did. */
const commands = {
  aws: [
    `echo "aws $*" >> ${calls}`,
    `if [ -e ${answers}/$2.fails ]; then cat ${answers}/$2.fails >&2; exit 254; fi`,
    `case $2 in`,
    `get-secret-value) cat ${answers}/secret-\${4##*-} ;;`,
    `modify-vpn-tunnel-options) cat /dev/stdin > ${answers}/modified; echo '{"VpnConnection": {"CustomerGatewayConfiguration": "keys"}}' ;;`,
    `*) cat ${answers}/$2 ;;`,
    `esac`,
  ],
  terraform: [
    `echo "$(basename $PWD) terraform $*" >> ${calls}`,
    `env | grep ^TF_VAR_ | sort > ${answers}/told-$1`,
    `if [ -e ${answers}/$1.fails ]; then exit 1; fi`,
    `if [ "$1" = output ]; then cat ${answers}/terraform-output; fi`,
  ],
};
for (const [name, lines] of Object.entries(commands)) {
  writeFileSync(join(bin, name), ['#!/bin/sh', ...lines].join('\n'));
  chmodSync(join(bin, name), 0o755);
}

/** The site of production, as it is once no value of documents is left. */
export const siteOutput = remember(() => {
  const directory = scratch();
  cpSync(synthesizedSite('retailflow', 'production').directory, directory, { recursive: true });
  for (const stack of readdirSync(join(directory, 'stacks'))) {
    const file = join(directory, 'stacks', stack, 'cdk.tf.json');
    const { resource, ...rest } = JSON.parse(readFileSync(file, 'utf8')) as { resource: Record<string, unknown> };
    const { terraform_data: _refusals, ...kept } = resource;
    writeFileSync(file, JSON.stringify({ ...rest, resource: kept }));
  }
  return directory;
});

/** Lets a command answer something: `describe-stacks`, or fail with it: `describe-stacks.fails`. */
export const answer = (name: string, text: string): void => writeFileSync(join(answers, name), text);

/** What Terraform was told by its environment in a step. */
export const told = (step: string): string => readFileSync(join(answers, `told-${step}`), 'utf8');

/** How commands were called, in their order. */
export const called = (): readonly string[] =>
  existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];

/** Lets commands forget their answers, and what they were called with. */
export function forgetAnswers(): void {
  for (const file of readdirSync(answers)) rmSync(join(answers, file));
}
