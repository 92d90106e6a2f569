import { describe, expect, it } from 'vitest';
import { type HostProfile, unknownHost } from '../../main/hosts/host/host-profile.ts';
import type { MemberHost } from '../../main/hosts/port/member-host.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';
import { atTheTill } from '../kit/actors.ts';
import { exchangeFor } from '../kit/answers.ts';
import { openLoop, pass, settle, type TestLoop } from '../kit/loop.ts';
import { member } from '../kit/member.ts';

const of = (customerUid: string, balance: string) => ({
  ...{ ...member, customerUid, number: customerUid, name: `Member ${customerUid}` },
  ...{ balance: amount(balance), point: zeroAmount },
});

/** KYBIO says at once what each member holds. */
const holding = (sums: Readonly<Record<string, string>>): Pick<MemberHost, 'readByNumber'> => ({
  readByNumber: async (number) => ({
    exchange: exchangeFor('success', null),
    isAnswered: true,
    result: { ok: true, value: of(number, sums[number] ?? '0') },
  }),
});

interface World {
  readonly file?: string;
  readonly over?: Partial<MemberHost>;
  readonly profile?: HostProfile;
}

/** Without `over` the reading of a member is under way for as long as the test lasts. */
const open = (world: World = {}) => openLoop({ profile: unknownHost, ...world });

const know = (till: TestLoop, customerUid: string, balance: string) =>
  till.directory.keep(of(customerUid, balance), till.clock.nowMs(), true);

const waits = async (till: TestLoop, customerUid: string, sum: string) =>
  (await till.add(customerUid, { balanceIncrement: amount(sum), pointIncrement: zeroAmount })).id;

const start = async (till: TestLoop) => {
  till.loop.start();
  await settle();
};

describe('an entry of 10 that waits over several starts, of which one was copied and sent', () => {
  /** The baseline at each start, none of which brings a reading; what the member holds in the end. */
  async function startedOver(baselines: readonly string[], held: string): Promise<TestLoop> {
    const first = open();
    await waits(first, '1', '10');
    for (const [at, sum] of baselines.entries()) {
      const till = at === 0 ? first : open({ file: first.file });
      know(till, '1', sum);
      await start(till);
      void till.loop.stop(0);
    }
    const till = open({ file: first.file, over: holding({ '1': held }) });
    await start(till);
    return till;
  }

  it.each([
    ['the first', ['100'], '110'],
    ['the first, though the copy’s credit was read before the second', ['100', '110'], '110'],
    ['the second, after a purchase that was read', ['100', '90'], '100'],
    ['the second of three, though the copy’s credit was read before the third', ['100', '90', '100'], '100'],
  ])('%s is not sent again', async (_, baselines, held) => {
    const till = await startedOver(baselines, held);
    expect(till.states()).toEqual(['review']);
    expect(till.sent).toHaveLength(0);
  });

  it('is sent where nothing moved since any of them', async () => {
    const till = await startedOver(['100', '100', '100'], '100');
    expect(till.states()).toEqual(['sending']);
  });

  it('is not sent again either where the look of an earlier start let it go', async () => {
    const first = open({ over: holding({ '1': '90' }) });
    know(first, '1', '100');
    await waits(first, '1', '10');
    await start(first);
    await first.sends()[0]?.end('refused-connection');
    expect(first.states()).toEqual(['queued']);
    void first.loop.stop(0);
    const till = open({ file: first.file, over: holding({ '1': '100' }) });
    await start(till);
    await pass(till, 5_000, 1_000);
    expect(till.states()).toEqual(['review']);
    expect(till.sent).toHaveLength(0);
  });
});

describe('what was let go before another one was found to have been sent', () => {
  /** The first's sums decide nothing; the second was sent, and is checked after it. */
  async function letGo() {
    const till = open({ over: holding({ '1': '5', '2': '10' }) });
    for (const uid of ['1', '2']) know(till, uid, '0');
    const ids = [await waits(till, '1', '20'), await waits(till, '2', '10')] as const;
    await start(till);
    return { till, ids };
  }

  it('and was cancelled, stays so', async () => {
    const { till, ids } = await letGo();
    await till.sends()[0]?.end('refused-connection');
    expect(till.transitions.cancel(ids[0], atTheTill).ok).toBe(true);
    await pass(till, 300_000, 10_000);
    expect(till.states()).toEqual(['cancelled', 'review']);
  });
});

it('what the copy sent a moment ago is waited for once one was found, and looked at then', async () => {
  const held: Record<string, string> = { '1': '10', '2': '0', '3': '0' };
  const till = open({ over: holding(held) });
  for (const uid of ['1', '2', '3']) know(till, uid, '0');
  for (const uid of ['1', '2', '3']) await waits(till, uid, '10');
  await start(till);
  await pass(till, 120_000, 10_000);
  expect(till.states()).toEqual(['review', 'queued', 'queued']);
  held['2'] = '10';
  await pass(till, 150_000, 10_000);
  expect(till.states()).toEqual(['review', 'review', 'sending']);
  expect(till.sent).toHaveLength(1);
});
