import { addExactly } from './exact.ts';
import type { LedgerFile } from './ledger-file.ts';
import type { BackOffice, LedgerIncrement, LedgerMember } from './types.ts';

/** An increment as asked for, before it is applied. */
export interface IncrementOrder {
  readonly callNumber: number;
  readonly customerUid: string;
  readonly balanceIncrement: string;
  readonly pointIncrement: string;
  readonly dataChangeTime: string;
  readonly atMs: number;
  readonly backOffice?: BackOffice;
}

/** The host's own ledger. Memory changes only after the file. */
export interface Ledger {
  find(customerUid: string): LedgerMember | undefined;
  members(): readonly LedgerMember[];
  increments(): readonly LedgerIncrement[];
  /** The result of `order` with sums truncated to `decimals`; changes nothing. */
  preview(order: IncrementOrder, decimals: number): LedgerIncrement;
  apply(increment: LedgerIncrement): void;
  /** Throws for an unknown id. */
  setMember(customerUid: string, change: Partial<LedgerMember>): void;
}

export function createLedger(members: readonly LedgerMember[], file: LedgerFile): Ledger {
  const byUid = new Map(members.map((member) => [member.customerUid, member]));
  const increments: LedgerIncrement[] = [];

  function known(customerUid: string): LedgerMember {
    const member = byUid.get(customerUid);
    if (member === undefined) throw new RangeError(`no member ${customerUid} in the practice store`);
    return member;
  }

  function remember(increment: LedgerIncrement): void {
    increments.push(increment);
    const member = byUid.get(increment.customerUid);
    if (member === undefined) return;
    byUid.set(member.customerUid, {
      ...member,
      balance: increment.balanceAfter,
      point: increment.pointAfter,
    });
  }

  for (const record of file.records) {
    if (record.kind === 'increment') remember(record.increment);
    if (record.kind === 'member') byUid.set(record.member.customerUid, record.member);
  }

  return {
    find: (customerUid) => byUid.get(customerUid),
    members: () => [...byUid.values()],
    increments: () => [...increments],
    preview(order, decimals) {
      const member = known(order.customerUid);
      return {
        ...order,
        balanceBefore: member.balance,
        balanceAfter: addExactly(member.balance, order.balanceIncrement, decimals),
        pointBefore: member.point,
        pointAfter: addExactly(member.point, order.pointIncrement, decimals),
      };
    },
    apply(increment) {
      file.append({ kind: 'increment', increment });
      remember(increment);
    },
    setMember(customerUid, change) {
      const member = { ...known(customerUid), ...change, customerUid };
      // Refuses what is no plain decimal before it can reach a reply.
      addExactly(member.balance, member.point);
      file.append({ kind: 'member', member });
      byUid.set(customerUid, member);
    },
  };
}
