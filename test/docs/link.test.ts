import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { linkAlarms } from '../../lib/aws/link-alarms';
import { whereIs } from '../../lib/platform/azure-sites';
import { azureName, type AzureResource } from '../../lib/platform/azure-names';
import { linkPlan, recoveryPair } from '../../lib/platform/link';
import { linkConnectionWord, linkOutput, recoveryStackName, tunnelName } from '../../lib/platform/link-outputs';
import { resourcesOf } from '../../lib/review/azure/stack';
import { synthesizedSite } from '../support/azure-site';
import { codeIn, tableWith } from '../support/document-tables';

const docs = resolve(__dirname, '../../docs');
const read = (file: string): string => readFileSync(join(docs, file), 'utf8');
const guide = read('guides/link.md');
const runbook = read('runbooks/link.md');
const rotation = read('runbooks/link-key.md');
const all = [guide, runbook, rotation];

const { platform, site } = synthesizedSite('retailflow', 'production');
const pair = recoveryPair(platform);
if (pair === undefined) throw new Error('production has a pair of sites');
const { primary, recovery } = pair;
const plan = linkPlan(recovery.link);
const named = (resource: AzureResource, ...words: readonly string[]): string =>
  azureName(resource, whereIs(platform, recovery), ...words);
const connection = (tunnel: (typeof plan.tunnels)[number]): string =>
  named('vpn-connection', linkConnectionWord(tunnel));
const link = site.stacks.find(({ name }) => name === 'retailflow-production-link');
if (link === undefined) throw new Error('production has a link');

describe('the guide to the link', () => {
  test('has the addresses of the plan, tunnel for tunnel', () => {
    expect(tableWith(guide, 'inside range')).toEqual(
      plan.tunnels.map((tunnel) => ({
        tunnel: tunnelName(tunnel),
        'inside range': tunnel.insideCidr,
        AWS: tunnel.awsAddress,
        Azure: tunnel.azureAddress,
        'instances of the gateway speak BGP by': `${tunnel.customBgp.primary}, ${tunnel.customBgp.secondary}`,
        'connection on Azure': connection(tunnel),
      })),
    );
  });

  test('has the numbers of both ends, and the range of AWS', () => {
    expect(guide).toContain(`AWS has the number ${plan.awsAsn} and Azure ${plan.azureAsn}`);
    expect(guide).toContain(`network=='${primary.network.cidr}'`);
  });

  test('counts what the first plan adds', () => {
    const added = link.resources.filter(({ type }) => type !== 'terraform_data');
    expect(guide).toContain(`adds ${added.length} resources`);
  });

  test('adds up what it costs', () => {
    const months = tableWith(guide, 'a month').map((row) => Number(row['a month']));
    const sum = months.reduce((total, each) => total + each, 0);
    expect(months).not.toContain(Number.NaN);
    expect(guide).toContain(`About ${(Math.round(sum / 50) * 50).toLocaleString('en')} dollars a month`);
  });
});

test('the runbook of the link says what every alarm and alert means, each once', () => {
  const onAws = linkAlarms({
    connections: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    transitGatewayId: 'gateway',
  });
  const onAzure = [
    ...resourcesOf(link, 'azurerm_monitor_metric_alert'),
    ...resourcesOf(link, 'azurerm_monitor_scheduled_query_rules_alert_v2'),
  ].map(({ arguments: { name } }) => name);
  const rows = tableWith(runbook, 'how soon');
  const listed = (column: string) => rows.flatMap((row) => codeIn(row[column] ?? '')).sort();
  expect(listed('on AWS')).toEqual(Object.keys(onAws).sort());
  expect(listed('on Azure')).toEqual([...onAzure].sort());
});

test('the runbook of keys has the secret and the connection of each tunnel', () => {
  expect(tableWith(rotation, 'connection on Azure')).toEqual(
    plan.tunnels.map((tunnel) => ({
      tunnel: tunnelName(tunnel),
      'its secret, by an output of Recovery': linkOutput.keyArn(tunnel.connection),
      'connection on Azure': connection(tunnel),
    })),
  );
});

describe('documents of the link', () => {
  test('name groups, the gateway and the stack as they are', () => {
    const names = all.flatMap(
      (text) => text.match(/\b(?:rg|vpng|vcn)-[a-z][\w-]*|\bretailflow-production-Recovery\b/g) ?? [],
    );
    const real = [
      named('resource-group', 'link'),
      named('resource-group', 'link-base'),
      named('vpn-gateway'),
      ...plan.tunnels.map(connection),
      recoveryStackName(platform),
    ];
    expect([...new Set(names)].sort()).toEqual(real.sort());
  });
});
