import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../../preload/contract/index.ts';
import { chainProblemFor, type NoticeFacts, noticesOf } from '../../../../renderer/app/notices/notices.ts';
import { entryOf, snapshotOf } from '../../support/samples.ts';
import { noShift } from '../../support/shift-samples.ts';

const now = snapshotOf();

const quiet: NoticeFacts = {
  link: now.link,
  offline: now.offline,
  counts: now.counts,
  activity: [],
  shift: noShift,
  restored: null,
  unsettled: 0,
  dataPlace: null,
  damage: null,
  disk: 'enough',
  backupProblem: null,
  chainProblem: null,
  guide: null,
  isExercise: false,
  update: null,
};

const write = { moment: (ms: number) => `at ${ms}`, sum: () => 'S$60.00', name: () => '陈国良' };

const told = (change: Partial<NoticeFacts>) => noticesOf({ ...quiet, ...change }, write);
const kinds = (change: Partial<NoticeFacts>) => told(change).map(({ kind }) => kind);

const pause = (reason: 'credentials' | 'till-copy' | 'portal', needsManager: boolean) =>
  ({
    ...now.link,
    state: 'paused',
    pause: { reason, sinceMs: 5, words: '', needsManager },
  }) as Snapshot['link'];

const inReview = { counts: { ...now.counts, review: 1 }, activity: [entryOf({ state: 'review' })] };
const offline: Snapshot['link'] = { ...now.link, state: 'offline' };
const backup = { title: { key: 'restored.title', values: { time: '13:00' } }, from: '13:00', lostRows: 0 };
const failure = { code: 'disk-full' } as const;

/** Everything that there can be, but what excludes another. */
const everything: Partial<NoticeFacts> = {
  ...inReview,
  link: { ...offline, clockSkewMs: 300_000 },
  shift: { ...noShift, isUsed: true },
  restored: backup,
  unsettled: 1,
  dataPlace: 'network',
  damage: failure,
  disk: 'low',
  backupProblem: failure,
  chainProblem: { code: 'shop-refused' },
  guide: { step: null },
  update: { title: { key: 'updates.ready' }, problem: null, canInstall: true },
};

describe('which notices there are', () => {
  it('is none while all is well', () => {
    expect(told({})).toEqual([]);
    expect(kinds({ shift: { ...noShift, isUsed: false } })).toEqual([]);
  });

  it('is ranked: what stops money first, what can wait last', () => {
    expect(kinds(everything)).toEqual([
      ...['damage', 'review', 'offline', 'shift', 'restored', 'receipts'],
      ...['place', 'clock', 'disk', 'backups', 'chain', 'guide', 'update'],
    ]);
    expect(kinds({ ...everything, link: pause('portal', false) }).slice(0, 3)).toEqual([
      'paused',
      'damage',
      'review',
    ]);
    expect(kinds({ ...everything, offline: { stopped: true, sinceMs: 1 } }).slice(0, 2)).toEqual([
      'stopped',
      'damage',
    ]);
  });

  it('does not say twice that the till is offline, and not at all where the plug was pulled on purpose', () => {
    expect(kinds({ link: offline })).toEqual(['offline']);
    expect(kinds({ link: offline, offline: { stopped: true, sinceMs: 1 } })).toEqual(['stopped']);
    expect(kinds({ link: offline, isExercise: true })).toEqual([]);
    expect(kinds({ link: { ...pause('portal', false), clockSkewMs: 300_000 } })).toEqual(['paused']);
  });
});

describe('a notice', () => {
  const buttonsOf = (change: Partial<NoticeFacts>) => told(change)[0]?.buttons.map(({ act }) => act);

  it('of a pause has the ways out of it', () => {
    expect(buttonsOf({ link: pause('credentials', true) })).toEqual(['replace-key', 'resume']);
    expect(buttonsOf({ link: pause('till-copy', true) })).toEqual(['go-on-here', 'stand-down']);
    expect(buttonsOf({ link: pause('portal', false) })).toEqual([]);
  });

  it('of a review names the one, or counts them, and says from which backup they came', () => {
    const titleOf = (change: Partial<NoticeFacts>) => told(change)[0]?.title;
    expect(titleOf(inReview)).toEqual({
      key: 'notices.reviewOne',
      values: { sum: 'S$60.00', name: '陈国良' },
    });
    expect(titleOf({ ...inReview, restored: backup })).toEqual({
      key: 'notices.reviewRestored',
      values: { count: 1, time: '13:00' },
    });
  });

  it('of a refused configuration is told to whoever can do something about it', () => {
    const person = { name: 'Mei', language: null, needsPin: false };
    const people = (signedIn: string | null) =>
      ({
        list: [
          { ...person, id: 'm', role: 'manager' },
          { ...person, id: 'c', role: 'cashier' },
        ],
        signedIn,
      }) as unknown as Snapshot['people'];
    const refused = { code: 'shop-refused', details: { reason: 'older' } } as const;
    const chain = { problem: refused } as unknown as Snapshot['chain'];
    expect(chainProblemFor(people('m'), chain)).toBe(refused);
    expect(chainProblemFor(null, chain)).toBe(refused);
    expect([people('c'), people(null)].map((one) => chainProblemFor(one, chain))).toEqual([null, null]);
    expect(chainProblemFor(null, null)).toBeNull();
    const away = { problem: { code: 'chain-folder-gone' } } as unknown as Snapshot['chain'];
    expect(chainProblemFor(null, away)).toBeNull();
    expect(told({ chainProblem: refused })[0]).toMatchObject({
      told: [refused],
      buttons: [{ act: 'chain' }],
    });
    const twice = { code: 'chain-till-twice' } as const;
    const copied = { problem: twice } as unknown as Snapshot['chain'];
    expect([people('c'), null].map((one) => chainProblemFor(one, copied))).toEqual([twice, twice]);
    expect(told({ chainProblem: twice })[0]).toMatchObject({ tone: 'bad', told: [twice] });
  });

  it('of a restore is green only if nothing is lost or open', () => {
    const toneOf = (change: Partial<NoticeFacts>) =>
      told(change).find(({ kind }) => kind === 'restored')?.tone;
    expect(toneOf({ restored: backup })).toBe('good');
    expect(toneOf({ ...inReview, restored: backup })).toBe('warn');
    expect(toneOf({ restored: { ...backup, lostRows: null } })).toBe('bad');
  });

  it.each([['none', { open: null }, 'neutral']] as const)('of the shift: %s', (kind, change, tone) => {
    const [notice] = told({ shift: { ...noShift, isUsed: true, ...change } });
    expect(notice).toMatchObject({
      tone,
      title: { key: `shifts.note.${kind}` },
      buttons: [{ act: 'shift' }],
    });
  });

  it('of the guide is its next step, and what it comes to', () => {
    const words = { key: 'guide.steps.plug' };
    expect(told({ guide: { step: { number: 4, count: 4, words } } })[0]).toMatchObject({
      lead: { key: 'guide.step', values: { number: 4, count: 4 } },
      title: words,
    });
    expect(told({ guide: { step: null } })[0]?.title).toEqual({ key: 'guide.finished' });
  });
});
