import { gatewayVariables } from '../../../../lib/platform/gateway/references';
import { about, type Row } from '../../support/about';
import { exactly, present } from '../../support/matchers';

/** What Kong reads, at the place of a service of its own for each route. */
export const document = `ContainerDefinitions[Name=kong].Environment[Name=${gatewayVariables.document}].Value`;
const users = `${document}.services[name=user~api~users]`;
const own = `${users}.routes[name=user~api~users~~DELETE-GET-PATCH]`;
const others = `${users}.routes[name=user~api~users~~GET-PATCH]`;
const billing = `${document}.services[name=billing~api~billing]`;

/** What is closed below a route. */
const closed = (route: string): string => `${document}.routes[name=${route}~~~]`;

/** The gateway lets in what contracts have, and nothing else. */
export const contracts: Row = {
  row: 'OpenAPI contracts',
  expectations: about(
    { stack: 'Cluster', type: 'AWS::ECS::TaskDefinition', where: /Gateway\/Task$/, count: 1 },
    {
      'the own profile is read, changed and forgotten, as the contract of user says': {
        path: `${own}.paths`,
        is: ['~/api/users/me$'],
      },
      'with these methods, and no others': { path: `${own}.methods`, is: exactly('DELETE', 'GET', 'PATCH') },
      'who somebody else is stands in the path, and nothing behind it': {
        path: `${others}.paths`,
        is: ['~/api/users/[^/]+$'],
      },
      'people of the own company are listed': {
        path: `${users}.routes[name=user~api~users~~GET].paths`,
        is: ['~/api/users$'],
      },
      'nobody forgets somebody else': { path: `${others}.methods`, is: exactly('GET', 'PATCH') },
      'billing is asked for what its contract has': {
        path: `${billing}.routes[name=billing~api~billing~~GET].paths`,
        is: ['~/api/billing/invoices$', '~/api/billing/invoices/[^/]+$', '~/api/billing/plans$'],
      },
      'the payment provider tells of payments, and of nothing else': {
        path: `${document}.services[name=billing~api~billing~callbacks~~POST].routes[*].paths`,
        is: ['~/api/billing/callbacks/payments$'],
      },
      ...Object.fromEntries(
        [
          'user~api~users',
          'user~api~sessions',
          'project~api~projects',
          'project~api~v1~projects',
          'reporting~api~reports',
          'billing~api~billing',
        ].flatMap((route) => [
          [
            `whatever else is below ${route} is answered 404 by the gateway`,
            { path: `${closed(route)}.plugins[name=request-termination].config.status_code`, is: 404 },
          ],
          [
            `whatever the method, below ${route}`,
            {
              path: `${closed(route)}.methods`,
              is: exactly('DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'),
            },
          ],
          [
            `all of ${route} counts together`,
            { path: `${document}.services[name=${route}].plugins[name=rate-limiting].config.minute`, is: present },
          ],
        ]),
      ),
      'what users ask needs a token, as without a contract': {
        path: `${users}.plugins[name=jwt].config.claims_to_verify`,
        is: ['exp'],
      },
    },
  ),
};
