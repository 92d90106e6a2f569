import { cpSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { theManager } from '../../../main/kernel/actor.ts';
import { amount, type ChannelArgs, type ShiftReport } from '../../../preload/contract/index.ts';
import { anything } from '../../kit/find.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { temporaryFolder } from '../../kit/till.ts';
import {
  asShiftTill,
  codeOf,
  countOf,
  type Entered,
  ledgerOf,
  mei,
  openShiftTill,
  openTwins,
  type ShiftTill,
  scan,
  siti,
} from './support.ts';

type Asked = ChannelArgs<'entries:changeTender'>;

const openDay = async (shop: ShiftTill) => shop.must('shifts:open', { float: amount('100'), drawer: 'own' });

/** A till with an open shift. */
async function openTold() {
  const shop = await openShiftTill();
  await openDay(shop);
  return shop;
}

const asked = ({ id, tender }: Pick<Entered, 'id' | 'tender'>, change: Partial<Asked> = {}): Asked => ({
  ...{ id, requestId: realRandom.uuid(), was: tender, tender: 'card' },
  ...change,
});

const codeOfError = async (shop: ShiftTill, args: Asked): Promise<string> => {
  const answer = await shop.ask('entries:changeTender', args);
  return answer.ok ? 'ok' : [answer.error.code, answer.error.details?.['reason']].filter(Boolean).join(' ');
};

const xOf = async (shop: ShiftTill) => (await shop.must('shifts:wholeReport', {}, theManager)).report;

/** What is to be there of each way to pay. */
const expectedOf = ({ tenders }: ShiftReport) =>
  Object.fromEntries(tenders.map(({ tender, expected }) => [tender, expected]));

const journaled = ({ driven }: ShiftTill, { id }: Pick<Entered, 'id'>) => {
  const {
    ledger: { outbox, tenderChanges },
  } = driven.till.session;
  return tenderChanges.ofEntry(outbox.byId(id)?.sequence ?? 0).length;
};

describe('an entry that was paid otherwise than was entered', () => {
  it('counts by the way it was paid, everywhere, and nothing of it is sent again', async () => {
    const shop = await openTold();
    const cash = shop.enter(0, '50', 'cash');
    shop.enter(1, '20', 'cash');
    await shop.driven.settle();
    const sent = ledgerOf(shop).increments.length;
    const before = shop.driven.till.session.ledger.outbox.byId(cash.id);
    await shop.must('entries:changeTender', asked(cash), siti);
    await shop.driven.pass(120_000);
    expect(shop.driven.till.session.ledger.outbox.byId(cash.id)).toEqual({
      ...before,
      terms: { ...before?.terms, tender: 'card' },
    });
    expect(shop.driven.store.increments()).toHaveLength(sent);
    expect(ledgerOf(shop).addedFor(cash.id)).toBe('55');

    const x = await xOf(shop);
    expect(expectedOf(x)).toMatchObject({ cash: '120', card: '50' });
    const filter = { ...anything, tender: 'card' };
    expect(await shop.must('find:sums', { filter, before: null })).toMatchObject({ sums: [{ entries: 1 }] });
  });

  it('is changed once, however often it is asked: twice, and after a reply that was lost when the count had begun', async () => {
    const shop = await openTold();
    const cash = shop.enter(0, '50', 'cash');
    const once = asked(cash, { tender: 'cash', was: 'card', given: amount('100') });
    const toCard = asked(cash);
    await shop.must('entries:changeTender', toCard);
    await shop.must('entries:changeTender', toCard);
    await shop.must('entries:changeTender', once);
    expect(journaled(shop, cash)).toBe(2);
    await shop.must('shifts:beginCount', {});
    expect(await shop.must('entries:changeTender', once)).toMatchObject({
      terms: { tender: 'cash', given: '100' },
    });
    // A form's id says one thing.
    expect(await codeOfError(shop, { ...once, given: amount('60') })).toBe('entered-otherwise');
    expect(await codeOfError(shop, { ...toCard, tender: 'qr' })).toBe('entered-otherwise');
    expect(journaled(shop, cash)).toBe(2);
  });

  it('is entered once where its own form is sent again after the change', async () => {
    const shop = await openTold();
    const { session } = shop.driven.till;
    const { customerUid, number: customerNumber, name: customerName } = shop.member(3);
    const request = {
      ...{ requestId: realRandom.uuid(), customerUid, customerNumber, customerName, note: '' },
      ...{ balanceIncrement: amount('30'), pointIncrement: amount('0'), rulesVersion: 1 },
      ...{ tender: 'cash', given: amount('40') },
    };
    const saved = session.counter.topUps.create(request, mei);
    if (!saved.ok) throw new Error(saved.error.code);
    await shop.must('entries:changeTender', asked({ id: saved.value.id, tender: 'cash' }));
    expect(session.counter.topUps.create(request, mei)).toMatchObject({
      ok: true,
      value: { id: saved.value.id },
    });
    expect(session.counter.topUps.create({ ...request, tender: 'card', given: null }, mei)).toMatchObject({
      error: { code: 'entered-otherwise' },
    });
  });

  it('of cash has what was received asked anew, and without cash nothing was', async () => {
    const shop = await openTold();
    const card = shop.enter(0, '50', 'card');
    const toCash = (given: string) =>
      codeOfError(shop, asked(card, { tender: 'cash', given: amount(given) }));
    expect(await toCash('49.99')).toBe('invalid-request');
    expect(await toCash('60')).toBe('ok');
    const { terms } = shop.driven.till.session.ledger.outbox.byId(card.id) ?? {};
    expect(terms).toMatchObject({ tender: 'cash', given: '60' });
    expect(await codeOfError(shop, asked(card, { was: 'cash', given: amount('60') }))).toBe(
      'invalid-request',
    );
    await shop.must('entries:changeTender', asked(card, { was: 'cash' }));
    expect(shop.driven.till.session.ledger.outbox.byId(card.id)?.terms).toMatchObject({
      tender: 'card',
      given: null,
    });
  });

  it('goes on so over a restart', async () => {
    const shop = await openTold();
    const cash = shop.enter(0, '50', 'cash');
    const change = asked(cash);
    await shop.must('entries:changeTender', change);
    await shop.driven.till.close();
    const after = asShiftTill(await shop.driven.restart());
    expect(expectedOf(await xOf(after))).toMatchObject({ cash: '100', card: '50' });
    await after.must('entries:changeTender', change);
    expect((await xOf(after)).tenderChanges?.count).toBe(1);
  });
});

describe('it is refused, and nothing is written,', () => {
  it('where nothing is changed, or it is not as was shown, or no way that the till has', async () => {
    const shop = await openTold();
    const cash = shop.enter(0, '50', 'cash');
    expect(await codeOfError(shop, asked(cash, { tender: 'cash' }))).toBe('tender-same');
    expect(await codeOfError(shop, asked(cash, { was: 'qr' }))).toBe('entry-changed');
    expect(await codeOfError(shop, asked(cash, { tender: 'own:Voucher' }))).toBe('tender-gone');
    expect(await codeOfError(shop, asked({ ...cash, id: 'nobody' }))).toBe('entry-not-found');
    expect(journaled(shop, cash)).toBe(0);
  });

  it('once somebody counts, and of an entry of an earlier shift or of none', async () => {
    const shop = await openShiftTill();
    const first = shop.enter(0, '10', 'cash');
    expect(await codeOfError(shop, asked(first))).toBe('shift-none');
    await openDay(shop);
    expect(await codeOfError(shop, asked(first))).toBe('tender-fixed earlier-shift');
    const cash = shop.enter(1, '20', 'cash');
    await shop.must('shifts:beginCount', {});
    expect(await codeOfError(shop, asked(cash))).toBe('count-is-open');
    await shop.must('shifts:leaveCount', {});
    await shop.must('entries:changeTender', asked(cash));
    await shop.must('shifts:beginCount', {});
    await shop.must('shifts:commitCount', { count: countOf('100', [{ tender: 'card', sum: amount('20') }]) });
    expect(await codeOfError(shop, asked(cash, { was: 'card', tender: 'qr' }))).toBe('count-is-open');
    await shop.must('shifts:close', { reason: null });
    expect(await codeOfError(shop, asked(cash, { was: 'card', tender: 'qr' }))).toBe('shift-none');
    // What is entered outside belongs to the next.
    const outside = shop.enter(2, '30', 'cash');
    await openDay(shop);
    expect(await codeOfError(shop, asked(cash, { was: 'card', tender: 'qr' }))).toBe(
      'tender-fixed earlier-shift',
    );
    await shop.must('entries:changeTender', asked(outside));
    expect([journaled(shop, first), journaled(shop, cash), journaled(shop, outside)]).toEqual([0, 1, 1]);
  });

  it('of what was given back, a reversal and what it takes back, and points alone', async () => {
    const shop = await openTold();
    const cancelled = shop.enter(0, '10', 'cash');
    const stays = shop.driven.till.session.counter.topUps.cancel(cancelled.id, mei);
    const back = shop.enter(1, '20', 'cash');
    await shop.driven.drive(
      () => shop.driven.till.session.ledger.outbox.byId(back.id)?.state === 'confirmed',
    );
    const reversal = shop.reverse(back.id);
    expect(stays.ok).toBe(true);
    const points = shop.driven.till.session.counter.topUps.create(
      {
        ...{ requestId: realRandom.uuid(), customerUid: shop.member(2).customerUid, note: '' },
        ...{ customerNumber: shop.member(2).number, customerName: shop.member(2).name },
        ...{ balanceIncrement: amount('0'), pointIncrement: amount('5'), rulesVersion: 1 },
      },
      mei,
    );
    if (!points.ok) throw new Error(points.error.code);
    const reasons = await Promise.all([
      codeOfError(shop, asked(cancelled)),
      codeOfError(shop, asked(back)),
      codeOfError(shop, asked({ id: reversal, tender: 'cash' })),
      codeOfError(shop, asked({ id: points.value.id, tender: null })),
    ]);
    expect(reasons).toEqual([
      'tender-fixed given-back',
      'tender-fixed taken-back',
      'tender-fixed reversal',
      'tender-fixed no-money',
    ]);
  });
});

describe('a paper from before the change', () => {
  it('takes the journal’s way to pay where the entry is known, and has its own at another till', async () => {
    const { before, after } = await openTwins();
    await openDay(before);
    const cash = before.enter(0, '50', 'cash');
    const paper = codeOf(before, cash.id);
    await before.must('entries:changeTender', asked(cash));
    expect(scan(before, paper)).toBe('known');
    expect(before.driven.till.session.ledger.outbox.byId(cash.id)?.terms.tender).toBe('card');
    const anew = codeOf(before, cash.id);
    expect(anew).not.toBe(paper);
    await openDay(after);
    expect(scan(after, paper)).toBe('taken-up');
    expect(after.driven.till.session.ledger.outbox.byId(cash.id)?.terms.tender).toBe('cash');
    expect(scan(after, anew)).toBe('known');
    expect(after.driven.till.session.ledger.outbox.byId(cash.id)?.terms.tender).toBe('cash');
  });

  it('of another drawer is not changed here', async () => {
    const { before, after } = await openTwins();
    const cash = before.enter(0, '50', 'cash');
    await after.driven.pass(1_000);
    await openDay(after);
    expect(scan(after, codeOf(before, cash.id))).toBe('taken-up');
    const { report } = await after.must('shifts:report', { number: null });
    const [taken] = report.cells.filter(({ line }) => line === 'taken-up');
    expect([taken?.tender, await codeOfError(after, asked(cash))]).toEqual([null, 'tender-fixed taken-up']);
  });
});

/** The till put back to a copy of its folder from before `meanwhile`. */
async function putBackTo(shop: ShiftTill, meanwhile: (shop: ShiftTill) => Promise<void>): Promise<ShiftTill> {
  await shop.driven.settle();
  await shop.driven.till.close();
  const { folder } = shop.driven.till;
  const backup = temporaryFolder();
  cpSync(folder, backup, { recursive: true });
  const later = asShiftTill(await shop.driven.restart());
  await meanwhile(later);
  await later.driven.till.close();
  rmSync(folder, { recursive: true });
  cpSync(backup, folder, { recursive: true });
  const restored = asShiftTill(await later.driven.restart());
  restored.driven.till.session.records.resume(theManager);
  return restored;
}

describe('a backup from before the change', () => {
  it('has what gave it back by its paper: it is changed to that one’s way, and to no other', async () => {
    const shop = await openTold();
    const cash = shop.enter(0, '50', 'cash');
    shop.enter(1, '20', 'cash');
    await shop.driven.drive(
      () => shop.driven.till.session.ledger.outbox.byId(cash.id)?.state === 'confirmed',
    );
    let paper = '';
    const restored = await putBackTo(shop, async (later) => {
      await later.must('entries:changeTender', asked(cash));
      paper = codeOf(later, later.reverse(cash.id));
    });
    expect(scan(restored, paper)).toBe('taken-up');
    // What left the card machine never came there, and the drawer lacks it.
    expect(expectedOf(await xOf(restored))).toMatchObject({ cash: '170', card: '-50' });
    expect(await restored.must('entries:tenderChanges', { id: cash.id })).toMatchObject({ ways: ['card'] });
    expect(await codeOfError(restored, asked(cash, { tender: 'qr' }))).toBe('tender-fixed taken-back');
    await restored.must('entries:changeTender', asked(cash));
    expect(expectedOf(await xOf(restored))).toMatchObject({ cash: '120', card: '0' });
    expect(await restored.must('entries:tenderChanges', { id: cash.id })).toMatchObject({ ways: [] });
    const back = asked(cash, { was: 'card', tender: 'cash' });
    expect(await codeOfError(restored, back)).toBe('tender-fixed taken-back');
    expect(journaled(restored, cash)).toBe(1);
  });
});

it('an entry that is changed again and again stands once, and after what is paid otherwise in the end', async () => {
  const shop = await openTold();
  const [noise, paid] = [shop.enter(0, '50', 'cash'), shop.enter(1, '20', 'cash')];
  for (let turn = 0; turn < 260; turn += 1) {
    await shop.must('entries:changeTender', asked(noise));
    await shop.must('entries:changeTender', asked(noise, { was: 'card', tender: 'cash' }));
  }
  await shop.must('entries:changeTender', asked(paid, { tender: 'qr' }), siti);
  await shop.must('entries:changeTender', asked(paid, { was: 'qr' }), mei);
  const x = await xOf(shop);
  await shop.must('shifts:beginCount', {});
  await shop.must('shifts:commitCount', { count: countOf('150', [{ tender: 'card', sum: amount('20') }]) });
  const { number } = await shop.must('shifts:close', { reason: null });
  const { report } = await shop.must('shifts:report', { number });
  const listed = [
    { id: paid.id, was: 'cash', now: 'card', times: 2, who: 'Mei' },
    { id: noise.id, was: 'cash', now: 'cash', times: 520 },
  ];
  for (const told of [x, report]) expect(told.tenderChanges).toMatchObject({ count: 522, listed });
});
