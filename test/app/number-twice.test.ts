import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeZFile } from '../../main/day/shifts/z-file.ts';
import { loadEvidencePolicy } from '../../main/hosts/host/evidence-policy.ts';
import { isTwice } from '../../main/hosts/host/till-numbers.ts';
import { limWei } from '../../main/hosts/practice/members.ts';
import { theManager } from '../../main/kernel/actor.ts';
import type { ShiftReport } from '../../preload/contract/index.ts';
import { asShiftTill } from '../day/shifts/support.ts';
import { type Driven, openDrivenTill } from '../kit/driven-till.ts';
import { entry } from '../kit/losing.ts';
import { codeOf, scan } from '../kit/papers.ts';
import { startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, temporaryFolder } from '../kit/till.ts';
import { recordsWorker } from '../kit/workers.ts';
import { zReportOf } from '../kit/z-reports.ts';

const second = { tillName: 'Counter 2', tillNumber: 2, tillCount: 3 };

const trusts = ({ till: { session } }: Driven) =>
  loadEvidencePolicy(session.kernel.settings).tillNumbersDeclared;
const twice = ({ till: { session } }: Driven) => session.ledger.numbersSeen.twice();

/** Till 2 of 3, whose manager has said that every till has its own number. */
async function declared(): Promise<Driven> {
  const driven = await openDrivenTill({}, { config: second });
  const {
    counter: { policy },
  } = driven.till.session;
  policy.save({ ...policy.current(), tillNumbersDeclared: true }, theManager);
  driven.till.session.start();
  driven.clock.pass(60_000);
  return driven;
}

/** The code of a receipt of another till of the account. */
async function paperOf(driven: Driven, config: Partial<typeof second>): Promise<string> {
  const other = await driven.fresh({ config: { ...second, tillName: 'Annexe', ...config } });
  await other.till.session.members.lookUp.find(limWei.number);
  const { id } = other.till.topUp(limWei.customerUid, '5.00');
  const code = codeOf(other, id);
  expect(entry(other, id).till).toBe('Annexe');
  await other.till.close();
  return code;
}

describe('a till number that is used twice', () => {
  it('is noticed by a paper, stands over a start, and takes the declaration its force until the number is given anew', async () => {
    const driven = await declared();
    expect(trusts(driven)).toBe(true);
    const code = await paperOf(driven, {});
    expect(scan(driven, code)).toMatchObject({ value: { outcome: 'other-till', entry: null } });
    expect(twice(driven)).toMatchObject({ till: 'Annexe', on: 'paper' });
    expect(trusts(driven)).toBe(false);
    expect(driven.till.told).toContain('till');
    // Told once.
    scan(driven, code);
    const { session } = driven.till;
    expect(session.ledger.journal?.notes('till number twice', { limit: 9 })).toHaveLength(1);

    const again = await driven.restart();
    again.till.session.start();
    expect(twice(again)).toMatchObject({ till: 'Annexe' });
    expect(trusts(again)).toBe(false);
    expect(again.till.session.setNumbering({ tillNumber: 2, tillCount: 3 }, theManager)).toMatchObject({
      ok: true,
    });
    // The manager says that it is this one's: what was ticked is so again, and that paper is from before.
    expect([twice(again), trusts(again)]).toEqual([null, true]);
    scan(again, code);
    expect(twice(again)).toBeNull();
  });

  it('is over with another number, of which nothing is declared yet', async () => {
    const driven = await declared();
    scan(driven, await paperOf(driven, {}));
    const { session } = driven.till;
    expect(session.setNumbering({ tillNumber: 3, tillCount: 3 }, theManager)).toMatchObject({ ok: true });
    expect(twice(driven)).toBeNull();
    expect(session.counter.policy.current().tillNumbersDeclared).toBe(false);
  });

  it('is not what a till with another number shows', async () => {
    const driven = await declared();
    scan(driven, await paperOf(driven, { tillNumber: 3 }));
    expect([twice(driven), trusts(driven)]).toEqual([null, true]);
  });

  it('is noticed by a Z that is imported, where that says a number', async () => {
    const store = await startPracticeStore();
    const picked: string[] = [];
    const world = {
      reportPicker: { pickMany: async () => picked },
      exports: { recordsWorker, place: { pick: async () => null } },
    };
    const till = await openTestTill(store, { config: second, world });
    const owners = asShiftTill({ till } as Driven);
    const account = { host: store.baseUrl, appId: store.appId };
    const imported = async (name: string, change: Partial<ShiftReport>) => {
      const path = join(temporaryFolder(), `${name}.json`);
      const closedAtMs = Date.now() + 5_000;
      const z = zReportOf({ id: name, till: 'Annexe', tillId: '00112233445566ff', closedAtMs, ...change });
      writeFileSync(path, writeZFile(store.appKey, account, z));
      picked.splice(0, picked.length, path);
      const { files } = await owners.must('reports:importFiles', {});
      expect(files).toMatchObject([{ outcome: 'taken' }]);
      return till.session.ledger.numbersSeen.twice();
    };
    expect(await imported('of a version before', {})).toBeNull();
    expect(await imported('the third', { tillNumber: 3, tillCount: 3 })).toBeNull();
    const before = { tillNumber: 2, tillCount: 2, closedAtMs: 1_000 };
    expect(await imported('of the till before this one', before)).toBeNull();
    expect(await imported('another second', { tillNumber: 2, tillCount: 50 })).toMatchObject({ on: 'z' });
  });
});

describe('whether a till is seen with this till’s number', () => {
  const own = { ...{ tillId: 'a', sinceMs: 1_000 }, tillNumber: 5, tillCount: 9 };
  const paper = (tillId: string, madeAtMs: number, second: string) =>
    isTwice(own, { tillId, madeAtMs, by: { second } });

  it.each([
    ['of another till, with a second of ours', paper('b', 1_001, '2026-11-28 10:00:05'), true],
    ['of another till, with a second of its own', paper('b', 1_001, '2026-11-28 10:00:06'), false],
    ['of this till', paper('a', 1_001, '2026-11-28 10:00:05'), false],
    ['from before this till had the number', paper('b', 1_000, '2026-11-28 10:00:05'), false],
  ])('a paper %s', (_, seen, wanted) => {
    expect(seen).toBe(wanted);
  });

  it('where this one is alone, whatever another till shows', () => {
    const alone = { ...own, tillNumber: 1, tillCount: 1 };
    const by = { second: '2026-11-28 10:00:06' };
    expect(isTwice(alone, { tillId: 'b', madeAtMs: 2_000, by })).toBe(true);
  });
});
