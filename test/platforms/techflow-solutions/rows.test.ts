import { synthesized } from '../../support/assembly';
import { World } from '../support/expectations';
import { Graph } from '../support/graph';
import { proveNames, proveRows } from '../support/proof';
import { rows } from './rows';

proveRows(rows, World.of(new Graph(synthesized('techflow-solutions', 'production').assembly).blocks));
proveNames(rows);
