import { expect, it } from 'vitest';
import type { CallPurpose } from '../../main/hosts/calls/call-budget.ts';
import { createCallMeter } from '../../main/hosts/calls/call-meter-repository.ts';
import { createLink } from '../../main/hosts/link/link.ts';
import type { Exchange, MemberHost } from '../../main/hosts/port/member-host.ts';
import { createRunInTransaction } from '../../main/kernel/database/run-in-transaction.ts';
import { noSeals } from '../../main/kernel/database/seals.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createMemberReader, type MemberReader } from '../../main/members/member-reader.ts';
import { amount } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const member = {
  ...{ customerUid: '7', number: 'A7', name: 'Mei', categoryName: 'Gold', phone: '', enable: 1 },
  ...{ balance: amount('50.00'), point: amount('3'), expiryDate: null },
};

const exchangeOf = (phase: Exchange['phase']): Exchange => ({
  ...{ phase, startedAtMs: 1, endedAtMs: 2, failure: null, response: null },
});

interface Beside {
  readonly wasErased?: (customerUid: string) => boolean;
  /** What happens while a call is under way. */
  readonly meanwhile?: () => unknown;
}

/** A reader whose every call by number ends as `answer` says. */
function openReader(
  answer: Awaited<ReturnType<MemberHost['readByNumber']>>,
  { wasErased = () => false, meanwhile = () => undefined }: Beside = {},
) {
  const till = openOutbox();
  const { db, clock, transitions } = till;
  const directory = createDirectoryRepository(db, noSeals, () => undefined, wasErased);
  const meter = createCallMeter(db, clock, 'Asia/Singapore');
  const readByNumber = async () => {
    meanwhile();
    return answer;
  };
  const readMembersPage = async () => {
    if (!answer.result.ok) return answer;
    return { ...answer, result: { ok: true, value: { rows: [answer.result.value], cursor: null } } };
  };
  const client = { readByNumber, readMembersPage } as unknown as MemberHost;
  const reader = createMemberReader({
    ...{
      directory,
      meter,
      clock,
      transitions,
      client: () => client,
      runInTransaction: createRunInTransaction(db),
    },
    link: createLink(createSettings(db), clock, realRandom, silentLogger),
    logger: silentLogger,
  });
  return { ...till, reader, directory, meter };
}

it('commits the count of a call together with what the call has brought', async () => {
  const { db, reader, directory, meter } = openReader({
    exchange: exchangeOf('answered'),
    isAnswered: true,
    result: { ok: true, value: member },
  });
  db.exec("CREATE TRIGGER refuses BEFORE INSERT ON member BEGIN SELECT RAISE(ABORT, 'no'); END");
  await expect(reader.byNumber('A7', 'look-up')).rejects.toThrow('no');
  expect(meter.usedToday()).toBe(0);
  db.exec('DROP TRIGGER refuses');
  expect(await reader.byNumber('A7', 'look-up')).toMatchObject({ ok: true, overlapsNoSend: true });
  expect(meter.usedToday()).toBe(1);
  expect(directory.baseline('7')).toMatchObject({ balance: '50.00' });
});

it('writes nothing of a call that reached nobody, so that a disk that refuses does not hide that', async () => {
  const { db, reader, meter } = openReader({
    exchange: exchangeOf('connecting'),
    isAnswered: false,
    result: { ok: false, error: { kind: 'not-connected', cause: 'not-sent', pause: null, messages: [] } },
  });
  db.pragma('query_only = ON');
  expect(await reader.byNumber('A7', 'look-up')).toMatchObject({ ok: false });
  expect(meter.usedToday()).toBe(0);
});

it.each<[string, boolean, CallPurpose, boolean]>([
  ['erased before is looked up', true, 'look-up', true],
  ['erased before is read by the till for itself', true, 'probe', false],
  ['is erased while they are looked up', false, 'look-up', false],
  ['is erased while what is known is refreshed', false, 'refresh', false],
])('keeps who comes again, and not who only %s', async (_, isBefore, purpose, isKept) => {
  const erased = new Set<string>();
  const erase = () => {
    erased.add(member.customerUid);
    till.directory.forgetMember(member.customerUid);
  };
  const till = openReader(
    { exchange: exchangeOf('answered'), isAnswered: true, result: { ok: true, value: member } },
    { wasErased: (uid) => erased.has(uid), meanwhile: () => isBefore || erase() },
  );
  till.directory.keep(member, till.clock.nowMs(), true);
  if (isBefore) erase();
  await till.reader.byNumber('A7', purpose);
  expect(till.directory.byNumber('A7')).toHaveLength(isKept ? 1 : 0);
});

it('says that a reading overlapped a send, of who was erased as of anybody', async () => {
  const till = openReader(
    { exchange: exchangeOf('answered'), isAnswered: true, result: { ok: true, value: member } },
    { wasErased: () => true, meanwhile: () => till.attempt(till.add({ customerUid: '7' }).id, 'applied') },
  );
  expect(await till.reader.byNumber('A7', 'probe')).toMatchObject({ ok: true, overlapsNoSend: false });
  expect(till.directory.byUid('7')).toBeNull();
});

it.each([
  ['their send that ended before', 'before', true],
  ['their send that is under way', 'under way', false],
  ['their send that begins meanwhile', 'meanwhile', false],
  ["another's that is under way", 'of another', true],
] as const)('a reading of who was erased is evidence or none beside %s', async (_, sent, isEvidence) => {
  const send = (customerUid = '7') => till.begin(till.add({ customerUid }).id);
  const till = openReader(
    { exchange: exchangeOf('answered'), isAnswered: true, result: { ok: true, value: member } },
    { wasErased: () => true, meanwhile: () => sent === 'meanwhile' && send() },
  );
  if (sent === 'before') till.attempt(till.add({ customerUid: '7' }).id, 'unknown');
  if (sent === 'under way') send();
  if (sent === 'of another') send('8');
  expect(await till.reader.byNumber('A7', 'probe')).toMatchObject({ overlapsNoSend: isEvidence });
  expect(till.directory.byUid('7')).toBeNull();
});

it.each([
  ['reading', (reader: MemberReader) => reader.byNumber('A7', 'probe')],
  ['list', (reader: MemberReader) => reader.page(null)],
])('a %s says of who was erased that their card is nobody else’s any more', async (_, read) => {
  const till = openReader(
    { exchange: exchangeOf('answered'), isAnswered: true, result: { ok: true, value: member } },
    { wasErased: (uid) => uid === '7' },
  );
  till.directory.keep({ ...member, customerUid: '8', name: 'Ben' }, till.clock.nowMs(), true);
  await read(till.reader);
  expect(till.directory.byNumber('A7')).toEqual([]);
  expect(till.directory.byUid('8')).toMatchObject({ name: 'Ben', number: '' });
  expect(till.directory.byUid('7')).toBeNull();
});
