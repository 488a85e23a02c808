import type { Audience } from '../../platform/flag-audience';

/** A flag as App Configuration keeps it: JSON, of which what is not for whom it is on belongs to people. */
interface Value {
  readonly enabled?: boolean;
  readonly conditions?: { readonly client_filters?: readonly Filter[] };
}

interface Filter {
  readonly name?: string;
  readonly parameters?: {
    readonly Audience?: {
      readonly DefaultRolloutPercentage?: number;
      readonly Groups?: readonly { readonly Name: string; readonly RolloutPercentage: number }[] | null;
    };
  };
}

const filterName = 'Microsoft.Targeting';

const isTargeting = ({ name }: Filter): boolean => name === filterName || name === 'Targeting';

const parsed = (text: string): Value => {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`a flag must be an object, got ${text}`);
  return value;
};

/**
 * For whom a flag is on.
 *
 * @throws Error if it is not what App Configuration keeps of a flag.
 */
export function audienceIn(text: string): Audience {
  const { conditions, enabled = false } = parsed(text);
  const targeting = conditions?.client_filters?.find(isTargeting);
  const { DefaultRolloutPercentage: percent = 0, Groups: groups } = targeting?.parameters?.Audience ?? {};
  return {
    enabled,
    // Without a filter of ours it is on for everybody.
    percent: targeting === undefined ? 100 : percent,
    groups: Object.fromEntries((groups ?? []).map(({ Name, RolloutPercentage }) => [Name, RolloutPercentage])),
  };
}

/**
 * For whom a flag is to be on by its definition.
 *
 * @throws Error if it is not what a deployment writes.
 */
export function definitionIn(text: string): Audience {
  const { enabled, groups, percent } = JSON.parse(text) as Partial<Audience>;
  if (typeof enabled !== 'boolean' || typeof percent !== 'number' || typeof groups !== 'object') {
    throw new Error(`a definition must have enabled, percent and groups, got ${text}`);
  }
  return { enabled, percent, groups };
}

/** The same flag, on for others; all else stays as it was. */
export function withAudience(text: string, { enabled, groups, percent }: Audience): string {
  const value = parsed(text);
  const others = (value.conditions?.client_filters ?? []).filter((filter) => !isTargeting(filter));
  const targeting = {
    name: filterName,
    parameters: {
      Audience: {
        DefaultRolloutPercentage: percent,
        Users: [],
        Groups: Object.entries(groups).map(([Name, RolloutPercentage]) => ({ Name, RolloutPercentage })),
      },
    },
  };
  return JSON.stringify({
    ...value,
    enabled,
    conditions: { ...value.conditions, client_filters: [targeting, ...others] },
  });
}
