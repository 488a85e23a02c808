import { testFaults, testVariations } from '../../support/faults';

const hours = { days: ['monday', 'friday'], from: '09:00', until: '17:00', timeZone: 'Asia/Singapore' };
const argocd = { by: 'argocd', repository: 'https://github.com/example/retailflow.git' };
const within = (releaseHours: object, manifests: object = argocd) => ({ delivery: { manifests, releaseHours } });
const path = 'delivery.releaseHours';

testFaults([
  {
    when: 'a day ends before it begins',
    patch: within({ ...hours, until: '08:30' }),
    answers: [{ path: `${path}.until`, got: '08:30', allowed: 'after from, which is 09:00', remedy: 'correct it' }],
  },
  {
    when: 'a clock is unknown',
    patch: within({ ...hours, timeZone: 'Singapore time' }),
    answers: [
      { path: `${path}.timeZone`, got: 'Singapore time', allowed: 'of the IANA database', remedy: 'correct it' },
    ],
  },
  {
    when: 'pods are applied by hand',
    patch: within(hours, { by: 'pulumi', repository: null }),
    answers: [
      {
        path,
        got: hours,
        allowed: 'absent on azure with runtime aks while manifests are applied by pulumi',
        remedy: "manifests: { by: 'argocd' }",
      },
    ],
  },
  {
    when: 'an hour is none',
    patch: within({ ...hours, from: '9 am' }),
    answers: [
      { path: `${path}.from`, got: '9 am', allowed: 'an hour and a minute, such as 09:30', remedy: 'correct the text' },
    ],
  },
]);

testVariations([{ accepts: 'hours that Argo CD and CloudFormation keep', patch: within(hours) }]);
