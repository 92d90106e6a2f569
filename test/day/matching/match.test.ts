import { describe, expect, it } from 'vitest';
import { match } from '../../../main/day/matching/match.ts';
import { hoursOff } from '../../../main/day/matching/summary.ts';
import { inputOf, neighbourUid, otherUid, ours, page, roundedUid, row, sorted, uid } from './rows.ts';

const oneSecondLater = '2026-11-26 10:00:01';

describe('what is in both', () => {
  it('is matched by member, sum and the second that was sent', () => {
    expect(sorted([ours()], page([row()]))).toEqual(['matched: same-time 1/1']);
  });

  it('also where sums are written in another way, or a part of one was a gift', () => {
    const gift = row({ rechargeMoney: '45.00', giftMoney: '5' });
    expect(sorted([ours()], page([row({ rechargeMoney: '50.00' })]))).toEqual(['matched: same-time 1/1']);
    expect(sorted([ours()], page([gift]))).toEqual(['matched: same-time 1/1']);
  });

  it('is matched near the host’s own time where rows are not known to carry the till’s', () => {
    const late = ours({ endedAt: '2026-11-26 14:30:00' });
    const own = { carriesOurTime: false };
    expect(sorted([ours()], page([row({ datetime: oneSecondLater })]), own)).toEqual([
      'matched: near-time 1/1',
    ]);
    // Several for one member in a minute: later ones have earlier seconds.
    const tenth = ours({
      time: '2026-11-26 09:50:00',
      madeAt: '2026-11-26 10:00:00',
      endedAt: null,
      state: 'review',
    });
    expect(sorted([tenth], page([row()]), own)).toEqual(['unclear: found-while-open 1/1']);
    // It waited for hours without a network, and was sent then.
    expect(sorted([late], page([row({ datetime: '2026-11-26 14:29:58' })]), own)).toEqual([
      'matched: near-time 1/1',
    ]);
    expect(sorted([late], page([row({ datetime: '2026-11-26 12:17:00' })]), own)).toEqual([
      'only-kybio: elsewhere 0/1',
      'only-ours: silent 1/0',
    ]);
  });

  it('is matched where two of one sum have two rows, and unclear where they have one', () => {
    const two = [ours(), ours({ time: '2026-11-26 10:01:00' })];
    const rows = [row({ datetime: '2026-11-26 10:00:02' }), row({ datetime: '2026-11-26 10:01:02' })];
    const own = { carriesOurTime: false };
    expect(sorted(two, page(rows), own)).toEqual(['matched: near-time 1/1', 'matched: near-time 1/1']);
    expect(sorted(two, page(rows.slice(0, 1)), own)).toEqual(['unclear: two-candidates 2/1']);
  });
});

describe('where as many of one sum have rows as there are rows', () => {
  const own = { carriesOurTime: false };
  const at = (...times: readonly string[]) => times.map((time) => ours({ time: `2026-11-26 10:${time}` }));
  const rows = (...times: readonly string[]) =>
    page(times.map((time) => row({ datetime: `2026-11-26 10:${time}` })));

  it('none is matched with one that is far from it, for one is missing then and another is not ours', () => {
    // Only the first row is near the first two.
    expect(sorted(at('00:00', '00:01', '05:00'), rows('01:40', '09:20', '09:50'), own)).toEqual([
      'unclear: two-candidates 3/3',
    ]);
  });

  it('each is matched with one near it, whatever order they came in', () => {
    const [late, soon] = at('00:00', '01:00');
    if (late === undefined || soon === undefined) throw new Error('no entries');
    // The first reply was lost: KYBIO has it when it was asked for again.
    const entries = [{ ...late, endedAt: '2026-11-26 10:08:00' }, soon];
    expect(sorted(entries, rows('03:00', '09:00'), own)).toEqual([
      'matched: near-time 1/1',
      'matched: near-time 1/1',
    ]);
  });
});

