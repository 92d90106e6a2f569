import { describe, expect, it } from 'vitest';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createEntryTrust } from '../../main/ledger/entry-trust.ts';
import { noOthers, reference, shownEntry } from '../../main/ledger/shown/shown-entry.ts';
import { amount, entrySchema, entryStates } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { openCounter } from '../kit/counter.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const zone = 'Asia/Singapore';

describe('a top-up', () => {
  it('is one row for a double click, a held Enter and a form sent again', () => {
    const { service, request, rows } = openCounter();
    const asked = request();
    const answers = Array.from({ length: 30 }, () => service.create(asked, atTheTill));
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.id : answer.error.code))).size).toBe(1);
    expect(rows()).toBe(1);
    expect(service.create({ ...asked, balanceIncrement: amount('10') }, atTheTill).ok).toBe(true);
    expect(rows()).toBe(1);
  });

  it('is made of a refused one once', () => {
    const counter = openCounter();
    const { service, request, outbox, rows } = counter;
    const first = service.create(request(), atTheTill);
    if (!first.ok) throw new Error(first.error.code);
    const insteadOf = first.value.id;
    const asked = { ...request(), requestId: realRandom.uuid(), insteadOf };
    expect(service.create(asked, atTheTill)).toMatchObject({ ok: false, error: { code: 'entry-changed' } });
    counter.attempt(insteadOf, 'rejected');
    const again = service.create(asked, atTheTill);
    expect(again).toMatchObject({ ok: true, value: { state: 'queued' } });
    const otherwise = { ...asked, requestId: realRandom.uuid(), balanceIncrement: amount('11') };
    expect(service.create(otherwise, atTheTill)).toMatchObject({
      ok: false,
      error: { code: 'entered-otherwise' },
    });
    expect(service.create({ ...asked, requestId: realRandom.uuid() }, atTheTill)).toEqual(again);
    expect([rows(), outbox.byId(insteadOf)?.state]).toEqual([2, 'rejected']);
  });

  it('answers the same even when it could not be made any more', () => {
    const { service, request, directory, known, key, rows } = openCounter();
    const asked = request();
    const first = service.create(asked, atTheTill);
    directory.keep({ ...known, enable: 0 }, 2, true);
    key.lost = true;
    expect(service.create(asked, atTheTill)).toEqual(first);
    expect(rows()).toBe(1);
  });

  it.each([
    { balanceIncrement: amount('11') },
    { pointIncrement: amount('1') },
    { customerUid: '2' },
    { customerNumber: '8008010002' },
    { customerName: 'Lim Wei' },
  ])('of the same form with other content is refused: %j', (change) => {
    const { service, request, rows } = openCounter();
    const asked = request();
    service.create(asked, atTheTill);
    expect(service.create({ ...asked, ...change }, atTheTill)).toMatchObject({
      ok: false,
      error: { code: 'entered-otherwise' },
    });
    expect(rows()).toBe(1);
  });

  it.each([
    ['the same', {}, true],
    ['another member', { customerUid: '2' }, false],
    ['other sums', { balanceIncrement: amount('11') }, false],
  ])('of the same form after the names were erased goes by the uid: %s', (_, change, isSame) => {
    const { service, request, db, journal, outbox, rows } = openCounter();
    const asked = request();
    const first = service.create(asked, atTheTill);
    if (!first.ok) throw new Error(first.error.code);
    db.exec('UPDATE named_member SET card = NULL, name = NULL, salt = NULL');
    const parts = { db, journal, readIncrement: kybio.readIncrement, logger: silentLogger };
    expect(createEntryTrust(parts, () => 0).problem(first.value.id)).toBeNull();
    expect(outbox.byId(first.value.id)).toMatchObject({ customerName: '', customerNumber: '' });
    const again = service.create({ ...asked, ...change }, atTheTill);
    expect(again).toMatchObject(
      isSame
        ? { ok: true, value: { id: first.value.id } }
        : { ok: false, error: { code: 'entered-otherwise' } },
    );
    expect(rows()).toBe(1);
  });

  it.each([
    [{ enable: 0 }, 'member-disabled'],
    [{ enable: -1 }, 'member-deleted'],
    [{ expiryDate: '2026-01-14' }, 'member-expired'],
    [{ name: '', number: '' }, 'member-blank'],
  ])('for a member with %j is %s', (change, code) => {
    const { service, request, directory, known, rows } = openCounter();
    directory.keep({ ...known, ...change }, 2, true);
    expect(service.create(request(), atTheTill)).toMatchObject({ ok: false, error: { code } });
    expect(rows()).toBe(0);
  });

  it('of another member than the cashier saw is refused, whichever of the three is another’s', () => {
    const { service, request, directory, known, rows } = openCounter();
    const neighbour = { ...known, customerUid: '12', number: '0012', name: 'Goh Siew Eng' };
    directory.keep(neighbour, 1, true);
    const seen = { customerUid: known.customerUid, customerNumber: known.number, customerName: known.name };
    const changes = [
      { customerUid: neighbour.customerUid },
      { customerNumber: neighbour.number },
      { customerName: neighbour.name },
      { customerUid: neighbour.customerUid, customerNumber: neighbour.number },
      { customerNumber: neighbour.number, customerName: neighbour.name },
      { customerNumber: '' },
      { customerNumber: '008008010001' },
      { customerName: 'tan mei ling' },
    ];
    for (const change of changes)
      expect(service.create(request({ ...seen, ...change }), atTheTill)).toMatchObject({
        error: { code: 'member-changed' },
      });
    expect(rows()).toBe(0);
  });

  it('is refused where KYBIO has renamed the member since, and made for the name that is seen then', () => {
    const { service, request, directory, known, rows } = openCounter();
    directory.keep({ ...known, name: 'Tan Mei Lin' }, 2, true);
    expect(service.create(request({ customerName: known.name }), atTheTill)).toMatchObject({
      error: { code: 'member-changed' },
    });
    expect(service.create(request(), atTheTill)).toMatchObject({ ok: true });
    expect(rows()).toBe(1);
  });

  it('for a member whose name is longer than a card shows is for that member all the same', () => {
    const { service, request, directory, known } = openCounter();
    directory.keep({ ...known, name: 'M'.repeat(300) }, 2, true);
    const asked = request({ customerName: 'M'.repeat(200) });
    const saved = service.create(asked, atTheTill);
    expect(saved).toMatchObject({ ok: true, value: { customerName: 'M'.repeat(300) } });
    expect(service.create(asked, atTheTill)).toEqual(saved);
  });

  it('for nobody, above the cap, of nothing or without a key is refused, and nothing is kept', () => {
    const { service, request, key, rows } = openCounter();
    const code = (change: object) => {
      const answer = service.create(request({ ...change }), atTheTill);
      return answer.ok ? 'kept' : answer.error.code;
    };
    expect(code({ customerUid: '404' })).toBe('member-not-found');
    expect(code({ balanceIncrement: amount('2000.01') })).toBe('above-cap');
    expect(code({ balanceIncrement: amount('-1') })).toBe('amount-invalid');
    expect(code({ balanceIncrement: amount('0') })).toBe('nothing-to-add');
    key.lost = true;
    expect(code({})).toBe('key-lost');
    expect(rows()).toBe(0);
  });

  it('of points alone is an award', () => {
    const { service, request } = openCounter();
    const award = service.create(
      request({ balanceIncrement: amount('0'), pointIncrement: amount('5') }),
      atTheTill,
    );
    expect(award).toMatchObject({ ok: true, value: { kind: 'award' } });
    expect(service.create(request(), atTheTill)).toMatchObject({ ok: true, value: { kind: 'top-up' } });
  });

  it('that the disk refuses is never said to be saved', () => {
    const { service, request, db, rows } = openCounter();
    db.pragma('query_only = ON');
    expect(() => service.create(request(), atTheTill)).toThrow(/readonly/);
    db.pragma('query_only = OFF');
    expect(rows()).toBe(0);
  });
});

