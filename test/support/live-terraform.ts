import { spawnSync } from 'node:child_process';

const isThere = spawnSync('terraform', ['version']).error === undefined;
const { skip } = describe;

/** Describes what needs Terraform; without it, it is reported as skipped, with the reason. */
export function describeTerraform(title: string, tests: () => void): void {
  if (isThere) describe(title, tests);
  else skip(`${title} (skipped: terraform is not on the PATH)`, tests);
}
