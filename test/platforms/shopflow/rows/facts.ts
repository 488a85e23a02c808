import { reference } from '../../support/graph';

/** Where ShopFlow's production stands: what the definition says, written down again. */
export const domain = 'shop.example.com';

/** Address range of its network. */
export const network = '10.28.0.0/16';

/** The services and the web front end, and which of them speak gRPC. */
export const services = [
  'Cart',
  'Catalog',
  'Fulfilment',
  'Inventory',
  'Notification',
  'Order',
  'Payment',
  'Pricing',
  'Review',
  'Search',
  'Shipping',
  'User',
  'Web',
] as const;
export const grpc = ['Inventory', 'Pricing', 'Search', 'Shipping'] as const;

export const key = {
  data: reference('Security/Keys/Data', 'Arn'),
  messaging: reference('Security/Keys/Messaging', 'Arn'),
} as const;

export const dataSubnets = [1, 2, 3].map((zone) => reference(`Network/Network/Vpc/dataSubnet${zone}/Subnet`));
