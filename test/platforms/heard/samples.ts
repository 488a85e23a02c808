import type { Contracts } from '../../../lib/platform/nouns/contracts';
import { production } from '../../support/platform';

/** A platform in a stage. */
export interface Sample {
  readonly platform: string;
  readonly stage?: string;
  /** What it says besides what is committed. */
  readonly patch?: unknown;
  /** What services with a contract answer. @default - as is committed */
  readonly contracts?: Contracts;
}

const steps = { above: [{ cpuPercent: 90, addPercent: 50 }], everySeconds: 90 };

/** What no platform says on Azure, and any may. */
const rare = {
  delivery: { releaseHours: { days: ['monday'], from: '09:00', until: '17:00', timeZone: 'Europe/Dublin' } },
  gateway: { scale: { steps, requestsPerTask: 6000 } },
  goals: { cacheHitPercent: 80 },
  stages: {
    production: {
      sites: { primary: { kubernetes: { mesh: { flavor: 'aks-addon', revision: 'asm-1-29' } } } },
    },
  },
  services: {
    analytics: { release: { kind: 'linear', stepPercent: 20, stepMinutes: 5, steps: null } },
    integration: {
      contract: 'openapi',
      environment: { LANGUAGE: 'en' },
      health: { proves: { always: ['databases'], once: ['integrations'] } },
      p95Milliseconds: 1000,
      routes: [
        {
          path: '/api/hooks',
          addHeaders: { 'X-From': 'gateway' },
          transform: {
            removeHeaders: ['X-Old'],
            renameHeaders: { 'X-Then': 'X-Now' },
            removeQuery: ['old'],
            renameQuery: { then: 'now' },
            addQuery: { from: 'gateway' },
            path: '/hooks',
          },
        },
      ],
    },
    notification: { scale: { steps } },
  },
};

/** The same on AWS. */
const rareOnAws = {
  gateway: { scale: { steps } },
  services: {
    billing: {
      environment: { LANGUAGE: 'en' },
      release: { kind: 'linear', stepPercent: 20, stepMinutes: 5, steps: null, acceptTwoPhases: null },
    },
  },
  messages: { people: { email: { domain: 'post.projects.example.com' } } },
  telemetry: {
    dashboards: {
      signIn: {
        by: 'saml',
        metadata: 'https://people.example.com/metadata',
        groups: 'groups',
        admins: ['platform'],
        editors: ['developers'],
      },
    },
  },
};

const administrators = ['arn:aws:iam::111122223333:role/people'];

/** What no function says. */
const late = {
  runtime: { language: 'node' },
  schedule: '0 3 * * *',
  uses: {
    databases: ['order'],
    readsDocuments: ['shop'],
    reads: ['assets'],
    writes: ['exports'],
    publishes: ['order-events'],
  },
  copiesFrom: ['order'],
  on: ['primary'],
};
const writer = { ...late, copiesFrom: [], uses: { documents: ['shop'] } };
const functions = { late, writer };
const messages = { customers: { email: { domain: 'post.shop.example.com' } } };

/** The kinds of sites, and platforms that have as much of the model there as any. */
export const kinds = {
  'tasks on AWS': [
    { platform: 'shopflow' },
    { platform: 'retailflow', stage: 'staging' },
    { platform: 'techflow-solutions', patch: rareOnAws },
  ],
  'pods on AWS': [
    { platform: 'retailflow' },
    { platform: 'techflow-solutions', patch: production({ sites: { primary: { kubernetes: { administrators } } } }) },
  ],
  'a primary on Azure': [
    { platform: 'techflow', patch: rare, contracts: { integration: [{ path: '/hooks', methods: ['POST'] }] } },
    { platform: 'retailflow-azure', patch: { functions, messages } },
    { platform: 'techflow', stage: 'staging' },
  ],
  'a recovery site on Azure': [
    { platform: 'retailflow' },
    { platform: 'techflow', patch: production({ sites: { recovery: { objectsBackSince: '2026-11-02T08:00:00Z' } } }) },
  ],
} as const satisfies Record<string, readonly Sample[]>;
export type Kind = keyof typeof kinds;
