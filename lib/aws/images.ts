import type { Platform } from '../platform/platform';
import { collectorImage, k6Image, publicImages } from '../platform/public-images';

/** What the platform runs of others on ECS. */
export const images = { ...publicImages, collector: collectorImage, k6: k6Image } as const;

export type ImageName = keyof typeof images;

/** The images by name. */
export const imageNames = Object.keys(images) as readonly ImageName[];

/** What a platform needs of them: the collector, where services tell of themselves, and k6, where load tests run. */
export const imagesOf = ({ stage, telemetry }: Pick<Platform, 'stage' | 'telemetry'>): readonly ImageName[] => {
  const needed: Readonly<Partial<Record<ImageName, boolean>>> = {
    collector: telemetry !== undefined,
    k6: stage.loadTests !== undefined,
  };
  return imageNames.filter((name) => needed[name] ?? true);
};
