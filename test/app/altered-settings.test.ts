import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRecordsAtStart } from '../../main/app/records-at-start.ts';
import { createPolicyRepository } from '../../main/counter/policy-repository.ts';
import { createRuleRepository } from '../../main/counter/rules/rule-repository.ts';
import { HOST_PROFILE_KEY, loadHostProfile, POLICY_KEY } from '../../main/hosts/host/evidence-policy.ts';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { kybio } from '../../main/hosts/kybio/kybio.ts';
import { createLink } from '../../main/hosts/link/link.ts';
import { afterManager } from '../../main/hosts/link/link-state.ts';
import { theManager } from '../../main/kernel/actor.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../main/ledger/journal/journal-repository.ts';
import { createCheckUpRepository } from '../../main/sending/check-up/check-up-repository.ts';
import { atTheTill } from '../kit/actors.ts';
import * as checkUp from '../kit/check-up.ts';
import { createTestClock } from '../kit/clock.ts';
import type { Driven } from '../kit/driven-till.ts';
import { createKeeper } from '../kit/keeper.ts';
import { entry, lose, openLosing, refuses, sends, uid, whileUnknown } from '../kit/losing.ts';
import { journalKey, openOutbox } from '../kit/outbox.ts';
import { realRandom, startPracticeStore } from '../kit/practice-store.ts';
import { openTestTill, silentLogger } from '../kit/till.ts';

const forgedProfile = JSON.stringify({ ...unknownHost, ...refuses });

const alter = (folder: string, key: string, change: object) => {
  const before = JSON.parse(checkUp.readSetting(folder, key) ?? '{}');
  checkUp.writeSetting(folder, key, JSON.stringify({ ...before, ...change }));
};

const pauses = ({ till }: Driven) => till.session.hosts.link.state.pauses.map(({ reason }) => reason);

describe('settings that somebody altered', () => {
  it('decide nothing: numbers that are declared behind the till’s back are not', async () => {
    const driven = await openLosing({}, 'before');
    const { id } = await lose(driven);
    await driven.till.close();
    alter(driven.till.folder, POLICY_KEY, { tillNumbersDeclared: true });
    // Another till of this store tops the member up by the same sum.
    driven.store.adjust(uid, '130.00', '340');
    const after = await driven.restart();
    expect(after.till.session.journalProblem).toBe('broken');
    expect(after.till.session.counter.policy.current()).toMatchObject({
      tillNumbersDeclared: false,
      // What a manager had set and what lets nothing through stays.
      repeatWithinMs: 0,
    });
    after.till.session.start();
    await after.drive(whileUnknown(after, id));
    expect(entry(after, id).state).toBe('review');
    expect(pauses(after)).toEqual(['manager']);
  });

  it('send nothing again, also once a manager lets the queue go on', async () => {
    const driven = await openLosing({ policy: { tillNumbersDeclared: true } }, 'before');
    const { id } = await lose(driven);
    await driven.till.close();
    checkUp.writeSetting(driven.till.folder, HOST_PROFILE_KEY, forgedProfile);
    const alarmed = await driven.restart();
    expect(alarmed.till.session.journalProblem).toBe('broken');
    const after = await alarmed.restart();
    expect(after.till.session.journalProblem).toBeNull();
    expect(checkUp.readSetting(after.till.folder, HOST_PROFILE_KEY)).toBeNull();
    after.till.session.start();
    after.till.session.hosts.link.update(afterManager);
    await after.drive(whileUnknown(after, id));
    expect(entry(after, id).state).toBe('review');
    expect(sends(after)).toHaveLength(1);
  });

  it('leave a check-up that proves nothing and takes back what it credited only when a manager asks', async () => {
    const driven = await checkUp.started({ refusesDuplicates: true });
    await driven.drive(() => checkUp.sums(driven).balance > 0);
    await driven.till.close();
    alter(driven.till.folder, 'check-up', { startedAtMs: 1 });
    const after = await driven.restart();
    const { session, folder } = after.till;
    session.start();
    session.hosts.link.update(afterManager);
    await after.pass(3_600_000);
    expect(checkUp.view(after)).toMatchObject({ state: 'failed', problem: 'altered', answers: [] });
    expect(checkUp.view(after).reversed).toBe(false);
    expect(checkUp.sums(after).balance).toBeGreaterThan(0);
    expect(checkUp.readSetting(folder, HOST_PROFILE_KEY)).toBeNull();
    await session.sending.checkUp.stop(theManager);
    await after.drive(() => checkUp.view(after).reversed && checkUp.isOver(after)());
    expect(checkUp.sums(after)).toEqual({ balance: 0, point: 0 });
    expect(checkUp.found(after)).toEqual(unknownHost);
  });
});

