import { describe, expect, it } from 'vitest';
import {
  afterAnsweredRead,
  afterCommit,
  afterDataCheck,
  afterFailedRead,
  afterLargerLimit,
  afterManager,
  afterOutcome,
  afterSkew,
  afterTestedKey,
  type LinkState,
  startingLink,
  withoutWait,
  withPause,
} from '../../../main/hosts/link/link-state.ts';
import {
  afterNewDay,
  anAnswerHelps,
  mostSeverePause,
  rememberedPauses,
} from '../../../main/hosts/link/pauses.ts';
import type { Outcome, ReadFailure } from '../../../main/hosts/port/member-host.ts';
import { type PauseReason, pauseReasons } from '../../../preload/contract/index.ts';

const at = { nowMs: 1_000_000, monotonicMs: 5_000, unit: 0.5 };
const reasons = (link: LinkState) => link.pauses.map(({ reason }) => reason);
const paused = (...those: PauseReason[]): LinkState =>
  those.reduce<LinkState>((link, reason) => withPause(link, reason, 'words', 1), {
    ...startingLink,
    reach: 'online',
  });

const unknown = (
  cause: 'reply-lost' | 'unknown-words' | 'other-amounts',
  words = '',
  pause: PauseReason | null = null,
): Outcome => ({
  kind: 'unknown',
  cause,
  pause,
  messages: words === '' ? [] : [words],
  reply: null,
});
const refused = (pause: PauseReason | null): Outcome => ({
  kind: 'not-applied',
  cause: 'refused-status',
  sent: true,
  pause,
  messages: [],
});
const rejected: Outcome = { kind: 'rejected', cause: 'refused-by-kybio', messages: [], errorCode: null };
const failedRead = (kind: ReadFailure['kind'], pause: PauseReason | null = null): ReadFailure => ({
  ...{ kind, cause: 'reply-lost', pause, messages: [] },
});

// Protocol rule 7: what ends each pause. Every reason is here once, and nothing else ends it.
const endings: Record<string, (link: LinkState) => LinkState> = {
  answer: (link) => afterAnsweredRead(link, at),
  answerWithClock: (link) => afterAnsweredRead(afterSkew(link, 299_000), at),
  key: afterTestedKey,
  manager: afterManager,
  commit: afterCommit,
  day: (link) => afterNewDay(link, () => false, at.nowMs),
  largerLimit: afterLargerLimit,
  dataCheck: afterDataCheck,
};
const endsWith: Record<PauseReason, readonly string[]> = {
  credentials: ['key'],
  'key-lost': ['key'],
  permission: ['answer', 'answerWithClock'],
  portal: ['answer', 'answerWithClock'],
  certificate: ['answer', 'answerWithClock'],
  server: ['answer', 'answerWithClock'],
  unanswered: ['answer', 'answerWithClock'],
  clock: ['answer', 'answerWithClock'],
  quota: ['answer', 'answerWithClock', 'day', 'largerLimit'],
  contradiction: ['manager'],
  manager: ['manager'],
  'other-machine': ['manager'],
  'till-copy': ['manager'],
  'till-number': ['manager'],
  disk: ['commit'],
  'data-check': ['dataCheck'],
};

