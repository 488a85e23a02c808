import { ApplicationInsights } from '@cdktf/provider-azurerm/lib/application-insights';
import { ApplicationInsightsStandardWebTest } from '@cdktf/provider-azurerm/lib/application-insights-standard-web-test';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import { exempt } from './exempt';
import { nameIn, placed, type Place } from './place';
import { raiseQueryAlert } from './query-alert';

export interface AvailabilityProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Public addresses that must answer with 200, by name. */
  readonly targets: Readonly<Record<string, string>>;
}

/**
 * Where the site is looked at from: Singapore, Hong Kong, Tokyo, Sydney and Virginia. Five, as Azure advises, so that one
 * that is unwell calls nobody. https://learn.microsoft.com/azure/azure-monitor/app/availability#location-population-tags
 */
const locations = [
  'apac-hk-hkn-azr',
  'apac-jp-kaw-edge',
  'apac-sg-sin-azr',
  'emea-au-syd-edge',
  'us-va-ash-azr',
] as const;

/** Somebody is called when this many of them see a failure. */
const failedLocations = 2;

const everySeconds = 300;
const timeoutSeconds = 30;
/** A certificate that ends sooner than this fails the test, in days. */
const certificateDays = 14;

const testName = (target: string): string => `availability-${target}`;

const runbook = 'azure-service';

/** Which tests have told nothing for as long as is asked: a row for each, whether or not there is any log. */
export const silentTests = (targets: readonly string[]): string =>
  [
    `datatable(Name: string) [${targets.map((target) => `'${testName(target)}'`).join(', ')}]`,
    '| join kind=leftouter (AppAvailabilityResults | summarize results = count() by Name) on Name',
    '| project Name, silent = iff(isnull(results), 1, 0)',
  ].join('\n');

/**
 * Looks at a site from outside, whether or not anybody uses it: a recovery site must be known to work before it is needed.
 * Results have an Application Insights resource of their own. Azure's agents stand outside of the network, and no page says
 * that they get past a resource that takes nothing from there; traces of services have one that does not.
 * https://learn.microsoft.com/azure/azure-monitor/logs/private-link-design#control-network-access-to-ampls-resources
 */
export class Availability extends Construct {
  /** Keeps the results; nothing where there is nothing to look at. */
  public readonly results: ApplicationInsights | undefined;

  public constructor(scope: Construct, id: string, props: AvailabilityProps) {
    super(scope, id);
    const targets = Object.entries(props.targets);
    if (targets.length === 0) return;
    this.results = this.makeResults(props);
    for (const [name, url] of targets) this.watch(name, url, this.results.id, props);
    raiseQueryAlert(this, 'Silent', {
      place: props.place,
      monitoring: props.monitoring,
      name: 'availability-silent',
      query: silentTests(Object.keys(props.targets)),
      measure: 'silent',
      by: 'Name',
      threshold: 0,
      windowMinutes: 30,
      severity: 2,
      description: 'A test from outside has told nothing for half an hour, so that nobody would be called.',
      runbook,
    });
  }

  private makeResults({ monitoring, place }: AvailabilityProps): ApplicationInsights {
    const results = new ApplicationInsights(this, 'Results', {
      ...placed(place),
      name: nameIn(place, 'application-insights', 'availability'),
      applicationType: 'web',
      workspaceId: monitoring.workspaceId,
      samplingPercentage: 100,
      disableIpMasking: false,
      localAuthenticationDisabled: true,
      internetIngestionEnabled: true,
      internetQueryEnabled: true,
    });
    exempt(results, {
      'public-access': 'It takes results of tests alone, which come from outside of the network, and no key opens it.',
    });
    return results;
  }

  private watch(name: string, url: string, insightsId: string, { monitoring, place }: AvailabilityProps): void {
    const { resourceGroupName, tags } = placed(place);
    const test = new ApplicationInsightsStandardWebTest(this, `${pascalCase(name)}Test`, {
      ...placed(place),
      name: testName(name),
      applicationInsightsId: insightsId,
      enabled: true,
      frequency: everySeconds,
      timeout: timeoutSeconds,
      retryEnabled: true,
      geoLocations: [...locations],
      request: { url, httpVerb: 'GET', followRedirectsEnabled: false, parseDependentRequestsEnabled: false },
      validationRules: { expectedStatusCode: 200, sslCheckEnabled: true, sslCertRemainingLifetime: certificateDays },
    });
    // Azure adds a tag that ties the test to its results.
    test.lifecycle = { ignoreChanges: ['tags'] };
    new MonitorMetricAlert(this, `${pascalCase(name)}Lost`, {
      name: testName(name),
      resourceGroupName,
      tags,
      scopes: [test.id, insightsId],
      description: `The site cannot be reached from outside: ${name}. Runbook: docs/runbooks/${runbook}.md`,
      severity: 1,
      frequency: 'PT1M',
      windowSize: 'PT5M',
      applicationInsightsWebTestLocationAvailabilityCriteria: {
        componentId: insightsId,
        webTestId: test.id,
        failedLocationCount: failedLocations,
      },
      action: [{ actionGroupId: monitoring.actionGroupId }],
    });
  }
}
