import fc from 'fast-check';
import { readJournal, type Journal } from '../../lib/recovery/journal';
import { dryRun, runPlan, type Outcome, type RunInput } from '../../lib/recovery/runner';
import { Refusal, type Step } from '../../lib/recovery/step';

/** A world of switches, each of which a step turns on, and what was done to it. */
class Switches {
  public readonly on = new Set<string>();
  public readonly did: string[] = [];

  public step(name: string, given: Partial<Step> = {}): Step {
    return {
      name,
      does: `turns ${name} on`,
      check: () => Promise.resolve({ state: this.on.has(name) ? 'done' : 'due', because: 'looked' }),
      run: () => {
        this.did.push(name);
        this.on.add(name);
        return Promise.resolve({ name });
      },
      verify: () =>
        this.on.has(name) ? Promise.resolve() : Promise.reject(new Refusal(`${name} is off`, 'turn it on')),
      ...given,
    };
  }
}

/** Keeps lines, and dies when it was given so many. */
class Lines implements Journal {
  public readonly lines: string[] = [];

  public constructor(private readonly dies = Infinity) {}

  public append(line: string): Promise<void> {
    if (this.lines.length >= this.dies) return Promise.reject(new Error('killed'));
    this.lines.push(line);
    return Promise.resolve();
  }

  public get history() {
    return readJournal(`${this.lines.join('\n')}\n`);
  }
}

const approver = (by?: string) => {
  const asked: string[] = [];
  return {
    asked,
    ask: (question: string) => {
      asked.push(question);
      return Promise.resolve(by);
    },
  };
};

let time = 0;
const clock = { now: () => (time += 1), sleep: () => Promise.resolve() };
const input = (steps: readonly Step[], given: Partial<RunInput> = {}): RunInput => ({
  run: 'r1',
  steps,
  journal: new Lines(),
  history: [],
  approver: approver('kim'),
  clock,
  ...given,
});
const whatOf = (journal: Lines) => journal.history.map(({ step = '', what }) => `${step} ${what}`.trim());

describe('runPlan', () => {
  test('checks, runs and verifies steps in order, and writes down each', async () => {
    const world = new Switches();
    const journal = new Lines();
    const outcome = await runPlan(input([world.step('a'), world.step('b')], { journal }));
    expect(outcome).toEqual({ ended: 'all' });
    expect(world.did).toEqual(['a', 'b']);
    expect(whatOf(journal)).toEqual([
      'began',
      'a started',
      'a ran',
      'a verified',
      'b started',
      'b ran',
      'b verified',
      'ended',
    ]);
  });

  test('passes over what is done', async () => {
    const world = new Switches();
    world.on.add('a');
    await runPlan(input([world.step('a'), world.step('b')]));
    expect(world.did).toEqual(['b']);
  });

  test('asks before a step that needs approval, and not again when it is taken up', async () => {
    const world = new Switches();
    const asks = world.step('a', { approval: () => 'Turn it on?', verify: () => Promise.reject(new Error('lost')) });
    const [journal, first] = [new Lines(), approver('kim')];
    await runPlan(input([asks], { journal, approver: first }));
    expect(first.asked).toEqual(['Turn it on?']);
    expect(journal.history.find(({ what }) => what === 'approved')).toMatchObject({ step: 'a', by: 'kim' });
    world.on.clear();
    const second = approver('kim');
    await runPlan(input([asks], { journal: new Lines(), approver: second, history: journal.history }));
    expect(second.asked).toEqual([]);
    expect(world.did).toEqual(['a', 'a']);
  });

  test('asks anew in another run', async () => {
    const world = new Switches();
    const journal = new Lines();
    await runPlan(input([world.step('a', { approval: () => 'Turn it on?' })], { journal }));
    world.on.clear();
    const second = approver('kim');
    const again = { run: 'r2', approver: second, history: journal.history };
    await runPlan(input([world.step('a', { approval: () => 'Turn it on?' })], again));
    expect(second.asked).toHaveLength(1);
  });

  test('does nothing of a step that nobody approves, nor of those behind it', async () => {
    const world = new Switches();
    const outcome = await runPlan(
      input([world.step('a', { approval: () => '?' }), world.step('b')], { approver: approver() }),
    );
    expect(outcome).toEqual({ ended: 'not approved', step: 'a' });
    expect(world.did).toEqual([]);
  });

  test('hands on what steps did, and what a check saw', async () => {
    const seen: unknown[] = [];
    const world = new Switches();
    const sees = world.step('s', {
      check: () => Promise.resolve({ state: 'done', because: 'was', facts: { fenced: true } }),
    });
    const reads = world.step('r', {
      run: ({ facts }) => {
        seen.push(facts('a'), facts('s'), facts('none'));
        world.on.add('r');
        return Promise.resolve({});
      },
    });
    await runPlan(input([world.step('a'), sees, reads]));
    expect(seen).toEqual([{ name: 'a' }, { fenced: true }, undefined]);
  });

  test.each<[string, Partial<Step>]>([
    ['check', { check: () => Promise.reject(new Refusal('no', 'wait')) }],
    ['run', { run: () => Promise.reject(new Refusal('no', 'wait')) }],
    ['verify', { verify: () => Promise.reject(new Refusal('no', 'wait')) }],
  ])('fails when a step fails to %s, names it, and goes no further', async (_, given) => {
    const world = new Switches();
    const journal = new Lines();
    const outcome = await runPlan(input([world.step('a', given), world.step('b')], { journal }));
    expect(outcome).toMatchObject({ ended: 'failed', step: 'a', error: { message: 'no: wait' } });
    expect(journal.history.at(-1)).toMatchObject({ step: 'a', what: 'failed', because: 'no: wait' });
    expect(world.on.has('b')).toBe(false);
  });

  test('fails when two steps have one name', async () => {
    const world = new Switches();
    await expect(runPlan(input([world.step('a'), world.step('a')]))).rejects.toThrow('got a twice');
  });

  test('comes to the same end, however often and wherever it is killed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(20), { maxLength: 6 }),
        async (count, deaths) => {
          const world = new Switches();
          const names = Array.from({ length: count }, (_, index) => `s${index}`);
          const plan = names.map((name) => world.step(name));
          let lines: readonly string[] = [];
          const attempt = async (dies: number): Promise<Outcome | undefined> => {
            const journal = new Lines(dies);
            const history = readJournal(`${lines.join('\n')}\n`);
            const outcome = await runPlan(input(plan, { journal, history })).catch(() => undefined);
            lines = [...lines, ...journal.lines];
            return outcome;
          };
          for (const dies of deaths) await attempt(dies);
          expect(await attempt(Infinity)).toEqual({ ended: 'all' });
          expect([...world.on].sort()).toEqual([...names].sort());
          expect(world.did).toEqual(names);
        },
      ),
    );
  });
});

describe('dryRun', () => {
  test('tells each step, and does nothing', async () => {
    const world = new Switches();
    world.on.add('a');
    const refuses = world.step('c', { check: () => Promise.reject(new Refusal('no', 'wait')) });
    const unknown = world.step('d', { check: () => Promise.reject(new Error('not yet')) });
    const asks = world.step('b', { approval: () => '?' });
    const planned = await dryRun({ ...input([world.step('a'), asks, refuses, unknown]) });
    expect(planned.map(({ asks: question, name, state }) => [name, state, question])).toEqual([
      ['a', 'done', false],
      ['b', 'due', true],
      ['c', 'refused', false],
      ['d', 'unknown', false],
    ]);
    expect(world.did).toEqual([]);
  });
});
