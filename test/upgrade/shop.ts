import type { Transport, WireRequest } from '../../main/hosts/kybio/transport.ts';
import type { Exchange } from '../../main/hosts/port/member-host.ts';
import { openLedgerFile } from '../../main/hosts/practice/ledger-file.ts';
import { practiceMembers } from '../../main/hosts/practice/members.ts';
import { words } from '../../main/hosts/practice/words.ts';
import { amount } from '../../preload/contract/index.ts';
import { createTestClock, type TestClock } from '../kit/clock.ts';
import { createHostAtHand } from '../torture/support/host-at-hand.ts';
import { tortureMembers } from '../torture/support/members.ts';

export const appId = 'APP-OF-THE-UPGRADED-TILL';

/** Nobody's: it only guards what lies in these folders. */
export const keys = {
  ...{ appKey: 'KEY-OF-THE-UPGRADED-TILL', pinPepper: Buffer.alloc(32, 7), journalKey: Buffer.alloc(32, 9) },
  lostJournalKey: Buffer.alloc(32, 8),
};

/** The one on whom the check-up tries things: nothing is on it. */
export const testMember = {
  ...(practiceMembers[0] as (typeof practiceMembers)[number]),
  ...{ customerUid: '231607639459999999', number: '8008019999', name: 'Test Member', phone: '' },
  ...{ balance: '0.00', point: '0', enable: 1, expiryDate: null },
};

export const members = tortureMembers.slice(0, 24);

/** What becomes of an increment on its way. */
export type Fate = 'answered' | 'refused' | 'lost-before' | 'lost-after' | 'hangs-before' | 'hangs-after';

/** A shop's KYBIO, which remembers in a file, on a clock in the test's hand. */
export interface Shop {
  readonly clock: TestClock;
  readonly transport: Transport;
  /** From now on; `offline` reaches every call, the others increments alone. */
  setFate(fate: Fate | 'offline' | ((increment: number) => Fate)): void;
  /** Increments that hang. */
  hanging(): number;
  /** Every increment that was applied to a customer, in one line each, oldest first. */
  applied(): readonly string[];
}

/** What an increment is at KYBIO, in one line. */
export const lineOf = (of: {
  readonly customerUid: string;
  readonly balanceIncrement: string;
  readonly pointIncrement: string;
  readonly dataChangeTime: string;
}): string =>
  `${of.customerUid} ${amount(of.balanceIncrement)} ${amount(of.pointIncrement)} ${of.dataChangeTime}`;

export function openShop(ledgerFile: string, nowMs: number): Shop {
  const clock = createTestClock(nowMs);
  const host = createHostAtHand([...members, testMember], appId, keys.appKey, '/kybio', {
    ...{ clock, file: openLedgerFile(ledgerFile) },
    profile: { refusesDuplicates: true, keepsRechargeLog: true, logCarriesDataChangeTime: true },
  });
  let fateOf: (increment: number) => Fate | 'offline' = () => 'answered';
  let [increments, hanging] = [0, 0];

  const without = (failure: Exchange['failure'], phase: Exchange['phase']): Exchange => ({
    ...{ phase, reusedSocket: false, startedAtMs: clock.nowMs(), endedAtMs: clock.nowMs(), failure },
    response: null,
  });
  const refused = (answered: Exchange): Exchange => {
    const text = JSON.stringify({ status: 'error', messages: [words.balanceInsufficient], errorCode: 1032 });
    const { response } = answered;
    return response === null
      ? answered
      : { ...answered, response: { ...response, body: Buffer.from(text, 'utf8') } };
  };
  const exchange = async (request: WireRequest): Promise<Exchange> => {
    const isIncrement = request.url.endsWith('updateBalancePointByIncrement');
    if (isIncrement) increments += 1;
    const fate = fateOf(increments);
    if (fate === 'offline')
      return without({ kind: 'connection-refused', code: 'ECONNREFUSED' }, 'connecting');
    if (!isIncrement || fate === 'answered') return host.transport.exchange(request);
    // Refused: what an honest host says is heard with other words, and nothing was applied.
    if (fate === 'refused') return refused(await host.transport.exchange({ ...request, signature: 'none' }));
    if (fate.endsWith('-after')) await host.transport.exchange(request);
    if (fate.startsWith('lost')) return without({ kind: 'reset', code: 'ECONNRESET' }, 'sent');
    hanging += 1;
    return new Promise(() => undefined);
  };

  return {
    clock,
    transport: { ...host.transport, exchange },
    setFate: (fate) => {
      increments = 0;
      fateOf = typeof fate === 'function' ? fate : () => fate;
    },
    hanging: () => hanging,
    applied: () =>
      host
        .increments()
        .filter(({ customerUid }) => customerUid !== testMember.customerUid)
        .map(lineOf),
  };
}
