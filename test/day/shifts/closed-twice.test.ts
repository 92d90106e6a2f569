import { expect, it } from 'vitest';
import { countedZs } from '../../../main/day/reports/owner-view.ts';
import { factsOf } from '../../../main/day/reports/z-facts.ts';
import { writeZFile } from '../../../main/day/shifts/z-file.ts';
import type { ShiftReport } from '../../../preload/contract/index.ts';
import { createAddUp } from '../../kit/add-up.ts';
import { backUp } from '../../kit/data-folder.ts';
import { open, outcomes } from '../reports/import-support.ts';
import { closeWith, openOne, zOf } from './steps.ts';
import { asShiftTill, openShiftTill } from './support.ts';

it('a shift that was open in a backup and is closed twice counts nowhere until the owner picks which is true', async () => {
  const till = await openShiftTill();
  const { store } = till.driven;
  const { folder } = till.driven.till;
  await openOne(till);
  await till.driven.till.close();
  const putBack = backUp(folder);

  const before = asShiftTill(await till.driven.restart());
  before.driven.till.session.start();
  before.enter(0, '100', 'cash');
  await before.driven.drive(() => store.increments().length === 1);
  await closeWith(before, '200');
  const first = await zOf(before, 1);
  await before.driven.till.close();

  putBack();
  const after = asShiftTill(await till.driven.restart());
  after.driven.till.session.start();
  for (const place of [0, 1]) after.enter(place, '450', 'cash');
  await closeWith(after, '1000');
  const second = await zOf(after, 1);

  // One till and one shift by their ids, and two accounts of it.
  expect([second.id, second.tillId]).toEqual([first.id, first.tillId]);
  const taken = (z: ShiftReport) => z.tenders.find(({ tender }) => tender === 'cash')?.taken;
  expect([taken(first), taken(second)]).toEqual(['100', '900']);

  const account = { host: store.baseUrl, appId: store.appId };
  const { appKey } = store;
  const owner = open(undefined, { account, appKey });
  const texts = [first, second].map((z) => writeZFile(appKey, account, z));
  expect(outcomes((await owner.pick({ 'a.json': texts[0] ?? '' })).files)).toEqual([
    ['a.json', 'taken', null],
  ]);
  expect(outcomes((await owner.pick({ 'b.json': texts[1] ?? '' })).files)).toEqual([
    ['b.json', 'differs', null],
  ]);
  expect(outcomes((await owner.pick({ 'c.json': texts[1] ?? '' })).files)).toEqual([
    ['c.json', 'known', null],
  ]);

  const { zs } = await open(owner.folder, { account, appKey }).kept.all();
  const period = { from: first.businessDay, to: first.businessDay };
  const netWith = (picks: ReadonlyMap<string, string>) => {
    const found = countedZs(zs, picks);
    const addUp = createAddUp({ ...found, ownTill: { id: null, name: 'Office' }, isSettled: () => false });
    const { sum, missing } = addUp(period, period.to);
    return [sum.reports, sum.net, missing.length];
  };
  expect(netWith(new Map())).toEqual([0, '0', 0]);
  expect(netWith(new Map([[second.id, factsOf(second).digest]]))).toEqual([1, '900', 0]);
  expect(netWith(new Map([[second.id, factsOf(first).digest]]))).toEqual([1, '100', 0]);
  expect(netWith(new Map([[second.id, 'gone']]))).toEqual([0, '0', 0]);
});

it('a Z says which till it is and on which way of it; a restore between count and close is in it', async () => {
  const till = await openShiftTill();
  await openOne(till);
  const { tillId, epoch } = till.driven.till.session.ledger.tillIdentity;
  expect((await till.must('shifts:report', { number: null })).report).toMatchObject({ tillId, epoch });
  await till.driven.till.close();
  const putBack = backUp(till.driven.till.folder);
  const lost = asShiftTill(await till.driven.restart());
  lost.driven.till.session.start();
  await lost.must('shifts:beginCount', {});
  await lost.driven.till.close();
  putBack();
  const again = asShiftTill(await till.driven.restart());
  again.driven.till.session.start();
  await closeWith(again, '100');
  const z = await zOf(again, 1);
  expect(z.tillId).toBe(tillId);
  expect(z.epoch).toBe(again.driven.till.session.ledger.tillIdentity.epoch);
});