describe('a reversal', () => {
  it('takes back exactly what was given, names it, and is one', () => {
    const { service, confirmed, rows } = openCounter();
    const original = confirmed();
    const requestId = realRandom.uuid();
    const reversed = service.reverse(original.id, requestId, theManager);
    expect(reversed).toMatchObject({
      ok: true,
      value: {
        kind: 'reversal',
        balanceIncrement: '-10',
        pointIncrement: '0',
        corrects: original.id,
        state: 'queued',
      },
    });
    expect(service.reverse(original.id, requestId, theManager)).toEqual(reversed);
    expect(service.reverse(original.id, realRandom.uuid(), theManager)).toMatchObject({
      ok: false,
      error: { code: 'entry-not-reversible' },
    });
    expect(rows()).toBe(2);
  });

  it('answers for the entry that it was asked about, and for no other', () => {
    const { service, request, confirmed, rows } = openCounter();
    const [first, second] = [confirmed(), confirmed()];
    const requestId = realRandom.uuid();
    service.reverse(first.id, requestId, theManager);
    expect(service.reverse(second.id, requestId, theManager)).toMatchObject({
      ok: false,
      error: { code: 'entered-otherwise' },
    });
    const asked = request();
    service.create(asked, atTheTill);
    expect(service.reverse(second.id, asked.requestId, theManager)).toMatchObject({ ok: false });
    expect(rows()).toBe(4);
  });

  it.each(entryStates.filter((state) => state !== 'confirmed'))('of an entry in %s is refused', (state) => {
    const { service, request, force } = openCounter();
    const saved = service.create(request(), atTheTill);
    if (!saved.ok) throw new Error(saved.error.code);
    force(saved.value.id, state);
    expect(service.reverse(saved.value.id, realRandom.uuid(), theManager)).toMatchObject({
      error: { code: 'entry-not-reversible' },
    });
  });

  it('of a reversal, or of nothing, is refused', () => {
    const { service, confirmed, attempt } = openCounter();
    const reversed = service.reverse(confirmed().id, realRandom.uuid(), theManager);
    if (!reversed.ok) throw new Error(reversed.error.code);
    attempt(reversed.value.id, 'applied');
    expect(service.reverse(reversed.value.id, realRandom.uuid(), theManager)).toMatchObject({
      error: { code: 'entry-not-reversible' },
    });
    expect(service.reverse('nobody', realRandom.uuid(), theManager)).toMatchObject({
      error: { code: 'entry-not-found' },
    });
  });
});

