import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { Construct } from 'constructs';
import { keep } from '../../lib/azure/keep';
import { only, testStack } from '../support/azure';

describe('what holds data', () => {
  test('is kept by Terraform, and by a lock of Azure', () => {
    const stack = testStack();
    const group = new ResourceGroup(new Construct(stack, 'Store'), 'Server', { name: 'rg', location: 'eastasia' });
    keep(group, { ignoreChanges: ['tags'] });
    expect(only(stack, 'azurerm_resource_group').lifecycle).toEqual({
      prevent_destroy: true,
      ignore_changes: ['tags'],
    });
    expect(only(stack, 'azurerm_management_lock')).toMatchObject({
      lock_level: 'CanNotDelete',
      scope: expect.stringMatching(/^\$\{azurerm_resource_group\.Store_Server_\w+\.id\}$/),
    });
  });
});
