/** Options by which every command is told which stage of which platform it is about. */
export const targetOptions = {
  platform: { type: 'string', default: 'retailflow' },
  stage: { type: 'string', default: 'production' },
} as const;