describe('what only one side has', () => {
  it.each([
    ['silent', {}],
    ['silent-without-reply', { hasReply: false }],
    ['after-asking', { endedAt: '2026-11-27 09:00:01' }],
    ['waiting', { state: 'queued', touched: false, endedAt: null }],
    ['waiting', { state: 'sending', endedAt: null }],
    ['checking', { state: 'unknown', endedAt: null }],
    ['review', { state: 'review', endedAt: null }],
  ] as const)('is told of this till: %s', (reason, change) => {
    expect(sorted([ours(change)], [])).toEqual([`only-ours: ${reason} 1/0`]);
  });

  it('says that it is later than the log, which may be late or cut off', () => {
    const later = ours({ time: '2026-11-26 12:00:00' });
    expect(sorted([later], page([row({ customerUid: otherUid, rechargeMoney: '9' })]))).toEqual([
      'only-kybio: elsewhere 0/1',
      'only-ours: after-the-log 1/0',
    ]);
  });

  it('is nothing of what was refused or taken back before it was sent', () => {
    expect(sorted([ours({ state: 'rejected' }), ours({ state: 'cancelled', sum: '1' })], [])).toEqual([]);
  });

  it('is told of KYBIO, with whether the till knows the member', () => {
    const lines = page([
      row({ customerUid: otherUid }),
      row({ customerUid: '5' }),
      row({ customerUid: null }),
    ]);
    expect(sorted([], lines)).toEqual([
      'only-kybio: elsewhere 0/1',
      'only-kybio: member-unknown 0/1',
      'only-kybio: member-unknown 0/1',
    ]);
  });
});

describe('what was credited without an entry of this till', () => {
  const later = '2026-11-26 16:40:00';

  it('lists a credit that came twice, whichever second its row carries', () => {
    // The same request delivered twice: two rows of one second.
    expect(sorted([ours()], page([row({ uid: '1' }), row({ uid: '2' })]))).toEqual(['unclear: two-rows 1/2']);
    const own = { carriesOurTime: false };
    const soon = [row({ uid: '1' }), row({ uid: '2', datetime: oneSecondLater })];
    expect(sorted([ours()], page(soon), own)).toEqual(['unclear: two-rows 1/2']);
    // Delivered hours later, on a host that writes its own time.
    const late = [row({ uid: '1' }), row({ uid: '2', datetime: later })];
    expect(sorted([ours()], page(late), own)).toEqual([
      'matched: same-time 1/1',
      'only-kybio: elsewhere 0/1',
    ]);
  });

  it('lists a credit of a member and amount of ours that has no entry here', () => {
    const lines = page([row(), row({ datetime: later })]);
    expect(sorted([ours()], lines)).toEqual(['matched: same-time 1/1', 'only-kybio: elsewhere 0/1']);
  });

  it('lists what another till with this till’s number credited under our second', () => {
    // Ours was confirmed, and KYBIO has the other till's sum in its place.
    expect(sorted([ours({ hasReply: false })], page([row({ rechargeMoney: '20' })]))).toEqual([
      'unclear: sum-differs 1/1',
    ]);
    // Both were credited, as on a host that takes the same second twice.
    expect(sorted([ours()], page([row(), row({ rechargeMoney: '20' })]))).toEqual([
      'matched: same-time 1/1',
      'only-kybio: elsewhere 0/1',
    ]);
    expect(sorted([ours()], page([row({ uid: '1' }), row({ uid: '2' })]))).toEqual(['unclear: two-rows 1/2']);
  });
});