describe('an entry on the screen', () => {
  it.each(entryStates)('in %s offers what can be done with it', (state) => {
    const { outbox, add, force } = openCounter();
    const { id } = add();
    force(id, state);
    const row = outbox.byId(id);
    if (row === null) throw new Error('gone');
    const view = shownEntry(row, zone, noOthers);
    expect(entrySchema.parse(view)).toEqual(view);
    expect(view.canCancel).toBe(state === 'queued');
    expect(view.canReverse).toBe(state === 'confirmed');
    expect(view).toMatchObject({ reference: '0001', storeTime: '13:26', state });
  });

  it('once touched is not offered to be cancelled, once taken back not to be taken back', () => {
    const { service, outbox, add, attempt, confirmed } = openCounter();
    const touched = attempt(add({ customerUid: '7' }).id, 'refused');
    expect(shownEntry(touched, zone, noOthers).canCancel).toBe(false);
    const original = confirmed();
    const reversed = service.reverse(original.id, realRandom.uuid(), theManager);
    if (!reversed.ok) throw new Error(reversed.error.code);
    const again = outbox.byId(original.id);
    if (again === null) throw new Error('gone');
    expect(shownEntry(again, zone, noOthers).canReverse).toBe(false);
    expect(shownEntry(reversed.value, zone, noOthers)).toMatchObject({
      canReverse: false,
      correctsReference: '0002',
    });
  });

  it('shows no bytes, no signature and no key', () => {
    const { add } = openCounter();
    const text = JSON.stringify(shownEntry(add(), zone, noOthers));
    for (const secret of ['body', 'signature', 'Fingerprint', 'appId', 'requestId'])
      expect(text).not.toContain(secret);
  });

  it('counts beyond four digits', () => {
    expect([1, 9_999, 10_000, 1_234_567].map(reference)).toEqual(['0001', '9999', '10000', '1234567']);
  });
});

it('credits nobody by an id that may be another’s, rounded, on a host that rounds ids', () => {
  const { service, request, around } = openCounter();
  const asked = request();
  around.inexact = asked.customerUid;
  expect(service.create(asked, atTheTill)).toMatchObject({ ok: false, error: { code: 'member-id-inexact' } });
  around.inexact = null;
  expect(service.create(asked, atTheTill)).toMatchObject({ ok: true });
});
