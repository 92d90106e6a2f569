import { createHash } from 'node:crypto';
import { type Answer, refuse, succeed, writeAmount, writeId } from './answer.ts';
import type { Host } from './host-now.ts';
import { isBlank } from './increment.ts';
import { page } from './pages.ts';
import { type Body, readFields } from './request.ts';
import type { LedgerMember } from './types.ts';
import { words } from './words.ts';

const discounts: Readonly<Record<string, number>> = { Gold: 95, Platinum: 90 };

function blankRecord(host: Host, member: LedgerMember): unknown {
  const zero = writeAmount('0', host.profile);
  return {
    customerUid: writeId(member.customerUid, host.profile),
    categoryName: '',
    number: '',
    name: '',
    phone: '',
    balance: zero,
    point: zero,
  };
}

function memberRecord(host: Host, member: LedgerMember): unknown {
  if (isBlank(member)) return blankRecord(host, member);
  return {
    customerUid: writeId(member.customerUid, host.profile),
    categoryName: member.categoryName,
    number: member.number,
    name: member.name,
    point: writeAmount(member.point, host.profile),
    discount: discounts[member.categoryName] ?? 100,
    balance: writeAmount(member.balance, host.profile),
    phone: member.phone,
    birthday: '1990-01-01',
    email: '',
    address: '',
    remarks: '',
    createdDate: '2021-03-01 10:00:00',
    onAccount: 0,
    enable: member.enable,
    expiryDate: member.expiryDate,
    // Real hosts send it, so the client must drop it.
    password: createHash('md5').update(member.number).digest('hex').toUpperCase(),
  };
}

function one(host: Host, member: LedgerMember | undefined): Answer {
  return member === undefined ? refuse(words.customerUnknown) : succeed(memberRecord(host, member));
}

export function queryByNumber(host: Host, body: Body): Answer {
  const read = readFields(body, { customerNum: 'String' });
  if (!read.ok) return read;
  return one(
    host,
    host.ledger.members().find((member) => member.number === read.fields.customerNum),
  );
}

export function queryByUid(host: Host, body: Body): Answer {
  if (!host.profile.hasQueryByUid) return refuse(words.callNotOffered);
  const read = readFields(body, { customerUid: 'Long' });
  return read.ok ? one(host, host.ledger.find(read.fields.customerUid)) : read;
}

export function queryBytel(host: Host, body: Body): Answer {
  if (!host.profile.hasQueryBytel) return refuse(words.callNotOffered);
  const read = readFields(body, { customerTel: 'String' });
  if (!read.ok) return read;
  const found = host.ledger.members().filter((member) => member.phone === read.fields.customerTel);
  return succeed(found.map((member) => memberRecord(host, member)));
}

export function queryCustomerPages(host: Host, body: Body): Answer {
  const rows = host.ledger
    .members()
    .map((member) => ({ id: member.customerUid, row: memberRecord(host, member) }));
  return page(rows, body['postBackParameter'], host.profile);
}
