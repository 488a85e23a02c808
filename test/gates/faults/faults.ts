import type { Fault } from '../support/fault';
import { lock } from './lock';
import { review } from './review';
import { scopes } from './scope';
import { acknowledgements, annotations, rulePacks, templates } from './validation';

/** Every fault that is planted into the tree, in the order of planting. */
export const faults: readonly Fault[] = [
  ...templates,
  ...rulePacks,
  ...acknowledgements,
  ...annotations,
  ...review,
  ...scopes,
  ...lock,
];
