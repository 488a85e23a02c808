import type { Platform } from '../platform/platform';
import { collectorImage, publicImages } from '../platform/public-images';

/** What the platform runs of others on ECS. */
export const images = { ...publicImages, collector: collectorImage } as const;

export type ImageName = keyof typeof images;

/** The images by name. */
export const imageNames = Object.keys(images) as readonly ImageName[];

/** What a platform needs of them: the collector, where services tell of themselves. */
export const imagesOf = ({ telemetry }: Pick<Platform, 'telemetry'>): readonly ImageName[] =>
  imageNames.filter((name) => name !== 'collector' || telemetry !== undefined);
