import { pascalCase } from '../../../lib/platform/ids';
import { databaseUser } from '../../../lib/platform/names';
import { callersOf, placedOn, workflowsOf, type Platform, type SiteName } from '../../../lib/platform/platform';
import { listOf, objectOf, textOf } from '../../../lib/review/json';
import { valuesOf } from '../support/expectations';
import { reference } from '../support/graph';
import { containersOf, environmentOf, properties, secretsOf, Site } from '../support/site';
import { expectedEnvironment, expectedSecrets, givenTo, toldTo } from '../support/traces/environment';
import {
  databaseLogin,
  logPermissions,
  permissionsOf,
  pullPermissions,
  secretPermissions,
  taskPermissions,
} from '../support/traces/permissions';
import { calledAs, follow, hostsOf, kongDocument, listens } from '../support/traces/routes';
import { allRules, platformRules, rulesOf } from '../support/traces/rules';

const sites = [
  { name: 'production', site: Site.of('retailflow', 'production'), isReleased: false },
  { name: 'production with every service released', site: Site.released('retailflow', 'production'), isReleased: true },
  { name: 'staging', site: Site.of('retailflow', 'staging'), isReleased: false },
  { name: 'development', site: Site.of('retailflow', 'development'), isReleased: false },
];

/** A route that names no methods takes them all. */
const methodsOf = ({ methods }: { readonly methods?: readonly string[] | undefined }): readonly string[] =>
  methods ?? ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

const sorted = (lines: readonly string[]): readonly string[] => [...new Set(lines)].sort();

const roleOf = (site: Site, task: Parameters<typeof properties>[0], kind: 'TaskRoleArn' | 'ExecutionRoleArn') =>
  site.behind(properties(task)[kind], 'AWS::IAM::Role');

/** What services connect to: the property that holds its security group, and which that must be. */
const partsOf = (platform: Platform) => [
  ...placedOn(platform.databases, 'primary').flatMap(([name]) => {
    const pool = `Data/${pascalCase(name)}Database/Proxy`;
    const readers = (platform.databases[name] as { readReplicas?: number }).readReplicas ?? 0;
    return ['Proxy', ...(readers > 0 ? ['Proxy/Reader'] : [])].map((end) => ({
      path: `${pool}/${end}`,
      property: 'VpcSecurityGroupIds',
      group: `${pool}/SecurityGroup`,
    }));
  }),
  ...placedOn(platform.caches, 'primary').map(([name]) => ({
    path: `Data/${pascalCase(name)}Cache/Group`,
    property: 'SecurityGroupIds',
    group: `Data/${pascalCase(name)}Cache/SecurityGroup`,
  })),
  ...placedOn(platform.searches, 'primary').map(([name]) => ({
    path: `Data/${pascalCase(name)}Search/Domain`,
    property: 'VPCOptions.SecurityGroupIds',
    group: `Data/${pascalCase(name)}Search/SecurityGroup`,
  })),
];

