import { describe, expect, it } from 'vitest';
import { unknownHost } from '../../main/hosts/host/host-profile.ts';
import { noBackoff } from '../../main/hosts/link/backoff.ts';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';
import { member } from '../kit/member.ts';
import {
  answerLookUps,
  badGateway,
  brokenBackEnd,
  brokenRecord,
  noAnswerInTime,
  recordOf,
} from '../kit/reads.ts';

type LookUps = ReturnType<typeof answerLookUps>;

/** A till on a host that is not known: a reading goes before each send. Member 1 has card 1, and so on. */
async function openReading({ over }: Pick<LookUps, 'over'>): Promise<TestLoop> {
  const till = openLoop({ over, profile: unknownHost });
  for (const uid of ['1', '2', '3'])
    till.directory.keep({ ...member, customerUid: uid, number: uid }, 1, false);
  till.loop.start();
  await settle();
  return till;
}

const record = (what: string) => recordOf(what, what);
const sentTo = (till: TestLoop) => till.sent.map(({ call }) => call.fields?.customerUid);

/** Time passes, and every increment is answered within a second. */
async function passAndAnswer(till: TestLoop, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await pass(till, 900, 300);
    till.clock.pass(100);
    for (const send of [...till.sends()]) await send.end('success');
  }
}

describe('a member of whom KYBIO brings nothing', () => {
  it('whose record cannot be read is sent without a reading', async () => {
    const { asked, over } = answerLookUps((what) => (what === '1' ? brokenRecord : record(what)));
    const till = await openReading({ over });
    await till.add('1');
    expect(till.states()).toEqual(['sending']);
    expect(till.link.state.reach).toBe('online');
    expect(asked).toEqual(['1']);
  });

  it.each([
    ['words of a broken back end', brokenBackEnd],
    ['no answer in time', noAnswerInTime],
    ['a gateway’s page', badGateway],
  ])('but %s, holds nobody, and goes without a reading after the second time', async (_, bad) => {
    const { asked, over } = answerLookUps((what) => (what === '1' ? bad : record(what)));
    const till = await openReading({ over });
    for (const uid of ['1', '1', '2', '3']) await till.add(uid);
    await passAndAnswer(till, 120);
    expect(new Set(sentTo(till))).toEqual(new Set(['1', '2', '3']));
    expect(sentTo(till)).toHaveLength(4);
    // Twice before it is sent, and as a probe.
    expect(asked.filter((what) => what === '1').length).toBeLessThanOrEqual(4);
    expect(till.states()).toEqual(['confirmed', 'confirmed', 'confirmed', 'confirmed']);
  });
});

it('nothing is sent without a reading while KYBIO answers nobody, however long that is', async () => {
  let isAway = true;
  const { over } = answerLookUps((what) => (isAway ? noAnswerInTime : record(what)));
  const till = await openReading({ over });
  await till.add('1');
  await till.add('2');
  await pass(till, 3_600_000, 5_000);
  expect(till.sent).toEqual([]);
  isAway = false;
  await pass(till, 120_000, 1_000);
  await till.sends()[0]?.end('success');
  expect(till.states().sort()).toEqual(['confirmed', 'sending']);
});

it('a reading that was lost once is made again as soon as KYBIO answers', async () => {
  let lost = 1;
  const { asked, over } = answerLookUps((what) => {
    lost -= 1;
    return lost < 0 ? record(what) : noAnswerInTime;
  });
  const till = await openReading({ over });
  await till.add('1');
  await pass(till, 5_000, 500);
  expect(asked).toEqual(['1', '1']);
  expect(till.states()).toEqual(['sending']);
});

it('bytes that were altered while the reading was under way are not sent', async () => {
  let alter = (): void => undefined;
  const { over } = answerLookUps((what) => {
    if (what === '1') alter();
    return record(what);
  });
  const till = await openReading({ over });
  alter = () => {
    const triggers = till.db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
    for (const trigger of triggers) till.db.exec(`DROP TRIGGER "${String(trigger)}"`);
    till.db.exec(`UPDATE journal SET content = (SELECT content FROM journal WHERE entry = 1 AND event = 'added')
      WHERE entry = 2 AND event = 'added'`);
    alter = () => undefined;
  };
  till.link.update((state, at) => withPause(state, 'contradiction', '', at.nowMs));
  await till.add('2');
  await till.add('1');
  till.link.update((state) => ({ ...state, pauses: [], backoff: noBackoff }));
  till.loop.hurry();
  await settle();
  await till.sends()[0]?.end('success');
  expect(sentTo(till)).toEqual(['2']);
  expect(till.states()).toEqual(['confirmed', 'review']);
});
