import { replaceDefinition } from '../support/plant';

/** A definition with several problems, each in another part. */
replaceDefinition({
  services: { order: { scale: { min: 9, max: 3 }, uses: { calls: ['catlog'] } } },
  stages: { production: { sites: { primary: { network: { cidr: '10.16.0.0/33' } } } } },
});