describe.each(sites)('$name', ({ isReleased, site }) => {
  const { platform } = site;
  const services = Object.entries(platform.services).map(([name, spec]) => ({ name, spec }));
  const routes = services.flatMap(({ name, spec }) =>
    spec.routes.map((route) => ({
      name,
      spec,
      route,
      path: route.path,
      methods: methodsOf(route),
      method: methodsOf(route)[0] ?? '',
    })),
  );

  const granted = (name: string) => permissionsOf(site, roleOf(site, site.task(name), 'TaskRoleArn'));
  const here = (noun: 'databases' | 'caches', uses: readonly string[]): readonly string[] =>
    placedOn<{ on: readonly SiteName[] }>(platform[noun], 'primary').flatMap(([each]) =>
      uses.includes(each) ? [each] : [],
    );
  const calls = services.flatMap(({ name, spec }) => spec.uses.calls.map((callee) => ({ name, callee })));
  const databases = services.flatMap(({ name, spec }) =>
    here('databases', spec.uses.databases).map((database) => ({ name, database })),
  );
  const caches = services.flatMap(({ name, spec }) =>
    here('caches', spec.uses.caches).map((cache) => ({ name, cache })),
  );
  const commands = services.flatMap(({ name }) => workflowsOf(platform, name).map((workflow) => ({ name, workflow })));

  const parts = partsOf(platform);

  describe.each(routes)('$method $path', ({ method, methods, name, path, route, spec }) => {
    const hops = follow(site, path, method);

    test('is taken by the gateway, with what the definition asks of it', () => {
      expect(sorted(hops.methods)).toEqual(sorted(methods));
      expect(Object.keys(hops.plugins).includes('jwt')).toBe(route.authentication === 'token');
      expect(hops.plugins['rate-limiting']).toMatchObject({ minute: route.requestsPerMinute, policy: 'redis' });
      // By it, load tests are told from everybody else.
      const isLoaded = platform.stage.loadTests !== undefined && route.authentication === 'none';
      expect(Object.keys(hops.plugins).includes('key-auth')).toBe(isLoaded);
    });

    test(`reaches the container of ${name}, and no other`, () => {
      expect(hops.balancers).toEqual(['Cluster/Balancer/LoadBalancer']);
      expect(hops.rules.map((rule) => rule.path)).toEqual([
        `Service-${pascalCase(name)}/Service/Traffic/ProductionRule`,
      ]);
      expect(hops.groups.length).toBe(spec.release.kind === 'rolling' ? 1 : 2);
      expect(hops.targets).toEqual(
        hops.groups.map(() => ({ service: site.service(name), container: 'app', port: spec.port })),
      );
      expect(listens(site, site.service(name), 'app', spec.port)).toBe(true);
    });
  });

  test('the gateway has the routes of the definition and no others', () => {
    const document = listOf(kongDocument(site).services).map(objectOf);
    expect(document.flatMap((service) => listOf(service.routes)).length).toBe(routes.length);
    expect(sorted(document.map((service) => textOf(service.name) ?? ''))).toEqual(
      sorted(routes.map(({ name }) => name)),
    );
  });

  test('what the edge asks for reaches the gateway', () => {
    const [rule, ...others] = site.world
      .ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
      .filter((each) => hostsOf(each).includes(`origin.${platform.stage.domain}`));
    expect(others).toEqual([]);
    const [action] = listOf(rule === undefined ? [] : properties(rule).Actions).map(objectOf);
    const group = site.behind(action?.TargetGroupArn, 'AWS::ElasticLoadBalancingV2::TargetGroup');
    expect(properties(site.at('Cluster/Gateway/Service/Service')).LoadBalancers).toEqual([
      { ContainerName: 'kong', ContainerPort: 8000, TargetGroupArn: reference(group.path) },
    ]);
  });

  describe.each(services)('$name', ({ name, spec }) => {
    const execution = roleOf(site, site.task(name), 'ExecutionRoleArn');
    const logs = `Service-${pascalCase(name)}/Service/Logs`;

    test('is told what its contract says, each value from the part that it is of', () => {
      expect(toldTo(site, name)).toEqual(expectedEnvironment(site, name));
    });

    test('is given the secrets of its contract, each by its ARN', () => {
      expect(givenTo(site, name)).toEqual(expectedSecrets(site, name));
    });

    test('may do what its definition asks for, and nothing else', () => {
      expect(sorted(granted(name))).toEqual(sorted(taskPermissions(site, name)));
    });

    test('is started with what it needs, and nothing else', () => {
      expect(sorted(permissionsOf(site, execution))).toEqual(
        sorted([
          ...logPermissions(logs),
          ...secretPermissions(site, Object.values(expectedSecrets(site, name))),
          ...pullPermissions(site, [isReleased ? name : 'copies/busybox', 'copies/collector']),
        ]),
      );
    });

    test('has the network paths of its uses, a rule at each end, and no others', () => {
      const group = `Cluster/${pascalCase(name)}Service`;
      const mentions = (line: string): boolean => line.split(' ').includes(group);
      const expected = [...services.flatMap((each) => rulesOf(site, each.name)), ...platformRules(site)];
      expect(sorted(allRules(site).filter(mentions))).toEqual(sorted(expected.filter(mentions)));
    });

    test('runs an image by its digest: its own, or what stands in until its first release', () => {
      const image = textOf(site.container(site.task(name), 'app').Image) ?? '';
      const repository = `${platform.name}-${platform.stageName}/${name}`;
      const { account, region } = site.aws;
      expect(image).toMatch(/@sha256:[0-9a-f]{64}$/);
      const pulled = isReleased ? repository : `${platform.name}-${platform.stageName}/copies/busybox`;
      expect(image.startsWith(`${account}.dkr.ecr.${region}.amazonaws.com/${pulled}@`)).toBe(true);
      expect(properties(site.at(`Delivery/Registry/${pascalCase(name)}`)).RepositoryName).toBe(repository);
    });

    test('runs in the security group of its paths', () => {
      const { AwsvpcConfiguration } = objectOf(properties(site.service(name)).NetworkConfiguration);
      expect(objectOf(AwsvpcConfiguration).SecurityGroups).toEqual([reference(`Cluster/${pascalCase(name)}Service`)]);
    });

    test('is called by name if others call it, and only then', () => {
      expect(calledAs(site.service(name)).length).toBe(callersOf(platform, name).length > 0 ? 1 : 0);
    });

    test('its databases are brought up to date with what that needs, and nothing else', () => {
      const task = site.migration(name);
      expect(task === undefined).toBe(spec.uses.databases.length === 0);
      if (task === undefined) return;
      const secrets = containersOf(task).flatMap((container) => Object.values(secretsOf(container)));
      const arns = secrets.map((secret) => secret.replace(/:[A-Za-z]+::$/, ''));
      const role = roleOf(site, task, 'ExecutionRoleArn');
      expect(sorted(permissionsOf(site, role))).toEqual(
        sorted([
          ...logPermissions(logs),
          ...secretPermissions(site, arns),
          ...pullPermissions(site, ['copies/postgres', ...(isReleased ? [name] : [])]),
        ]),
      );
    });
  });

  test.each(calls)('$name calls $callee at the name and the port where its proxy listens', ({ callee, name }) => {
    const url = toldTo(site, name)[`SERVICE_${callee.replaceAll('-', '_').toUpperCase()}_URL`];
    expect(calledAs(site.service(callee))).toEqual([{ url, proxyPort: 15_443 }]);
    expect(properties(site.service(name)).ServiceConnectConfiguration).toMatchObject({
      Enabled: true,
      Namespace: objectOf(properties(site.service(callee)).ServiceConnectConfiguration).Namespace,
    });
  });

  test.each(databases)(
    '$name has its user in $database: in the SQL, in its variables and in its permission',
    ({ database, name }) => {
      const task = site.migration(name);
      const sql =
        task === undefined ? '' : (environmentOf(site.container(task, `platform-${database}`)).DATABASE_SQL ?? '');
      const user = toldTo(site, name)[`DATABASE_${database.replaceAll('-', '_').toUpperCase()}_USER`];
      expect(user).toBe(databaseUser(name));
      expect(sql).toContain(`CREATE ROLE "${user}" LOGIN`);
      expect(sql).toContain(`GRANT rds_iam TO "${user}"`);
      expect(granted(name)).toContain(`rds-db:connect on ${databaseLogin(site, database, name)}`);
      const others = services.filter((each) => each.name !== name).map((each) => databaseUser(each.name));
      expect(others.filter((other) => sql.includes(`"${other}"`))).toEqual([]);
    },
  );

  test.each(caches)('$name has its user in the cache $cache', ({ cache, name }) => {
    const group = site.at(`Data/${pascalCase(cache)}Cache/Group`);
    const users = listOf(properties(group).UserGroupIds).flatMap((each) =>
      listOf(properties(site.behind(each, 'AWS::ElastiCache::UserGroup')).UserIds),
    );
    const named = users
      .map((each) => site.behind(each, 'AWS::ElastiCache::User'))
      .filter((each) => properties(each).UserName === toldTo(site, name)[`CACHE_${cache.toUpperCase()}_USER`]);
    expect(named.map((each) => properties(each).AuthenticationMode)).toEqual([{ Type: 'iam' }]);
    expect(properties(named[0] ?? group).UserId).toBe(properties(named[0] ?? group).UserName);
    expect(granted(name)).toContain(`elasticache:Connect on ${reference(named[0]?.path ?? '', 'Arn')}`);
  });

  test.each(commands)(
    '$name gets its commands of $workflow from the queue that the workflow sends to',
    ({ name, workflow }) => {
      const machine = site.at(`Workflows/${pascalCase(workflow)}/Machine`);
      const { States } = JSON.parse(textOf(properties(machine).DefinitionString) ?? '') as {
        States: Record<string, unknown>;
      };
      const steps = platform.workflows[workflow]?.steps.filter((step) => step.service === name) ?? [];
      const variable = `WORKFLOW_${workflow.replaceAll('-', '_').toUpperCase()}_COMMANDS_URL`;
      const queue = site.behind(toldTo(site, name)[variable], 'AWS::SQS::Queue');
      for (const state of steps.flatMap((step) => [
        step.name,
        ...(typeof step.compensation === 'string' ? [step.compensation] : []),
      ])) {
        expect(States[state]).toMatchObject({ Arguments: { QueueUrl: reference(queue.path) } });
      }
      const role = site.at(`Workflows/${pascalCase(workflow)}/Role`);
      expect(permissionsOf(site, role)).toContain(`sqs:SendMessage on ${reference(queue.path, 'Arn')}`);
    },
  );

  test.each(parts)('$path stands behind the security group to which the paths lead', ({ group, path, property }) => {
    expect(valuesOf(site.at(path), property)).toEqual([[reference(group)]]);
  });

  test('no security group has a rule that nobody asks for', () => {
    const expected = [...services.flatMap(({ name }) => rulesOf(site, name)), ...platformRules(site)];
    expect(sorted(allRules(site))).toEqual(sorted(expected));
  });

  test('no two rules of a listener have one place', () => {
    const places = site.world
      .ofType('AWS::ElasticLoadBalancingV2::ListenerRule')
      .map((rule) => JSON.stringify([properties(rule).ListenerArn, properties(rule).Priority]));
    expect(places.length).toBe(new Set(places).size);
  });
});