describe('a manager PIN that somebody took out of the settings', () => {
  it('is not made anew by whoever comes first, only by the recovery code', async () => {
    const store = await startPracticeStore();
    const { session, close, folder } = await openTestTill(store);
    const made = await session.managerPin.make('730194', atTheTill);
    if (!made.ok) throw new Error(made.error.code);
    await close();
    checkUp.removeSetting(folder, 'manager.pin');
    for (const problem of ['broken', null]) {
      const after = await openTestTill(store, { folder });
      expect(after.session.journalProblem).toBe(problem);
      expect(await after.session.managerPin.make('864209', atTheTill)).toMatchObject({
        error: { code: 'manager-pin-missing', details: { reason: 'taken-out' } },
      });
      await after.close();
    }
    const after = await openTestTill(store, { folder });
    expect((await after.session.managerPin.recover(made.value.recoveryCode, '864209')).ok).toBe(true);
    expect((await after.session.managerPin.verify('864209')).ok).toBe(true);
  });
});

describe('the alarm about them', () => {
  const open = () => {
    const till = openOutbox();
    const { db, outbox, transitions } = till;
    const clock = createTestClock();
    const start = (dies = false) => {
      const seals = createSeals(db, journalKey);
      const settings = createSettings(db, seals);
      const journal = createJournalRepository(db, journalKey, clock);
      const { keeper } = createKeeper(db, dirname(till.file), { journal, clock });
      const link = createLink(settings, clock, realRandom, silentLogger);
      const dying: typeof link = {
        ...link,
        update: () => {
          throw new Error('the power is cut here');
        },
      };
      const recordsAtStart = createRecordsAtStart({
        readIncrement: kybio.readIncrement,
        ...{ db, outbox, transitions, keeper, journal, seals, settings, clock, logger: silentLogger },
        policy: createPolicyRepository({ db, settings, journal, currency: 'SGD' }),
        checkUps: createCheckUpRepository(db, settings, journal),
        ruleBooks: createRuleRepository({ db, settings, journal, random: realRandom }),
        machine: { others: [], hasNews: false, isKept: false, settle: () => undefined },
        tillIdentity: { begin: () => undefined, end: () => undefined, meet: () => undefined },
        tillCopies: { isAsked: () => false, hold: () => undefined, goOnHere: () => undefined },
        ...{ restored: null, forgetRestored: () => undefined },
        forgottenSends: { begin: () => undefined },
        ...{ directory: { baseline: () => null }, evidence: { keepBefore: () => undefined } },
        changed: () => undefined,
        link: dies ? dying : link,
      });
      return { recordsAtStart, link, settings };
    };
    // Past the seals.
    const plain = createSettings(db);
    const alter = () => {
      plain.set(HOST_PROFILE_KEY, forgedProfile);
      plain.set(POLICY_KEY, JSON.stringify({ tillNumbersDeclared: true }));
    };
    return { db, start, alter, clock };
  };

  it('leaves nothing going on of a start that it broke off', () => {
    const { start, alter, clock } = open();
    start();
    alter();
    const before = clock.waiting().length;
    expect(() => start(true)).toThrow('the power is cut here');
    expect(clock.waiting()).toHaveLength(before);
  });

  it('is not forgotten by a crash right after the new seals', () => {
    const { start, alter } = open();
    start();
    alter();
    expect(() => start(true)).toThrow('the power is cut here');
    const { link, settings } = start();
    expect(link.state.pauses.map(({ reason }) => reason)).toEqual(['manager']);
    expect(loadHostProfile(settings)).toEqual(unknownHost);
  });

  it('makes no new seals where its pause cannot be kept', () => {
    const { db, start, alter } = open();
    start();
    alter();
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON setting WHEN NEW.key = 'link.pauses'
      BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(() => start()).toThrow();
    db.exec('DROP TRIGGER full');
    const { recordsAtStart, link } = start();
    expect(recordsAtStart.problem()).toBe('broken');
    expect(link.state.pauses.map(({ reason }) => reason)).toEqual(['manager']);
    expect(start().recordsAtStart.problem()).toBeNull();
  });

  it('takes a member list that it emptied for one that was never read', () => {
    const { db, start } = open();
    const { settings } = start();
    const keys = ['directory.completedAtMs', 'directory.cursor', 'directory.pages'];
    for (const key of keys) settings.set(key, '7');
    db.exec(`INSERT INTO member (customer_uid, number, name, category_name, phone, balance, point, as_of_ms)
      VALUES ('7', 'A7', '', '', '', '999', '0', 1)`);
    const after = start();
    expect(db.prepare('SELECT customer_uid FROM member').all()).toEqual([]);
    expect(keys.map((key) => after.settings.get(key))).toEqual([null, null, null]);
    expect(start().recordsAtStart.problem()).toBeNull();
  });

  it('journals what was set back', () => {
    const { db, start, alter } = open();
    start();
    alter();
    start();
    const rows = db.prepare('SELECT reason, content FROM journal ORDER BY number DESC LIMIT 2').all() as {
      reason: string;
      content: string;
    }[];
    expect(rows.map(({ reason, content }) => ({ reason, content: JSON.parse(content) }))).toEqual([
      {
        reason: 'settings altered from outside',
        content: { tables: ['setting'], setBack: ['tillNumbersDeclared', HOST_PROFILE_KEY] },
      },
      { reason: 'policy', content: { tillNumbersDeclared: { before: true, after: false } } },
    ]);
  });
});
