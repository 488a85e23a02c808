import { publicImages } from '../platform/public-images';

/** What the platform runs of others on ECS. */
export const images = publicImages;

export type ImageName = keyof typeof images;

/** The images by name. */
export const imageNames = Object.keys(images) as readonly ImageName[];
