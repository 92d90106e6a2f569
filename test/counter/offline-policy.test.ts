import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { amount, type Policy } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openCounter } from '../kit/counter.ts';
import { realRandom } from '../kit/practice-store.ts';

const code = (answer: { ok: boolean; error?: { code: string } }) => answer.error?.code ?? 'kept';

/** Five members, so that one member's cap is not met before the till's. */
function openFive(policy: Partial<Policy>) {
  const counter = openCounter({ policy });
  const uids = ['101', '102', '103', '104', '105'];
  for (const customerUid of uids)
    counter.directory.keep({ ...counter.known, customerUid, number: customerUid }, 1, true);
  const credit = (customerUid: string, balance: string, again?: boolean) =>
    counter.service.create(
      counter.request({ customerUid, balanceIncrement: amount(balance), ...(again ? { again } : {}) }),
      atTheTill,
    );
  return { ...counter, credit };
}

describe('what may wait unsent', () => {
  it('of one member ends at the cap, to the cent, and other members go on', () => {
    const { credit } = openFive({ memberWaitingCap: amount('100') });
    expect(code(credit('101', '60'))).toBe('kept');
    expect(credit('101', '40.01')).toMatchObject({
      ok: false,
      error: { code: 'member-waiting-cap', details: { cap: '100' } },
    });
    expect(code(credit('101', '40'))).toBe('kept');
    expect(code(credit('101', '0.01'))).toBe('member-waiting-cap');
    expect(code(credit('102', '100'))).toBe('kept');
  });

  it('of the whole till ends at its cap, whoever they are', () => {
    const { credit } = openFive({ memberWaitingCap: amount('100'), tillWaitingCap: amount('250') });
    expect(['101', '102', '103'].map((uid) => code(credit(uid, '100')))).toEqual([
      'kept',
      'kept',
      'till-waiting-cap',
    ]);
    expect(code(credit('103', '50'))).toBe('kept');
  });

  it('makes room as it is sent, and not by a reversal that waits beside it', () => {
    const { credit, outbox, attempt, service } = openFive({ memberWaitingCap: amount('100') });
    const first = credit('101', '100');
    if (!first.ok) throw new Error(first.error.code);
    expect(code(credit('101', '1'))).toBe('member-waiting-cap');
    attempt(first.value.id, 'applied');
    expect(code(credit('101', '100'))).toBe('kept');
    expect(service.reverse(first.value.id, realRandom.uuid(), theManager).ok).toBe(true);
    expect(outbox.sumsOfMember('101').waiting.balance).toBe('0');
    expect(code(credit('101', '1'))).toBe('member-waiting-cap');
  });

  it('does not hold points alone back', () => {
    const { credit, service, request } = openFive({ memberWaitingCap: amount('100') });
    credit('101', '100');
    const award = request({ customerUid: '101', balanceIncrement: amount('0'), pointIncrement: amount('5') });
    expect(code(service.create(award, atTheTill))).toBe('kept');
  });
});

