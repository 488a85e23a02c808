import { CdnFrontdoorRule, type CdnFrontdoorRuleConfig } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule';
import { CdnFrontdoorRuleSet } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-rule-set';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { responseHeaders } from './edge-headers';
import { filePattern, pageOf, type EdgeAssets } from './edge-pages';
import { frontDoorDuration, queryCaching, type EdgeRoute } from './edge-routes';
import { pascalCase } from '../platform/ids';
import { loadMark } from '../platform/load-tests/admitted';
import { waitFor } from './wait-for';

/** What a rule looks at, and what it does. */
export type RuleSettings = Pick<CdnFrontdoorRuleConfig, 'actions' | 'conditions'>;

/** Rules by name, in order. */
export type RuleTable = Readonly<Record<string, RuleSettings>>;

/** A rule does so much at most. */
const mostActions = 5;

/** The headers of every answer, but those that who answers says itself. */
export function headerRules(own: readonly string[] = []): RuleTable {
  const actions = Object.entries(responseHeaders)
    .filter(([headerName]) => !own.includes(headerName))
    .map(([headerName, value]) =>
      value === '' ? { headerAction: 'Delete', headerName } : { headerAction: 'Overwrite', headerName, value },
    );
  const chunks = Array.from({ length: Math.ceil(actions.length / mostActions) }, (_, index) =>
    actions.slice(index * mostActions, (index + 1) * mostActions),
  );
  return Object.fromEntries(
    chunks.map((responseHeaderAction, index) => [`Headers${index + 1}`, { actions: { responseHeaderAction } }]),
  );
}

/** How long what a route keeps is kept. Answers that say so themselves are kept as they say, or not at all. */
const keepRule = (route: EdgeRoute): RuleSettings => ({
  actions: {
    routeConfigurationOverrideAction: {
      cacheBehavior: 'OverrideIfOriginMissing',
      cacheDuration: frontDoorDuration(route.cacheSeconds),
      compressionEnabled: true,
      queryStringCachingBehavior: queryCaching(route),
    },
  },
});

/** Nothing that says who asks reaches a service whose answer is kept, so no such answer can depend on it. */
const strangers: RuleSettings = {
  actions: {
    requestHeaderAction: ['Authorization', 'Cookie'].map((headerName) => ({ headerAction: 'Delete', headerName })),
  },
};

/** Who comes from an address of load tests has their mark, and nobody else, whatever was sent: the gateway believes it. */
export function loadRules(addresses: readonly string[]): RuleTable {
  // Terraform refuses an address that is not written as a range.
  const matchValues = addresses.map((address) => `${address}/32`);
  const from = (negateCondition: boolean) => ({
    socketAddressCondition: [{ operator: 'IPMatch', matchValues, negateCondition }],
  });
  const { header: headerName, value } = loadMark;
  return {
    LoadMark: {
      conditions: from(false),
      actions: { requestHeaderAction: [{ headerAction: 'Overwrite', headerName, value }] },
    },
    ForgedLoadMark: {
      conditions: from(true),
      actions: { requestHeaderAction: [{ headerAction: 'Delete', headerName }] },
    },
  };
}

const isFile = (negateCondition: boolean) => ({
  urlPathCondition: [{ operator: 'RegEx', matchValues: [filePattern('')], negateCondition }],
});

/** Files lie in a container; pages, which the shop makes up in the browser, are one file there. */
const fileRules = (assets: Pick<EdgeAssets, 'container'>): RuleTable => ({
  Page: {
    conditions: isFile(true),
    actions: { urlRewriteAction: { sourcePattern: '/', destination: pageOf(assets), preserveUnmatchedPath: false } },
  },
  File: {
    conditions: isFile(false),
    actions: {
      urlRewriteAction: { sourcePattern: '/', destination: `/${assets.container}/`, preserveUnmatchedPath: true },
    },
  },
});

/** Every path of a route is a file, which lies in a container. */
const onlyFileRules = (assets: Pick<EdgeAssets, 'container'>): RuleTable => ({
  File: {
    actions: {
      urlRewriteAction: { sourcePattern: '/', destination: `/${assets.container}/`, preserveUnmatchedPath: true },
    },
  },
});

/** Whatever is asked for by the route is one object. */
const objectRules = (object: string): RuleTable => ({
  Object: { actions: { urlRewriteAction: { sourcePattern: '/', destination: object, preserveUnmatchedPath: false } } },
});

/** The rules of a route besides those of every route. */
export function routeRules(route: EdgeRoute, assets: Pick<EdgeAssets, 'container'>): RuleTable {
  if (route.object !== undefined) return objectRules(route.object);
  if (route.cacheSeconds === 0) return {};
  const files = route.madePages === true ? onlyFileRules : fileRules;
  return { ...(route.to === 'assets' ? files(assets) : {}), Strangers: strangers, Keep: keepRule(route) };
}

export interface EdgeRulesProps {
  readonly profileId: string;
  /** Letters and digits. */
  readonly name: string;
  readonly rules: RuleTable;
  /** What must stand before: Azure takes no rule of a profile without origins. */
  readonly after: readonly TerraformResource[];
}

/** A set of rules that routes name. */
export class EdgeRules extends Construct {
  public readonly set: CdnFrontdoorRuleSet;

  public constructor(scope: Construct, id: string, props: EdgeRulesProps) {
    super(scope, id);
    const { after, name, profileId, rules } = props;
    this.set = new CdnFrontdoorRuleSet(this, 'Set', { name, cdnFrontdoorProfileId: profileId });
    Object.entries(rules).forEach(([rule, settings], order) => {
      const made = new CdnFrontdoorRule(this, pascalCase(rule), {
        ...settings,
        name: rule,
        cdnFrontdoorRuleSetId: this.set.id,
        order: order + 1,
        behaviorOnMatch: 'Continue',
      });
      waitFor(made, after);
    });
  }
}
