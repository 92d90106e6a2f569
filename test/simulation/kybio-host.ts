import { createHash } from 'node:crypto';
import type { ReplyTime } from '../../main/hosts/practice/types.ts';
import { storeTime } from '../../main/kernel/store-time.ts';
import { decimal, hundredths } from './decimals.ts';

/** What is true of the simulated host, whatever the till takes to be true. */
export interface HostTruth {
  readonly refusesDuplicates: boolean;
  /** Null = increments by API do not appear in the recharge log. */
  readonly log: {
    readonly carriesOurTime: boolean;
    readonly delayMs: number;
    /** Points-only increments make rows too. */
    readonly awards: boolean;
  } | null;
  /** The `dataChangeTime` of its replies: ours, its own second, that one off, that of another zone, or none. */
  readonly replyTime: ReplyTime;
  /** Replies say nothing of a part that was not moved. */
  readonly isSilentOfUnmoved: boolean;
}

export interface HostMember {
  readonly customerUid: string;
  readonly number: string;
  readonly name: string;
  readonly initialBalance: number;
  readonly initialPoint: number;
  balance: number;
  point: number;
}

interface LogRow {
  readonly amount: number;
  readonly datetime: string;
  readonly visibleAtMs: number;
}

/** An increment as the host has it, by what identifies it: whose, and its `dataChangeTime`. */
export interface AppliedIncrement {
  times: number;
  readonly balance: number;
  readonly point: number;
  /** Among all that were applied, in order. */
  readonly order: number;
}

export interface HostAnswer {
  readonly json: string;
  readonly applied: boolean;
}

/** One account of a simulated KYBIO: members, sums, log, and what was applied how often. */
export interface KybioHost {
  readonly members: readonly HostMember[];
  readonly applied: ReadonlyMap<string, AppliedIncrement>;
  appKey: string;
  increment(body: string, signature: string): HostAnswer;
  /** Any read, by its method's name. */
  read(method: string, body: string, signature: string): string;
  /** Another writer at work. */
  change(customerUid: string, balance: number, point: number, logged: boolean): void;
  member(customerUid: string): HostMember | undefined;
  /** What other writers have added to a member's sums. */
  othersOf(customerUid: string): { balance: number; point: number };
  /** Another till applies another amount under a second that is free, and has it from then on. */
  takeSecond(customerUid: string, dataChangeTime: string, balance: number): void;
  doubled(): number;
}

export const keyOf = (customerUid: string, dataChangeTime: string): string =>
  `${customerUid}|${dataChangeTime}`;

