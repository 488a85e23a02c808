import { replaceDefinition } from '../support/plant';

/** A service that receives traffic, and that nobody has given a priority yet. */
replaceDefinition({
  services: {
    returns: { team: 'order', scale: { min: 2, max: 4, cpuPercent: 60 }, routes: [{ path: '/api/returns' }] },
  },
});