describe('the same again', () => {
  const fiveMinutes = { repeatWithinMs: 300_000 };

  it('asks first, and is taken once the cashier means it', () => {
    const { credit, rows } = openFive(fiveMinutes);
    expect(code(credit('101', '10'))).toBe('kept');
    expect(code(credit('101', '10.00'))).toBe('asked-twice');
    expect(code(credit('101', '11'))).toBe('kept');
    expect(code(credit('102', '10'))).toBe('kept');
    expect(rows()).toBe(3);
    expect(code(credit('101', '10', true))).toBe('kept');
    expect(rows()).toBe(4);
  });

  it('is the same sum, whatever its points, and without a sum the same points', () => {
    const { service, request } = openFive(fiveMinutes);
    const enter = (sum: string, points: string) =>
      code(
        service.create(
          request({ customerUid: '101', balanceIncrement: amount(sum), pointIncrement: amount(points) }),
          atTheTill,
        ),
      );
    expect(enter('45', '10')).toBe('kept');
    expect(enter('45', '0')).toBe('asked-twice');
    expect(enter('0', '10')).toBe('kept');
    expect(enter('0', '10')).toBe('asked-twice');
    expect(enter('0', '11')).toBe('kept');
  });

  it('is no question of the same form sent twice', () => {
    const { service, request, rows } = openCounter({ policy: fiveMinutes });
    const asked = request();
    expect([1, 2, 3].map(() => code(service.create(asked, atTheTill)))).toEqual(['kept', 'kept', 'kept']);
    expect(rows()).toBe(1);
  });

  it('is forgotten after its time, and remembered when the clock was set back', () => {
    const { credit, clock } = openFive(fiveMinutes);
    credit('101', '10');
    clock.pass(300_001);
    expect(code(credit('101', '10'))).toBe('kept');
    clock.pass(-60_000);
    expect(code(credit('101', '10'))).toBe('asked-twice');
  });

  it('is nothing where the first was refused or cancelled', () => {
    const { credit, service } = openFive(fiveMinutes);
    const first = credit('101', '10');
    if (!first.ok) throw new Error(first.error.code);
    service.cancel(first.value.id, atTheTill);
    expect(code(credit('101', '10'))).toBe('kept');
  });
});

describe('after the longest offline window, and during a check-up of the member', () => {
  it('nothing new is taken, and what was taken is answered for', () => {
    const { service, request, around, rows, confirmed } = openCounter();
    const original = confirmed();
    const asked = request();
    service.create(asked, atTheTill);
    around.stopped = true;
    expect(code(service.create(request(), atTheTill))).toBe('offline-too-long');
    expect(code(service.reverse(original.id, realRandom.uuid(), theManager))).toBe('offline-too-long');
    expect(code(service.create(asked, atTheTill))).toBe('kept');
    expect(rows()).toBe(2);
  });

  it('the test member takes nothing, and everybody else does', () => {
    const { credit, around, service, attempt } = openFive({});
    const first = credit('101', '10');
    if (!first.ok) throw new Error(first.error.code);
    attempt(first.value.id, 'applied');
    around.checkedUp = '101';
    expect(code(credit('101', '1'))).toBe('check-up-running');
    expect(code(service.reverse(first.value.id, realRandom.uuid(), theManager))).toBe('check-up-running');
    expect(code(credit('102', '1'))).toBe('kept');
  });
});

describe('a reversal while offline', () => {
  const reversing = (balance: string, point = '0') => {
    const counter = openCounter();
    const original = counter.confirmed();
    counter.directory.keepSums(counter.known.customerUid, amount(balance), amount(point), 2);
    counter.around.online = false;
    return {
      ...counter,
      original,
      reverse: () => code(counter.service.reverse(original.id, realRandom.uuid(), theManager)),
    };
  };

  it.each([
    ['10', 'kept'],
    ['9.99', 'would-go-below-zero'],
    ['-1', 'would-go-below-zero'],
  ])('of 10 with %s known is %s', (balance, said) => {
    expect(reversing(balance).reverse()).toBe(said);
  });

  it('of a member whose sums were not read here is refused: nothing is known to be there', () => {
    const { directory, reverse } = reversing('10');
    directory.forgetOlder(Number.MAX_SAFE_INTEGER, 99);
    expect(reverse()).toBe('member-unknown-offline');
  });

  it('is KYBIO’s to refuse while it answers', () => {
    const { around, reverse } = reversing('0');
    around.online = true;
    expect(reverse()).toBe('kept');
  });

  it('counts what already waits against the member, and no credit that only waits', () => {
    const { around, service, request, confirmed, directory, known, original, reverse } = reversing('15');
    around.online = true;
    const second = confirmed();
    directory.keepSums(known.customerUid, amount('15'), amount('0'), 3);
    around.online = false;
    service.create(request({ balanceIncrement: amount('500') }), atTheTill);
    expect(reverse()).toBe('kept');
    expect(original.id).not.toBe(second.id);
    expect(code(service.reverse(second.id, realRandom.uuid(), theManager))).toBe('would-go-below-zero');
  });
});
