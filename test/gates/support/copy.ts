import { cpSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../../../bin/inputs';

const LEFT_OUT = /^(node_modules|\.git|\.cache|coverage|(cdk|cdktf|k8s|review|platforms)\.out.*)$/;

/** A copy of the repository at another path, with the same packages. */
export function copyRepository(directory: string): string {
  cpSync(root, directory, { recursive: true, filter: (source) => !LEFT_OUT.test(basename(source)) });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return directory;
}
