import { synthesized } from '../../support/assembly';
import { failuresOf, World } from '../support/expectations';
import { Graph } from '../support/graph';
import { rows } from './rows';
import { development } from './rows/development';

const worldOf = (stage: string): World => World.of(new Graph(synthesized('retailflow', stage).assembly).blocks);

const stages = [
  { stage: 'production', world: worldOf('production'), rows },
  { stage: 'development', world: worldOf('development'), rows: [development] },
];

describe.each(stages)('$stage', (each) => {
  describe.each(each.rows)('$row', ({ expectations }) => {
    test.each(expectations)('$name', (expectation) => {
      expect(failuresOf(expectation, each.world)).toEqual([]);
    });
  });
});

test('no two expectations bear one name', () => {
  const names = [...rows, development].flatMap(({ expectations }) => expectations.map(({ name }) => name));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
