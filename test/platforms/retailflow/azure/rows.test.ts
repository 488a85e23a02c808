import { proveNames, proveRows } from '../../support/proof';
import { rows } from './rows';
import { worldOf } from './world';

proveRows(rows, worldOf('production'));

proveNames(rows);