const shape =
  /"appId":"([^"]*)","customerUid":(-?\d+),"balanceIncrement":(-?[\d.]+),"pointIncrement":(-?[\d.]+),"dataChangeTime":"([^"]+)"/;

export const errorJson = (words: string): string =>
  JSON.stringify({ status: 'error', messages: [words], errorCode: 1, data: null });

const successJson = (data: string): string => `{"status":"success","messages":["OK"],"data":${data}}`;

export interface HostOptions {
  readonly truth: HostTruth;
  readonly appKey: string;
  readonly members: readonly HostMember[];
  readonly unixMs: () => number;
  readonly storeTimeZone: string;
}

export function createKybioHost(options: HostOptions): KybioHost {
  const { truth, members, unixMs, storeTimeZone } = options;
  const byUid = new Map(members.map((member) => [member.customerUid, member]));
  const byNumber = new Map(members.map((member) => [member.number, member]));
  const applied = new Map<string, AppliedIncrement>();
  const log = new Map<string, LogRow[]>();
  const others = new Map<string, { balance: number; point: number }>();
  let appKey = options.appKey;
  let doubled = 0;

  const signed = (body: string, signature: string): boolean =>
    createHash('md5')
      .update(appKey + body, 'utf8')
      .digest('hex')
      .toUpperCase() === signature;

  const taken = new Set<string>();
  const addOthers = (customerUid: string, balance: number, point: number) => {
    const sum = others.get(customerUid) ?? { balance: 0, point: 0 };
    others.set(customerUid, { balance: sum.balance + balance, point: sum.point + point });
  };

  const addRow = (customerUid: string, amount: number, datetime: string, delayMs: number) => {
    const rows = log.get(customerUid) ?? [];
    rows.push({ amount, datetime, visibleAtMs: unixMs() + delayMs });
    log.set(customerUid, rows);
  };

  const apply = (member: HostMember, balance: number, point: number, dataChangeTime: string): string => {
    const before = { balance: member.balance, point: member.point };
    member.balance += balance;
    member.point += point;
    const key = keyOf(member.customerUid, dataChangeTime);
    const known = applied.get(key);
    if (known === undefined) applied.set(key, { times: 1, balance, point, order: applied.size });
    else {
      known.times += 1;
      doubled += 1;
    }
    if (truth.log !== null && (balance !== 0 || truth.log.awards)) {
      const datetime = truth.log.carriesOurTime ? dataChangeTime : storeTime(unixMs(), storeTimeZone);
      addRow(member.customerUid, balance, datetime, truth.log.delayMs);
    }
    const parts = [
      partJson('balance', before.balance, balance),
      partJson('point', before.point, point),
      timesJson(dataChangeTime),
    ];
    return successJson(`{"customerUid":${[member.customerUid, ...parts].filter(Boolean).join(',')}}`);
  };

  const partJson = (name: string, before: number, increment: number): string =>
    truth.isSilentOfUnmoved && increment === 0
      ? ''
      : `"${name}BeforeUpdate":${decimal(before)},"${name}AfterUpdate":${decimal(before + increment)},"${name}Increment":${decimal(increment)}`;

  const timesJson = (ours: string): string => {
    const second = {
      ...{ echo: () => ours, own: () => storeTime(unixMs(), storeTimeZone) },
      'one-off': () => storeTime(unixMs() + 1_000, storeTimeZone),
      'other-zone': () => storeTime(unixMs() - 8 * 3_600_000, storeTimeZone),
      none: () => null,
    }[truth.replyTime]();
    return second === null ? '' : `"dataChangeTime":"${second}","updateCustomerTime":"${second}"`;
  };

  const memberJson = (member: HostMember): string =>
    `{"customerUid":${member.customerUid},"number":"${member.number}","name":"${member.name}","categoryName":"","phone":"","balance":${decimal(member.balance)},"point":${decimal(member.point)},"enable":1,"expiryDate":null}`;

  const logJson = (customerUid: string): string =>
    (log.get(customerUid) ?? [])
      .filter((row) => row.visibleAtMs <= unixMs())
      .map(
        (row) =>
          `{"uid":1,"customerUid":${customerUid},"rechargeMoney":${decimal(row.amount)},"giftMoney":0,"datetime":"${row.datetime}"}`,
      )
      .join(',');

  return {
    members,
    applied,
    get appKey() {
      return appKey;
    },
    set appKey(key) {
      appKey = key;
    },
    increment: (body, signature) => {
      if (!signed(body, signature)) return { json: errorJson('签名错误'), applied: false };
      const [, , customerUid = '', balance = '0', point = '0', dataChangeTime = ''] = shape.exec(body) ?? [];
      const member = byUid.get(customerUid);
      if (member === undefined) return { json: errorJson('Customer does not exist'), applied: false };
      const key = keyOf(customerUid, dataChangeTime);
      if (truth.refusesDuplicates && (applied.has(key) || taken.has(key)))
        return { json: errorJson('重复提交修改'), applied: false };
      return { json: apply(member, hundredths(balance), hundredths(point), dataChangeTime), applied: true };
    },
    read: (method, body, signature) => {
      if (!signed(body, signature)) return errorJson('签名错误');
      if (method === 'queryCustomerPages')
        return successJson(`{"pageSize":100,"result":[${members.map(memberJson).join(',')}]}`);
      const uid = /"customerUid":(\d+)/.exec(body)?.[1] ?? '';
      if (method === 'queryCustomerRechargeLog') return successJson(`[${logJson(uid)}]`);
      if (method === 'queryAllRechargeLogs') {
        const rows = [...log.keys()].map(logJson).filter((text) => text !== '');
        return successJson(`{"pageSize":10000,"result":[${rows.join(',')}]}`);
      }
      const number = /"customerNum":"([^"]*)"/.exec(body)?.[1] ?? '';
      const member = method === 'queryByUid' ? byUid.get(uid) : byNumber.get(number);
      return member === undefined ? errorJson('Customer does not exist') : successJson(memberJson(member));
    },
    change: (customerUid, balance, point, logged) => {
      const member = byUid.get(customerUid);
      if (member === undefined) return;
      member.balance += balance;
      member.point += point;
      addOthers(customerUid, balance, point);
      // Another till's second: tills of a store take different residues, ours takes the even ones.
      const second = storeTime(Math.floor(unixMs() / 2_000) * 2_000 - 1_000, storeTimeZone);
      if (logged && truth.log !== null) addRow(customerUid, balance, second, truth.log.delayMs);
    },
    takeSecond: (customerUid, dataChangeTime, balance) => {
      const member = byUid.get(customerUid);
      const key = keyOf(customerUid, dataChangeTime);
      if (member === undefined || applied.has(key) || taken.has(key)) return;
      taken.add(key);
      addOthers(customerUid, balance, 0);
      member.balance += balance;
      const datetime =
        truth.log?.carriesOurTime === true ? dataChangeTime : storeTime(unixMs(), storeTimeZone);
      if (truth.log !== null) addRow(customerUid, balance, datetime, truth.log.delayMs);
    },
    member: (customerUid) => byUid.get(customerUid),
    othersOf: (customerUid) => others.get(customerUid) ?? { balance: 0, point: 0 },
    doubled: () => doubled,
  };
}
