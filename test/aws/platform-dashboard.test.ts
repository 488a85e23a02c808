import { PlatformDashboard, platformSections } from '../../lib/aws/platform-dashboard';
import { findings, templateOf, testStack } from '../support/aws';
import { widgetsOf, type Widget } from '../support/dashboards';
import { everything, goals, nothing, serviceOf } from '../support/figures';

const titles = [
  'Edge',
  'Gateway',
  'Services',
  'Tasks',
  'Databases',
  'Caches',
  'Search',
  'Queues',
  'Streams',
  'Messages to people',
  'Workflows',
];

function made(figures = everything): { readonly widgets: readonly Widget[]; readonly subject: PlatformDashboard } {
  const stack = testStack();
  const subject = new PlatformDashboard(stack, 'Dashboard', { figures, prefix: 'shop-production', goals });
  return { widgets: widgetsOf(templateOf(stack))['shop-production'] ?? [], subject };
}

describe('platformSections', () => {
  test('go from the user inwards', () => {
    expect(platformSections(everything, goals).map(({ title }) => title)).toEqual(titles);
  });

  test('show every running service among tasks, and routed ones among requests', () => {
    const of = (title: string) => platformSections(everything, goals).find((section) => section.title === title);
    const lines = (title: string) =>
      of(title)?.panels.map((panel) => panel.lines.map((line) => (line as { label?: string }).label));
    expect(lines('Services')).toEqual(Array(3).fill(['order', 'user-data']));
    expect(lines('Tasks')).toEqual(Array(3).fill(['gateway', 'order', 'user-data', 'mail']));
  });

  test('show how each broker does, and how far each follower is behind, with when somebody is called', () => {
    const panels = platformSections(everything, goals).find(({ title }) => title === 'Streams')?.panels ?? [];
    expect(panels.map(({ title, lines }) => [title, lines.length])).toEqual([
      ['Idle processor of brokers', 3],
      ['Disks of brokers', 3],
      ['Events in', 3],
      ['Partitions short of copies', 3],
      ['Partitions without a broker', 1],
      ['Followers behind', 1],
    ]);
    expect(panels.at(-1)?.marks).toEqual([{ label: 'first alarm', value: 300 }]);
  });

  test('are spread over several graphs for many services', () => {
    const services = Array.from({ length: 30 }, (_, index) => serviceOf(`service-${index}`));
    const sections = platformSections({ ...nothing, services }, goals);
    expect(sections.find(({ title }) => title === 'Services')?.panels.map(({ lines }) => lines.length)).toEqual([
      12, 12, 12, 12, 12, 12, 6, 6, 6,
    ]);
  });
});

describe('PlatformDashboard', () => {
  const { subject, widgets } = made();

  test('has a heading for everything that the platform has', () => {
    expect(widgets.flatMap(({ properties }) => properties.markdown ?? [])).toEqual(
      titles.map((title) => `## ${title}`),
    );
  });

  test.each(titles)('has no heading %s for a platform without it', (title) => {
    const { widgets: left } = made(nothing);
    expect(left.flatMap(({ properties }) => properties.markdown ?? [])).not.toContain(`## ${title}`);
  });

  test('draws the goals across', () => {
    const marks = widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
    expect(marks.filter(({ label }) => label === 'goal').map(({ value }) => value)).toEqual([0.5, 0.5, 0.5]);
    expect(marks.filter(({ label }) => label === 'goal of p95').map(({ value }) => value)).toEqual([800, 800, 800]);
  });

  test('covers no widget with another, and is no wider than a dashboard', () => {
    for (const [index, one] of widgets.entries()) {
      expect(one.x + one.width).toBeLessThanOrEqual(24);
      const covered = widgets
        .slice(index + 1)
        .filter(
          (other) =>
            one.x < other.x + other.width &&
            other.x < one.x + one.width &&
            one.y < other.y + other.height &&
            other.y < one.y + one.height,
        );
      expect(covered).toEqual([]);
    }
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
  });
});