describe('a pause', () => {
  it.each(pauseReasons)('for %s is ended by what ends it and by nothing else', (reason) => {
    const ended = Object.entries(endings).filter(([, end]) => reasons(end(paused(reason))).length === 0);
    expect(ended.map(([name]) => name)).toEqual(endsWith[reason]);
    const managers = [...['contradiction', 'manager', 'other-machine', 'till-copy'], 'till-number'];
    expect(paused(reason).pauses[0]?.needsManager).toBe(managers.includes(reason));
  });

  it.each(pauseReasons)('for %s does not end another', (reason) => {
    for (const other of pauseReasons.filter((one) => one !== reason)) {
      for (const [name, end] of Object.entries(endings)) {
        const left = reasons(end(paused(reason, other)));
        expect(left.includes(other)).toBe(!endsWith[other].includes(name));
      }
    }
  });

  it('is not ended by increments that go through, by time, or by hurry', () => {
    for (const reason of pauseReasons) {
      expect(reasons(afterOutcome(paused(reason), rejected, at))).toEqual([reason]);
      expect(reasons(withoutWait(paused(reason)))).toEqual([reason]);
    }
  });

  it('keeps its first words and its beginning, and never more words than are shown', () => {
    const link = withPause(withPause(startingLink, 'server', 'first', 1), 'server', 'second', 2);
    expect(link.pauses).toEqual([{ reason: 'server', sinceMs: 1, words: 'first', needsManager: false }]);
    expect(withPause(startingLink, 'portal', 'x'.repeat(9_999), 1).pauses[0]?.words).toHaveLength(500);
  });

  it('shows the gravest reason of several, whatever came first', () => {
    expect(mostSeverePause(paused('unanswered', 'server', 'credentials', 'disk'))?.reason).toBe('disk');
    expect(mostSeverePause(paused('unanswered', 'contradiction'))?.reason).toBe('contradiction');
    expect(mostSeverePause(startingLink)).toBeNull();
    for (const reason of pauseReasons) expect(mostSeverePause(paused(reason))?.reason).toBe(reason);
  });

  it('for the clock ends with an answer where the host never says what time it is', () => {
    expect(afterAnsweredRead(paused('clock'), at)).toMatchObject({ pauses: [], clockSkewMs: null });
    const wrong = afterAnsweredRead(afterSkew(paused('clock'), 3_600_000), at);
    expect(reasons(wrong)).toEqual(['clock']);
  });

  it('of yesterday’s quota ends, of today’s does not', () => {
    const link = paused('quota');
    expect(reasons(afterNewDay(link, (unixMs) => unixMs <= 1, at.nowMs))).toEqual(['quota']);
    expect(reasons(afterNewDay(link, (unixMs) => unixMs > 1, at.nowMs))).toEqual([]);
    expect(afterNewDay(link, () => true, at.nowMs)).toBe(link);
  });

  it('of a quota that was told in the first minutes of a day may be of the day before, and ends soon', () => {
    const midnightMs = Date.UTC(2026, 10, 27);
    const isToday = (unixMs: number) => unixMs >= midnightMs;
    const told = (sinceMs: number) => withPause(startingLink, 'quota', '', sinceMs);
    const minutes = (count: number) => midnightMs + count * 60_000;
    expect(reasons(afterNewDay(told(minutes(2)), isToday, minutes(16)))).toEqual(['quota']);
    expect(reasons(afterNewDay(told(minutes(2)), isToday, minutes(17)))).toEqual([]);
    // Told once more, it is of today.
    expect(reasons(afterNewDay(told(minutes(17)), isToday, minutes(600)))).toEqual(['quota']);
  });

  it('survives a restart where nothing at start-up would tell it again', () => {
    const kept = rememberedPauses(paused(...pauseReasons)).map(({ reason }) => reason);
    expect(kept.sort()).toEqual(['clock', 'contradiction', 'credentials', 'manager', 'quota', 'till-number']);
  });

  it('is asked about only where an answer can come and help', () => {
    expect(anAnswerHelps(paused('server'))).toBe(true);
    expect(anAnswerHelps(paused('server', 'credentials'))).toBe(false);
    expect(anAnswerHelps(paused('unanswered', 'disk'))).toBe(false);
    expect(anAnswerHelps(paused('contradiction'))).toBe(false);
    expect(anAnswerHelps(startingLink)).toBe(false);
  });
});

