import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveRows } from '../support/proof';
import { experiments } from './rows/experiments';

const staging = new Graph(synthesized('techflow-solutions', 'staging').assembly);

proveRows([experiments], World.of(staging.blocks));

test('production is not broken on purpose', () => {
  const { blocks } = new Graph(synthesized('techflow-solutions', 'production').assembly);
  expect(blocks.filter(({ type }) => type === 'AWS::FIS::ExperimentTemplate')).toEqual([]);
});
