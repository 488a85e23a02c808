import { about, type Row } from '../../support/about';
import { like } from '../../support/matchers';
import { grpc } from './facts';

/** Who calls each service that speaks gRPC, and nobody else does. */
const callers: Readonly<Record<(typeof grpc)[number], readonly string[]>> = {
  Inventory: ['Cart', 'Catalog', 'Order'],
  Pricing: ['Cart', 'Catalog', 'Order', 'Web'],
  Search: ['Catalog', 'Web'],
  Shipping: ['Fulfilment', 'Order'],
};

/** Where the proxies of services take calls. */
const meshPort = 15_443;

/** What lets somebody in to a service. */
const rule = (service: string) => ({
  type: 'AWS::EC2::SecurityGroupIngress',
  having: { GroupId: like(new RegExp(`Cluster/${service}Service`)) },
});

export const grpcRow: Row = {
  row: 'gRPC',
  expectations: grpc.flatMap((service) => {
    const own = { stack: `Service-${service}`, count: 1 };
    return [
      ...about(
        { ...own, type: 'AWS::ECS::TaskDefinition', where: /\/Service\/Task$/ },
        {
          [`${service} is asked by gRPC whether it lives`]: {
            path: 'ContainerDefinitions[Name=app].HealthCheck.Command',
            is: ['CMD', '/bin/grpc_health_probe', '-addr=127.0.0.1:8080', '-service=live'],
          },
        },
      ),
      ...about(
        { ...own, type: 'AWS::ECS::Service' },
        {
          [`${service} takes calls at the port of its proxy`]: {
            path: 'ServiceConnectConfiguration.Services[*].IngressPortOverride',
            is: meshPort,
          },
          [`no balancer stands before ${service}, which would speak HTTP/1.1`]: { path: 'LoadBalancers', is: [] },
        },
      ),
      ...(callers[service] ?? []).flatMap((caller) =>
        about(
          { ...rule(service), stack: `Service-${caller}`, count: 1 },
          { [`${caller} reaches ${service} by its group, at that port`]: { path: 'FromPort', is: meshPort } },
        ),
      ),
      { ...rule(service), name: `${service} is reached by those alone`, count: callers[service]?.length ?? 0 },
    ];
  }),
};
