import { testFaults, testVariations } from '../../support/faults';
import { production } from '../../support/platform';

const withoutRecovery = { goals: { recovery: null }, ...(production({ sites: { recovery: null } }) as object) };

describe('goals of stores', () => {
  testFaults([
    {
      when: 'hits are promised where alerts cannot divide',
      patch: { caches: { catalog: { hitPercent: 94 } } },
      answers: [
        {
          path: 'caches.catalog.hitPercent',
          got: 94,
          allowed: 'absent on azure, where recovery stands',
          remedy: 'let the part stand on aws alone',
        },
      ],
    },
    {
      when: 'uploads are promised there',
      patch: { buckets: { exports: { uploadSuccessPercent: 99.8 } } },
      answers: [
        {
          path: 'buckets.exports.uploadSuccessPercent',
          got: 99.8,
          allowed: 'absent on azure, where recovery stands',
          remedy: 'let the part stand on aws alone',
        },
      ],
    },
    {
      when: 'uploads are promised of what nobody uploads',
      patch: { ...withoutRecovery, buckets: { archive: { uploadSuccessPercent: 99.8 } } },
      answers: [
        {
          path: 'buckets.archive.uploadSuccessPercent',
          got: 99.8,
          allowed: 'absent unless holds is uploads, and it is archive',
          remedy: 'remove it',
        },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'both on AWS alone',
      patch: {
        caches: { catalog: { hitPercent: 94, on: ['primary'] } },
        buckets: { exports: { uploadSuccessPercent: 99.8, on: ['primary'] } },
      },
    },
  ]);
});
