import { type Amount, zeroAmount } from '../../../preload/contract/index.ts';
import type { HostLogRow } from '../port/member-host.ts';
import type { Parsed } from './read.ts';
import { fieldOf, isAbsent, isJsonObject, readAmount, readText, readUid } from './values.ts';

const moneyOf = (value: unknown): Amount | null => (isAbsent(value) ? zeroAmount : readAmount(value));

/** Parses one row of the recharge log. */
export function parseRechargeRow(data: unknown): Parsed<HostLogRow> {
  if (!isJsonObject(data)) return { kind: 'unreadable' };
  const rechargeMoney = readAmount(fieldOf(data, 'rechargeMoney'));
  const giftMoney = moneyOf(fieldOf(data, 'giftMoney'));
  const datetime = readText(fieldOf(data, 'datetime'), 40);
  if (rechargeMoney === null || giftMoney === null || datetime === '') return { kind: 'unreadable' };
  return {
    kind: 'value',
    value: {
      uid: readUid(fieldOf(data, 'uid')),
      customerUid: readUid(fieldOf(data, 'customerUid')),
      rechargeMoney,
      giftMoney,
      datetime,
      payMethod: readText(fieldOf(data, 'payMethod'), 100),
      rechargeStoreAccount: readText(fieldOf(data, 'rechargeStoreAccount'), 100),
      customerMoneyAfterRecharge: readAmount(fieldOf(data, 'customerMoneyAfterRecharge')),
      remark: readText(fieldOf(data, 'remark'), 200),
    },
  };
}

/** Parses a member's whole log; empty where there is none. One unreadable row makes it unreadable, since it is evidence. */
export function parseRechargeLog(data: unknown): Parsed<readonly HostLogRow[]> {
  if (data === null || data === undefined) return { kind: 'value', value: [] };
  if (!Array.isArray(data)) return { kind: 'unreadable' };
  const rows: HostLogRow[] = [];
  for (const item of data) {
    const parsed = parseRechargeRow(item);
    if (parsed.kind !== 'value') return { kind: 'unreadable' };
    rows.push(parsed.value);
  }
  return { kind: 'value', value: rows };
}
