import { expect, it } from 'vitest';
import { createSettings } from '../../main/database/settings-repository.ts';
import { createTogether } from '../../main/database/together.ts';
import type { Exchange, KybioClient } from '../../main/kybio/types.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createMemberReader } from '../../main/members/member-reader.ts';
import { createCallMeter } from '../../main/sync/call-meter-repository.ts';
import { createLink } from '../../main/sync/link.ts';
import { amount } from '../../preload/contract/index.ts';
import { openOutbox } from '../outbox/support.ts';
import { realRandom } from '../support/practice-store.ts';
import { silentLogger } from '../support/till.ts';

const member = {
  ...{ customerUid: '7', number: 'A7', name: 'Mei', categoryName: 'Gold', phone: '', enable: 1 },
  ...{ balance: amount('50.00'), point: amount('3'), expiryDate: null },
};

const exchangeOf = (phase: Exchange['phase']): Exchange => ({
  ...{ phase, reusedSocket: false, startedAtMs: 1, endedAtMs: 2, failure: null, response: null },
});

/** A reader whose every call by number ends as `answer` says. */
function openReader(answer: Awaited<ReturnType<KybioClient['queryByNumber']>>) {
  const till = openOutbox();
  const { db, clock, transitions } = till;
  const directory = createDirectoryRepository(db);
  const meter = createCallMeter(db, clock, 'Asia/Singapore');
  const client = { queryByNumber: async () => answer } as unknown as KybioClient;
  const reader = createMemberReader({
    ...{ directory, meter, clock, transitions, client: () => client, together: createTogether(db) },
    settings: createSettings(db),
    link: createLink(createSettings(db), clock, realRandom, silentLogger),
    logger: silentLogger,
  });
  return { db, reader, directory, meter };
}

it('commits the count of a call together with what the call has brought', async () => {
  const { db, reader, directory, meter } = openReader({
    exchange: exchangeOf('answered'),
    result: { ok: true, value: member },
  });
  db.exec("CREATE TRIGGER refuses BEFORE INSERT ON member BEGIN SELECT RAISE(ABORT, 'no'); END");
  await expect(reader.byNumber('A7', 'look-up')).rejects.toThrow('no');
  expect(meter.usedToday()).toBe(0);
  db.exec('DROP TRIGGER refuses');
  expect(await reader.byNumber('A7', 'look-up')).toMatchObject({ ok: true, quiet: true });
  expect(meter.usedToday()).toBe(1);
  expect(directory.baseline('7')).toMatchObject({ balance: '50.00' });
});

it('writes nothing of a call that reached nobody, so that a disk that refuses does not hide that', async () => {
  const { db, reader, meter } = openReader({
    exchange: exchangeOf('connecting'),
    result: { ok: false, error: { kind: 'not-connected', cause: 'not-sent', pause: null, messages: [] } },
  });
  db.pragma('query_only = ON');
  expect(await reader.byNumber('A7', 'look-up')).toMatchObject({ ok: false });
  expect(meter.usedToday()).toBe(0);
});
