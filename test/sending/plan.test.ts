import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noBackoff } from '../../main/hosts/link/backoff.ts';
import {
  afterAnsweredRead,
  afterOutcome,
  afterSkew,
  type LinkState,
  startingLink,
  withoutWait,
  withPause,
} from '../../main/hosts/link/link-state.ts';
import type { SendCandidate } from '../../main/ledger/types.ts';
import { mayChangePlan, type PlanInput, plan } from '../../main/sending/plan.ts';
import { pauseReasons } from '../../preload/contract/index.ts';

const online: LinkState = { ...startingLink, reach: 'online' };
const nowMs = 1_000_000;

const candidate = (sequence: number, customerUid: string): SendCandidate => ({
  id: `id ${sequence}`,
  version: 1,
  sequence,
  customerUid,
  touched: false,
  createdAtMs: 0,
});

const world = (change: Partial<PlanInput>): PlanInput => ({
  link: online,
  candidates: [],
  busyMembers: new Set(),
  isSending: false,
  probing: false,
  mayAsk: true,
  monotonicMs: 500,
  ...change,
});

const until = (untilMonotonicMs: number) => ({ ...noBackoff, failures: 1, untilMonotonicMs });

const sequences = (change: Partial<PlanInput>) => plan(world(change)).send.map(({ sequence }) => sequence);

describe('the plan', () => {
  const queue = [
    candidate(1, 'A'),
    candidate(2, 'A'),
    candidate(3, 'B'),
    candidate(4, 'C'),
    candidate(5, 'D'),
    candidate(6, 'E'),
  ];

  it('sends the oldest, and nothing while one is on its way', () => {
    expect(sequences({ candidates: queue })).toEqual([1]);
    expect(sequences({ candidates: queue, isSending: true })).toEqual([]);
  });

  it('passes over a member that something holds back, and nobody else', () => {
    expect(sequences({ candidates: queue, busyMembers: new Set(['A', 'C']) })).toEqual([3]);
  });

  it('sends where the way is not known to be open, too', () => {
    for (const reach of ['starting', 'offline'] as const)
      expect(sequences({ candidates: queue, link: { ...online, reach } })).toEqual([1]);
  });

  it('does nothing before the back-off is over', () => {
    const link = { ...online, backoff: until(700) };
    expect(plan(world({ candidates: queue, link }))).toEqual({ send: [], probe: false, wakeInMs: 200 });
    expect(sequences({ candidates: queue, link, monotonicMs: 700 })).toEqual([1]);
  });

  it('asks KYBIO while offline with nothing to send, one question at a time', () => {
    const link: LinkState = { ...online, reach: 'offline' };
    expect(plan(world({ link })).probe).toBe(true);
    expect(plan(world({ link, probing: true })).probe).toBe(false);
    expect(plan(world({ link, candidates: queue })).probe).toBe(false);
    expect(plan(world({})).probe).toBe(false);
  });

  it('asks instead of trying entries again and again where no network has been met for long', () => {
    const link: LinkState = { ...online, reach: 'offline', backoff: { ...until(0), failures: 5 } };
    expect(plan(world({ link, candidates: queue })).send).toHaveLength(1);
    const longAway = { ...link, backoff: { ...until(0), failures: 6 } };
    expect(plan(world({ link: longAway, candidates: queue }))).toMatchObject({ send: [], probe: true });
    expect(plan(world({ link: longAway, candidates: queue, probing: true })).probe).toBe(false);
    expect(plan(world({ link: longAway, candidates: queue, mayAsk: false })).send).toHaveLength(1);
  });

  it.each(pauseReasons)('while paused for %s sends nothing', (reason) => {
    const result = plan(world({ candidates: queue, link: withPause(online, reason, '', 0) }));
    const asks = [
      ...['permission', 'portal', 'certificate', 'server', 'unanswered', 'clock'],
      'quota',
    ].includes(reason);
    expect(result).toEqual({ send: [], probe: asks, wakeInMs: null });
  });

  it.each(['credentials', 'key-lost', 'disk'] as const)('does not ask while %s forbids it', (reason) => {
    const link = withPause(withPause(online, 'unanswered', '', 0), reason, '', 0);
    expect(plan(world({ link })).probe).toBe(false);
  });
});

describe('a change of the link', () => {
  const at = { nowMs, monotonicMs: 500, unit: 0.5 };
  const waits: LinkState = { ...online, backoff: until(900) };
  it.each<[string, LinkState, LinkState, boolean]>([
    ['an answer like the one before', online, afterAnsweredRead(online, at), false],
    ['how far the clock is off', online, afterSkew(online, 1_000), false],
    ['the first answer', startingLink, afterAnsweredRead(startingLink, at), true],
    ['an answer that ends the wait', waits, afterAnsweredRead(waits, at), true],
    ['a person who ends the wait', waits, withoutWait(waits), true],
    ['a pause', online, withPause(online, 'quota', '', nowMs), true],
    [
      'a send that never left',
      online,
      afterOutcome(
        online,
        {
          kind: 'not-applied',
          cause: 'dns',
          sent: false,
          pause: null,
          messages: [],
        },
        at,
      ),
      true,
    ],
  ])('%s', (_, before, after, expected) => {
    expect(mayChangePlan(before, after)).toBe(expected);
  });
});

it('keeps its word in any world', () => {
  const members: fc.Arbitrary<string> = fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F');
  const worlds = fc.record({
    members: fc.array(members, { maxLength: 20 }),
    busy: fc.uniqueArray(members, { maxLength: 3 }),
    reach: fc.constantFrom<LinkState['reach']>('starting', 'online', 'offline'),
    pauses: fc.uniqueArray(fc.constantFrom(...pauseReasons), { maxLength: 2 }),
    retryInMs: fc.integer({ min: -1_000, max: 1_000 }),
    isSending: fc.boolean(),
    probing: fc.boolean(),
    mayAsk: fc.boolean(),
  });
  fc.assert(
    fc.property(worlds, ({ members: queue, busy, reach, pauses, retryInMs, isSending, probing }) => {
      let link: LinkState = { ...startingLink, reach, backoff: until(500 + retryInMs) };
      for (const reason of pauses) link = withPause(link, reason, '', 0);
      const candidates = queue.map((uid, index) => candidate(index + 1, uid));
      const input = world({ link, candidates, busyMembers: new Set(busy), isSending, probing });
      const result = plan(input);
      const uids = result.send.map(({ customerUid }) => customerUid);
      expect(uids.length).toBeLessThanOrEqual(1);
      expect(uids.filter((uid) => busy.includes(uid))).toEqual([]);
      if (result.send.length > 0) {
        expect(isSending).toBe(false);
        expect(pauses).toEqual([]);
        expect(retryInMs).toBeLessThanOrEqual(0);
      }
      for (const { customerUid, sequence } of result.send) {
        expect(candidates.find((one) => one.customerUid === customerUid)?.sequence).toBe(sequence);
      }
      if (result.probe) expect({ probing, isSending }).toEqual({ probing: false, isSending: false });
      expect(plan(input)).toEqual(result);
    }),
    { numRuns: 500 },
  );
});