describe('what is unclear', () => {
  it.each([
    ['two-rows 1/2', {}, [row(), row({ customerMoneyAfterRecharge: '100' })]],
    ['time-differs 1/1', {}, [row({ datetime: oneSecondLater })]],
    ['time-cut-off 1/1', {}, [row({ datetime: '2026-11-26 10:0' })]],
    ['hours-off 1/1', {}, [row({ datetime: '2026-11-26 18:00:20' })]],
    ['hours-off 1/1', {}, [row({ datetime: '2026-11-26 09:00:00' })]],
    ['sum-differs 1/1', {}, [row({ rechargeMoney: '55' })]],
    ['sum-differs 1/1', {}, [row({ giftMoney: '5' })]],
    ['no-member 1/1', {}, [row({ customerUid: null })]],
    ['found-while-open 1/1', { state: 'unknown', endedAt: null }, [row()]],
    ['found-while-open 1/1', { state: 'review', endedAt: null }, [row()]],
    // Never sent, and its own second is there all the same.
    ['found-while-open 1/1', { state: 'queued', touched: false, endedAt: null }, [row()]],
    ['found-though-refused 1/1', { state: 'rejected' }, [row()]],
    ['found-though-refused 1/1', { state: 'cancelled' }, [row()]],
  ] as const)('%s', (reason, change, rows) => {
    expect(sorted([ours(change)], page(rows))).toEqual([`unclear: ${reason}`]);
  });

  it('is no entry that was never sent, however close a row of its sum is', () => {
    const waiting = ours({ state: 'queued', touched: false, endedAt: null });
    const lines = page([row({ datetime: oneSecondLater })]);
    expect(sorted([waiting], lines, { carriesOurTime: false })).toEqual([
      'only-kybio: elsewhere 0/1',
      'only-ours: waiting 1/0',
    ]);
  });

  it('is a row without a time that can be read, of whatever day', () => {
    expect(sorted([], page([row({ datetime: 'yesterday' })]))).toEqual(['unclear: time-unreadable 0/1']);
  });

  it('says by how many hours most of the log is off', () => {
    const entries = [ours(), ours({ customerUid: otherUid })];
    const shifted = { datetime: '2026-11-26 18:00:00' };
    const lines = page([row(shifted), row({ ...shifted, customerUid: otherUid })]);
    const { matches } = match(inputOf(entries, lines));
    expect(hoursOff(matches)).toBe(8);
    expect(hoursOff(match(inputOf([ours()], page([row()]))).matches)).toBeNull();
  });
});

describe('an id that came through a double', () => {
  it('is the same member’s where second and sum are the same', () => {
    expect(sorted([ours()], page([row({ customerUid: roundedUid })]))).toEqual(['matched: same-time 1/1']);
  });

  it('is unclear where only the host’s own time is close, and where two members fit', () => {
    const close = row({ customerUid: roundedUid, datetime: oneSecondLater });
    expect(sorted([ours()], page([close]), { carriesOurTime: false })).toEqual(['unclear: rounded-id 1/1']);
    const two = [ours(), ours({ customerUid: neighbourUid })];
    expect(sorted(two, page([row({ customerUid: roundedUid })]))).toEqual(['unclear: rounded-id 2/1']);
  });

  it('is nobody’s guess where the till knows another member by it', () => {
    const isKnown = (customerUid: string) => customerUid === roundedUid || customerUid === uid;
    expect(sorted([ours()], page([row({ customerUid: roundedUid })]), { isKnown })).toEqual([
      'unclear: rounded-id 1/1',
    ]);
  });

  it('is no neighbour’s', () => {
    expect(sorted([ours()], page([row({ customerUid: neighbourUid })]))).toEqual([
      'only-kybio: member-unknown 0/1',
      'only-ours: silent 1/0',
    ]);
  });
});

describe('a row that comes twice', () => {
  it('counts once where its own id tells that it is the same one', () => {
    const one = row({ uid: '600000000000000001' });
    expect(sorted([ours()], [...page([one]), ...page([one], 1)])).toEqual(['matched: same-time 1/1']);
  });

  it('is told where nobody knows', () => {
    for (const rowUid of [null, '600000000000000000'])
      expect(sorted([ours()], [...page([row({ uid: rowUid })]), ...page([row({ uid: rowUid })], 1)])).toEqual(
        ['matched: same-time 1/1', 'unclear: row-twice 0/1'],
      );
  });

  it('is two rows where it comes twice on one page', () => {
    expect(sorted([ours()], page([row(), row()]))).toEqual(['unclear: two-rows 1/2']);
  });
});

it('what lies close to the days explains, and is not counted', () => {
  const before = ours({ time: '2026-11-25 23:59:58' });
  const after = ours({ time: '2026-11-26 23:59:58', sum: '20' });
  const lines = page([
    row({ datetime: '2026-11-26 00:00:01' }),
    row({ datetime: '2026-11-27 00:00:01', rechargeMoney: '20' }),
    row({ datetime: '2026-11-27 00:30:00', rechargeMoney: '7' }),
  ]);
  expect(sorted([before, after], lines, { carriesOurTime: false })).toEqual(['matched: near-time 1/1']);
});