describe('an attempt’s end', () => {
  it('that is unknown pauses until a read is answered, whatever else it is', () => {
    const link = afterOutcome(startingLink, unknown('reply-lost', 'HTTP 502', 'server'), at);
    expect(reasons(link)).toEqual(['unanswered', 'server']);
    expect(link.backoff.untilMonotonicMs).toBeGreaterThan(at.monotonicMs);
    expect(reasons(afterAnsweredRead(link, at))).toEqual([]);
  });

  it('that contradicts itself holds its member, and the queue at a second one’s in a row', () => {
    const strange = unknown('other-amounts', '', 'contradiction');
    const of = (link: LinkState, about: string, outcome: Outcome = strange) =>
      afterOutcome(link, outcome, at, { isAgain: false, about });
    const first = of(startingLink, '1');
    expect(reasons(first)).toEqual(['unanswered']);
    expect(reasons(of(first, '1'))).toEqual(['unanswered']);
    expect(reasons(of(first, '2'))).toEqual(['unanswered', 'contradiction']);
    // A reading or an unanswered attempt in between says nothing of it; another answer does.
    expect(reasons(of(afterAnsweredRead(first, at), '2'))).toContain('contradiction');
    expect(reasons(of(of(first, '3', unknown('reply-lost')), '2'))).toContain('contradiction');
    expect(reasons(of(of(first, '3', rejected), '2'))).toEqual(['unanswered']);
    expect(reasons(of(afterManager(first), '2'))).toEqual(['unanswered']);
  });

  it('in unknown words pauses like any other until a read is answered, however often', () => {
    let link = startingLink;
    for (let time = 0; time < 3; time += 1) {
      link = afterOutcome(link, unknown('unknown-words', 'blue moon'), at);
      expect(reasons(link)).toEqual(['unanswered']);
      link = afterAnsweredRead(link, at);
      expect(reasons(link)).toEqual([]);
    }
  });

  it.each([refused(null), unknown('reply-lost')])(
    'waits at least as long as KYBIO asks: $kind',
    (outcome) => {
      const wait = (retryAfterMs: number | null, unit = at.unit) =>
        afterOutcome(startingLink, outcome, { ...at, unit }, { isAgain: false, retryAfterMs }).backoff
          .untilMonotonicMs - at.monotonicMs;
      // All refused tills get the same value, so each adds to it.
      expect(wait(120_000, 0)).toBe(122_500);
      expect(wait(120_000, 0.999)).toBe(124_997);
      expect(wait(86_400_000, 0)).toBe(3_602_500);
      expect(wait(0)).toBeGreaterThanOrEqual(2_500);
      expect(wait(null)).toBeGreaterThanOrEqual(2_500);
    },
  );

  it('refused again and again waits longer and longer, up to a quarter of an hour, reads in between or not', () => {
    let link: LinkState = startingLink;
    const waits: number[] = [];
    for (let time = 0; time < 15; time += 1) {
      link = afterAnsweredRead(afterOutcome(link, refused('permission'), { ...at, unit: 0.999 }), at);
      waits.push(link.backoff.untilMonotonicMs - at.monotonicMs);
    }
    expect(waits.every((wait, index) => index === 0 || wait >= (waits[index - 1] ?? 0))).toBe(true);
    expect(waits.at(-1)).toBeGreaterThan(800_000);
    expect(waits.at(-1)).toBeLessThanOrEqual(900_000);
  });

  it('that was not sent says offline, and no pause but a certificate’s', () => {
    const notSent: Outcome = { ...refused(null), kind: 'not-applied', cause: 'dns', sent: false } as Outcome;
    const link = afterOutcome(startingLink, notSent, at);
    expect(link).toMatchObject({ reach: 'offline', pauses: [], backoff: { failures: 1 } });
    const certificate = { ...notSent, cause: 'certificate', pause: 'certificate' } as Outcome;
    expect(reasons(afterOutcome(startingLink, certificate, at))).toEqual(['certificate']);
    expect(afterAnsweredRead(link, at)).toMatchObject({
      reach: 'online',
      backoff: { failures: 0, untilMonotonicMs: 0 },
    });
  });
});

