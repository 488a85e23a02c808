import { reference } from '../../../support/graph';

/** Where the site stands. */
export const region = 'eastasia';

/** Names the subscription, and everything in it: nobody is given a role there. */
export const subscription = '/subscriptions/00000000-0000-0000-0000-000000000000';

/** Where all logs go. */
export const workspace = reference('foundation/Observability/Workspace', 'id');

/** Who is told of every alert. */
export const onCall = reference('foundation/Observability/OnCall', 'id');

export const virtualNetwork = reference('foundation/Network/VirtualNetwork', 'id');

export const subnet = (name: string): string => reference(`foundation/Network/${name}`, 'id');

/** A private DNS zone. */
export const zone = (name: string): string => reference(`foundation/Network/Dns/${name}`, 'id');

/** What uses the keys for services that encrypt. */
export const encryptionIdentity = reference('foundation/Keys/Identity', 'id');

/** A key without its version, so that what it encrypts follows a rotation. */
export const key = (purpose: string): string => reference(`foundation/Keys/${purpose}`, 'output.properties.keyUri');
