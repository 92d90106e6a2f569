import { describe, expect, it } from 'vitest';
import { afterRefusedCall, type RefusedCall } from '../../../main/hosts/link/account-wide-refusal.ts';
import {
  afterAnsweredRead,
  afterFailedRead,
  afterOutcome,
  type LinkState,
  startingLink,
} from '../../../main/hosts/link/link-state.ts';
import type { Outcome, ReadFailure } from '../../../main/hosts/port/member-host.ts';
import { comparableText } from '../../../main/kernel/squeeze.ts';

const at = { nowMs: 1_000_000, monotonicMs: 5_000, unit: 0.5 };
const reasons = ({ pauses }: LinkState) => pauses.map(({ reason }) => reason);
const call = (about: string, isRead: boolean, ...messages: string[]): RefusedCall => ({
  about,
  isRead,
  messages,
});

describe('a second refusal in the same unknown words', () => {
  const first = afterRefusedCall(null, call('1', false, 'blue moon')).suspicion;
  it.each<[string, RefusedCall, boolean]>([
    ['of a read about another member is said to all', call('2', true, 'blue moon'), true],
    ['of a read about the same one may be about that one', call('1', true, 'blue moon'), false],
    ['of another increment may be about increments', call('2', false, 'blue moon'), false],
    ['in other words is the first of its own', call('2', true, 'red sun'), false],
  ])('%s', (_, second, isOfAll) => {
    expect(afterRefusedCall(first, second).isOfAll).toBe(isOfAll);
  });

  it('is the same with another count, time or number of a request in it', () => {
    expect(comparableText(['已用 301 次, id 9f3a-11'])).toBe(comparableText(['已用 302 次,', 'ID 77-aa0']));
    expect(comparableText(['已用完'])).not.toBe(comparableText(['已停用']));
  });

  it('counts where the first was a read and the second an increment', () => {
    const read = afterRefusedCall(null, call('1', true, 'blue moon')).suspicion;
    expect(afterRefusedCall(read, call('2', false, 'blue moon')).isOfAll).toBe(true);
  });
});

describe('the link', () => {
  const refused = (words = 'blue moon'): Outcome => ({
    ...{ kind: 'unknown', cause: 'unknown-words', pause: null, reply: null },
    messages: [words],
  });
  const failure = (words = 'blue moon', kind: ReadFailure['kind'] = 'refused'): ReadFailure => ({
    ...{ kind, cause: 'unknown-words', pause: null },
    messages: [words],
  });
  const sent = (link: LinkState, about: string) =>
    afterOutcome(link, refused(), at, { begunAtMonotonicMs: 0, isAgain: false, about });
  const all = afterFailedRead(sent(startingLink, '1'), failure('blue moon', 'no-answer'), at, '2');

  it('holds the queue for it, and no manager is needed', () => {
    expect(reasons(all)).toEqual(['unanswered', 'refuses-all']);
    expect(all.pauses.every(({ needsManager }) => !needsManager)).toBe(true);
    expect(reasons(afterFailedRead(all, failure(), at, '3'))).toEqual(['unanswered', 'refuses-all']);
    expect(reasons(afterFailedRead(all, failure(), at))).toEqual(['unanswered', 'refuses-all']);
    expect(reasons(sent(all, '3'))).toEqual(['unanswered', 'refuses-all']);
  });

  it('is let go by any answer', () => {
    expect(afterAnsweredRead(all, at)).toMatchObject({ pauses: [], suspicion: null });
    expect(reasons(afterFailedRead(all, { ...failure(), cause: 'refused-by-kybio' }, at))).toEqual([]);
  });

  it('takes what is said of cards that it does not keep for an answer, as long as nothing else was refused so', () => {
    const [once, twice] = [1, 2].reduce<LinkState[]>(
      (links) => [...links, afterFailedRead(links.at(-1) ?? startingLink, failure(), at)],
      [],
    );
    expect(once?.lastAnswerAtMs).toBe(at.nowMs);
    expect(twice).toMatchObject({ pauses: [], suspicion: null });
    const suspected = sent(startingLink, '1');
    expect(reasons(afterFailedRead(suspected, failure(), at))).toEqual(['unanswered']);
  });

  it('two increments that were under way together are a manager’s only once a read is answered', () => {
    const both = sent(sent(startingLink, '1'), '2');
    expect(reasons(both)).toEqual(['unanswered']);
    expect(reasons(afterAnsweredRead(both, at))).toEqual(['unknown-words']);
    expect(reasons(afterFailedRead(both, failure('blue moon', 'no-answer'), at, '3'))).toEqual([
      'unanswered',
      'refuses-all',
    ]);
  });

  it('words that only mention a quota are said to all once a read is told the same', () => {
    const mention = { ...refused('quota exceeded, call us'), pause: 'quota' } as Outcome;
    const once = afterOutcome(startingLink, mention, at, {
      begunAtMonotonicMs: 0,
      isAgain: false,
      about: '1',
    });
    const told: ReadFailure = {
      ...failure('quota exceeded, call us', 'paused'),
      cause: 'quota',
      pause: 'quota',
    };
    expect(reasons(afterFailedRead(once, told, at, '2'))).toContain('refuses-all');
    expect(reasons(afterFailedRead(startingLink, told, at, '2'))).toEqual(['quota']);
  });
});
