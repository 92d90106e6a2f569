import type { Actor } from '../../../main/kernel/actor.ts';
import { noTerms } from '../../../main/ledger/tables/fact-columns.ts';
import { type Amount, addAmounts, amount, zeroAmount } from '../../../preload/contract/index.ts';
import { confirm } from '../../bench/filled-till.ts';
import { realRandom } from '../../kit/practice-store.ts';
import type { ShiftTill } from './support.ts';

/** One entry of many, as the outbox takes it. */
export interface Filling {
  readonly principal: Amount;
  readonly bonus: Amount;
  readonly tender: string;
  readonly cashier: string;
  readonly memberName: string;
  readonly isConfirmed: boolean;
}

const members = 400;

/** Written by the outbox's own code in one commit, which is a thousand times as quick as one by one; as `confirm` of the benches. */
export function fill({ driven }: ShiftTill, entries: readonly Filling[]): void {
  const { session } = driven.till;
  const signer = session.hosts.account.signer();
  if (signer === null) throw new Error('no key');
  session.kernel.runInTransaction(() => {
    for (const [at, entry] of entries.entries()) {
      // Another second for each of one member.
      if (at % members === 0) driven.clock.set(driven.clock.nowMs() + 1_000);
      const added = session.ledger.outbox.add(
        {
          requestId: realRandom.uuid(),
          kind: 'top-up',
          customerUid: String(700_000_000_000_000n + BigInt(at % members)),
          customerNumber: String(9_000_000 + (at % members)),
          customerName: entry.memberName,
          balanceIncrement: addAmounts(entry.principal, entry.bonus),
          pointIncrement: zeroAmount,
          actor: entry.cashier,
          personId: null,
          note: '',
          corrects: null,
          terms: { ...noTerms, tender: entry.tender, bonus: entry.bonus },
        },
        signer.sign,
      );
      if (!added.ok) throw new Error(added.error.code);
      if (entry.isConfirmed) confirm(session, added.value.id);
    }
  });
}

const tenders = ['cash', 'card', 'qr', 'transfer', 'own:礼品卡', 'own:Voucher'];

/** Names as long as KYBIO has them, in letters of three bytes. */
export const longName = (at: number): string => `${'陈美玲与她全家的储值卡'.repeat(20)}${at}`.slice(0, 200);

/** Entries of sixty cashiers by all tenders; the last ones are not settled. */
export const many = (entries: number, unsettled: number): Filling[] =>
  Array.from({ length: entries }, (_, at) => ({
    principal: amount(`${1 + (at % 97)}.${String(at % 100).padStart(2, '0')}`),
    bonus: at % 5 === 0 ? amount('0.5') : zeroAmount,
    tender: tenders[at % tenders.length] ?? 'cash',
    cashier: `收银员 ${at % 60}`,
    memberName: longName(at),
    isConfirmed: at < entries - unsettled,
  }));

export const boss: Actor = { role: 'manager', person: 'Boss' };