describe('a read', () => {
  it.each(['nothing', 'refused'] as const)('answered with %s is an answer', (kind) => {
    expect(reasons(afterFailedRead(paused('unanswered', 'server'), failedRead(kind), at))).toEqual([]);
  });

  it.each(['not-connected', 'no-answer', 'paused'] as const)('that ends as %s is none', (kind) => {
    const link = afterFailedRead(paused('unanswered'), failedRead(kind, 'portal'), at);
    expect(reasons(link)).toEqual(['unanswered', 'portal']);
    expect(link.backoff.untilMonotonicMs).toBeGreaterThan(at.monotonicMs);
    expect(link.reach).toBe(kind === 'paused' ? 'online' : 'offline');
  });

  describe.each(['no-answer', 'refused'] as const)('refused in unknown words (%s)', (kind) => {
    const failure = { ...failedRead(kind), cause: 'unknown-words' as const };
    const read = (link: LinkState, about: string | null) => afterFailedRead(link, failure, at, about);

    it('ends no pause, says of no network that it is gone, and is asked again later and later', () => {
      const link = read(paused('unanswered'), '1');
      expect(reasons(link)).toEqual(['unanswered']);
      expect(link.reach).toBe('online');
      expect(link.backoff.untilMonotonicMs).toBeGreaterThan(at.monotonicMs);
    });

    it('concerns that member alone, and a second member’s in a row pauses', () => {
      const once = read(startingLink, '1');
      expect(once).toMatchObject({ pauses: [], backoff: startingLink.backoff, reach: 'online' });
      expect(reasons(read(once, '1'))).toEqual([]);
      expect(reasons(read(once, '2'))).toEqual(['unanswered']);
      expect(reasons(read(afterAnsweredRead(once, at), '2'))).toEqual([]);
      expect(reasons(read(afterOutcome(once, rejected, at), '2'))).toEqual([]);
    });

    it('of an unknown card says nothing, neither for nor against', () => {
      expect(reasons(read(read(startingLink, null), null))).toEqual([]);
      expect(reasons(read(read(startingLink, '1'), null))).toEqual([]);
      expect(reasons(read(read(read(startingLink, '1'), null), '2'))).toEqual(['unanswered']);
    });
  });

  it.each([
    ['no-answer', 'server-error', 'server', 900_000],
    ['paused', 'permission', 'permission', 900_000],
    ['no-answer', 'back-end-error', null, 900_000],
    ['paused', 'quota', 'quota', 900_000],
    ['no-answer', 'timeout', null, 60_000],
    ['not-connected', 'dns', null, 60_000],
    ['paused', 'refused-status', 'portal', 60_000],
  ] as const)('%s, %s, pause %s again and again waits longer and longer, up to %i ms', (...row) => {
    const [kind, cause, pause, longestMs] = row;
    let link: LinkState = startingLink;
    let monotonicMs = 0;
    let waitMs = 0;
    for (let time = 0; time < 20; time += 1) {
      link = afterFailedRead(
        link,
        { kind, cause, pause, messages: [] },
        { nowMs: 1, monotonicMs, unit: 0.999 },
      );
      expect(link.backoff.untilMonotonicMs - monotonicMs).toBeGreaterThanOrEqual(waitMs);
      waitMs = link.backoff.untilMonotonicMs - monotonicMs;
      monotonicMs = link.backoff.untilMonotonicMs;
    }
    expect(waitMs).toBeGreaterThan(longestMs * 0.99);
    expect(waitMs).toBeLessThanOrEqual(longestMs);
  });

  it('that fails during a wait makes it no longer, and after "Send now" it begins short', () => {
    const failure = failedRead('no-answer', 'server');
    const waits = afterFailedRead(startingLink, failure, at);
    expect(afterFailedRead(waits, failure, at)).toEqual(waits);
    let link = startingLink;
    for (let time = 0; time < 20; time += 1) link = withoutWait(afterFailedRead(link, failure, at));
    expect(afterFailedRead(link, failure, at).backoff.untilMonotonicMs).toBe(waits.backoff.untilMonotonicMs);
  });
});
