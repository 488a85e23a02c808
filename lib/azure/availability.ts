import { ApplicationInsightsStandardWebTest } from '@cdktf/provider-azurerm/lib/application-insights-standard-web-test';
import { MonitorMetricAlert } from '@cdktf/provider-azurerm/lib/monitor-metric-alert';
import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import { placed, type Place } from './place';

export interface AvailabilityProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Id of the Application Insights resource that keeps the results. */
  readonly insightsId: string;
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

/** Looks at a site from outside, whether or not anybody uses it: a recovery site must be known to work before it is needed. */
export class Availability extends Construct {
  public constructor(scope: Construct, id: string, props: AvailabilityProps) {
    super(scope, id);
    for (const [name, url] of Object.entries(props.targets)) this.watch(name, url, props);
  }

  private watch(name: string, url: string, { insightsId, monitoring, place }: AvailabilityProps): void {
    const { resourceGroupName, tags } = placed(place);
    const test = new ApplicationInsightsStandardWebTest(this, `${pascalCase(name)}Test`, {
      ...placed(place),
      name: `availability-${name}`,
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
      name: `availability-${name}`,
      resourceGroupName,
      tags,
      scopes: [test.id, insightsId],
      description: `The site cannot be reached from outside: ${name}. Runbook: docs/runbooks/azure-service.md`,
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
