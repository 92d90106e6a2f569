import { expect, it } from 'vitest';
import { createCallMeter } from '../../../main/hosts/calls/call-meter-repository.ts';
import { forgetAccount } from '../../../main/kernel/database/account-change.ts';
import { createSeals } from '../../../main/kernel/database/seals.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createDirectoryRepository } from '../../../main/members/directory-repository.ts';
import { createEvidenceRepository } from '../../../main/sending/evidence-repository.ts';
import { amount } from '../../../preload/contract/index.ts';
import { journalKey, openOutbox } from '../../kit/outbox.ts';

const member = {
  ...{ customerUid: '7', number: 'A7', name: 'Mei', categoryName: 'Gold', phone: '', enable: 1 },
  ...{ balance: amount('50.00'), point: amount('3'), expiryDate: null },
};

function openSealed() {
  const till = openOutbox();
  const seals = createSeals(till.db, journalKey);
  seals.make();
  return {
    ...{ ...till, seals },
    settings: createSettings(till.db, seals),
    directory: createDirectoryRepository(till.db, seals),
    meter: createCallMeter(till.db, till.clock, 'Asia/Singapore', seals),
    evidence: createEvidenceRepository(till.db, seals),
  };
}

type Sealed = ReturnType<typeof openSealed>;

/** Every way in which the till itself writes a sealed row, changes it, finds none, or takes it out. */
const writes: Readonly<Record<string, (till: Sealed) => void>> = {
  'a setting': ({ settings }) => settings.set('a', '1'),
  'a setting anew': ({ settings }) => ['1', '2'].forEach((value) => void settings.set('a', value)),
  'a setting taken out': ({ settings }) => {
    settings.set('a', '1');
    settings.remove('a');
  },
  'a setting that is not there, taken out': ({ settings }) => settings.remove('a'),
  'a member': ({ directory }) => directory.keep(member, 1, true),
  'members read anew': ({ directory }) => {
    directory.keepAll([{ member, isBaseline: true }], 1);
    directory.keepAll([{ member: { ...member, balance: amount('60.00') }, isBaseline: false }], 2);
  },
  'the sums of a member': ({ directory }) => {
    directory.keep(member, 1, true);
    directory.keepSums('7', amount('70'), amount('4'), 2);
  },
  'the sums of nobody': ({ directory }) => directory.keepSums('8', amount('70'), amount('4'), 2),
  'a baseline forgotten': ({ directory }) => {
    directory.keep(member, 1, true);
    directory.forgetBaseline('7');
  },
  'all baselines forgotten': ({ directory }) => {
    directory.keep(member, 1, true);
    directory.keep({ ...member, customerUid: '8', number: 'A8' }, 1, false);
    directory.forgetBaselines();
  },
  'an account left for another': ({ db, directory, settings, seals }) => {
    directory.keep(member, 1, true);
    settings.set('directory.cursor', 'next');
    forgetAccount(db, settings, seals);
  },
  'calls counted': ({ meter }) => [1, 2, 3].forEach(() => void meter.count('probe')),
  'evidence gathered twice': ({ evidence, add }) => {
    const { id } = add();
    for (const at of [1, 2]) evidence.keep(id, at, { readings: [at] });
  },
};

it.each(Object.entries(writes))('fit %s', (_, write) => {
  const till = openSealed();
  write(till);
  expect(till.seals.altered()).toEqual([]);
});

it.each(Object.entries(writes))('fit %s after the same was rolled back', (_, write) => {
  const till = openSealed();
  const undone = till.db.transaction(() => {
    write(till);
    throw new Error('undone');
  });
  expect(() => undone.immediate()).toThrow('undone');
  expect(till.seals.altered()).toEqual([]);
  write(till);
  expect(till.seals.altered()).toEqual([]);
});

it('do not take in what somebody else has written meanwhile', () => {
  const till = openSealed();
  till.directory.keep(member, 1, true);
  till.db.prepare("UPDATE member SET phone = '91234567'").run();
  till.directory.keepSums('7', amount('70'), amount('4'), 2);
  till.meter.count('probe');
  expect(till.seals.altered()).toEqual(['member']);
});
