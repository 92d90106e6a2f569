import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterManager, afterTestedKey } from '../../main/hosts/link/link-state.ts';
import type { Answer } from '../kit/answers.ts';
import { openLoop, settle, type TestLoop } from '../kit/loop.ts';

const answers: readonly Answer[] = [
  'success',
  'success',
  'success',
  'lost',
  'refused-connection',
  'words',
  'disabled',
  'time-stamp',
  'wrong-key',
  '502',
  'overloaded',
  'quota',
];

/** One thing that happens; `pick` chooses among what there is to choose from. */
interface Step {
  readonly what:
    | 'add'
    | 'end'
    | 'ring'
    | 'ring-due'
    | 'pass'
    | 'set-wall'
    | 'hurry'
    | 'network'
    | 'manager'
    | 'key';
  readonly pick: number;
  readonly answer: Answer;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom<Step['what']>(
      ...(['add', 'add', 'add', 'end', 'end', 'end', 'end', 'ring', 'ring-due', 'pass'] as const),
      ...(['set-wall', 'hurry', 'network', 'manager', 'key'] as const),
    ),
    pick: fc.nat({ max: 1_000_000 }),
    answer: fc.constantFrom(...answers),
  }),
  { minLength: 20, maxLength: 60 },
);

async function take(till: TestLoop, { what, pick, answer }: Step): Promise<void> {
  const { clock, loop, link, open } = till;
  if (what === 'add') await till.add(String(1 + (pick % 6)));
  if (what === 'end') await open[pick % Math.max(1, open.length)]?.end(answer);
  // A timer that rings early, late, twice as late, or never: suspension does all of these.
  if (what === 'ring') clock.ring(pick % Math.max(1, clock.waiting().length));
  if (what === 'ring-due') clock.ringDue();
  if (what === 'pass') clock.pass(pick % 300_000);
  if (what === 'set-wall') clock.jump((pick % 7_200_000) - 3_600_000, 0);
  if (what === 'hurry') loop.hurry();
  if (what === 'network') loop.networkChanged();
  if (what === 'manager') link.update(afterManager);
  if (what === 'key') link.update(afterTestedKey);
  await settle();
}

function check(till: TestLoop): void {
  const underWay = till.sends().map(({ fields }) => fields?.customerUid);
  expect(underWay.length).toBeLessThanOrEqual(1);
  expect(till.sent.filter(({ paused }) => paused)).toEqual([]);
  expect(till.reads().length).toBeLessThanOrEqual(1);
  // What is under way is `sending`, and the other way round.
  const rows = [...till.outbox.all()];
  const sending = rows.filter(({ state }) => state === 'sending');
  expect(new Set(sending.map(({ customerUid }) => customerUid))).toEqual(new Set(underWay));
  expect(sending).toHaveLength(underWay.length);
}

/** A member's entries begin in order; one that is sent again goes before any later one. */
function checkOrder(till: TestLoop): void {
  const newest = new Map<string, number>();
  for (const { call, sequence } of till.sent) {
    const uid = call.fields?.customerUid ?? '';
    expect(sequence).toBeGreaterThanOrEqual(newest.get(uid) ?? 0);
    newest.set(uid, sequence);
  }
}

/** No more faults: KYBIO answers everything, a manager and a key are there, days go by. */
async function drain(till: TestLoop): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    for (const call of [...till.open]) await call.end('success');
    till.link.update(afterManager);
    till.link.update(afterTestedKey);
    till.link.update((state) => ({ ...state, clockSkewMs: 0 }));
    till.clock.pass(3_600_000);
    till.clock.ringDue();
    await settle();
    if (till.open.length === 0 && !till.states().includes('queued')) return;
    const busy = till.outbox.busyMembers();
    const stuck = [...till.outbox.all()].every(
      ({ state, customerUid }) => state !== 'queued' || busy.has(customerUid),
    );
    if (till.open.length === 0 && stuck) return;
  }
  throw new Error('does not come to rest');
}

describe('whatever happens, in whatever order', () => {
  it('serves each member in order, sends one at a time, nothing while paused and nothing unknown again', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (story) => {
        const till = openLoop();
        till.loop.start();
        const ended = new Map<string, string>();
        for (const step of story) {
          const before = new Map([...till.outbox.all()].map(({ id, state }) => [id, state]));
          await take(till, step);
          check(till);
          for (const { id, state } of till.outbox.all()) {
            const was = before.get(id);
            // What ended, or cannot be told, is never taken up again; a person may be asked.
            if (was === 'confirmed' || was === 'rejected' || was === 'review') expect(state).toBe(was);
            if (was === 'unknown') expect(['unknown', 'review']).toContain(state);
            ended.set(id, state);
          }
        }
        await drain(till);
        checkOrder(till);
        const undecided = till.outbox.busyMembers();
        for (const { state, customerUid } of till.outbox.all()) {
          if (!undecided.has(customerUid)) expect(['confirmed', 'rejected', 'review']).toContain(state);
        }
        // Every entry's bytes are the same at each of its sends.
        const bodies = new Map<number, string>();
        for (const { call, sequence } of till.sent) {
          const body = call.signed?.body.toString('utf8') ?? '';
          expect(bodies.get(sequence) ?? body).toBe(body);
          bodies.set(sequence, body);
        }
        await till.loop.stop(0);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
