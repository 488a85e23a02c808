import { ImageImporter } from '../../lib/azure/image-importer';
import { tokenConditions } from '../../lib/aws/delivery';
import { only, place, testStack } from '../support/azure';

const delivery = {
  repository: 'shop/platform',
  ids: { owner: 11, repository: 22 },
  manifests: { by: 'pulumi' },
} as const;

describe('pipelines that have images imported', () => {
  const stack = testStack();
  new ImageImporter(stack, 'ImageImporter', {
    place,
    platform: { stageName: 'production', delivery },
    registryId: '/registry',
  });
  const proof = only(stack, 'azurerm_federated_identity_credential');

  test('prove themselves by GitHub, as they do on AWS', () => {
    expect(proof).toMatchObject({
      name: 'github',
      audience: ['api://AzureADTokenExchange'],
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:shop@11/platform@22:environment:production',
    });
    expect(tokenConditions(delivery, 'production')).toEqual({
      StringEquals: expect.objectContaining({ 'token.actions.githubusercontent.com:sub': proof['subject'] }),
    });
  });

  test('have one identity and one role, on the registry alone', () => {
    expect(only(stack, 'azurerm_user_assigned_identity')).toMatchObject({ name: 'id-shop-production-image-importer' });
    expect(only(stack, 'azurerm_role_assignment')).toMatchObject({
      role_definition_name: 'Container Registry Data Importer and Data Reader',
      scope: '/registry',
      principal_type: 'ServicePrincipal',
    });
  });
});
