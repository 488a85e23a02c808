import { replaceDefinition } from '../support/plant';

/** A copy of a platform's file whose name was forgotten. */
replaceDefinition({ name: 'shop' });
