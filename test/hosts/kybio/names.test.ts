import { expect, it } from 'vitest';
import { parseMember } from '../../../main/hosts/kybio/member.ts';
import { parseRechargeRow } from '../../../main/hosts/kybio/recharge.ts';
import { parseReply } from '../../../main/hosts/kybio/reply.ts';

const nameOf = (name: string): unknown => {
  const parsed = parseMember({ customerUid: '7', number: `A\u202e7`, name, balance: '1', point: '0' });
  return parsed.kind === 'value' ? parsed.value.name : parsed.kind;
};

/** Attack B10: with U+202E in a name the sum after it reads backwards. */
it.each([
  ['Ann Tan\u202e', 'Ann Tan'],
  ['\u2066Ann\u2069 \u200fTan', 'Ann Tan'],
  ['Ann\u0000\u0007 T\u200ban\ufeff', 'Ann Tan'],
  ['Ann\r\nTan', 'Ann Tan'],
  ['\u061c陈美玲', '陈美玲'],
  ['क्\u200dष נועה', 'क्\u200dष נועה'],
  ['Zoë 👩\u200d🍳', 'Zoë 👩\u200d🍳'],
])('a name is read without what is not seen: %j', (name, read) => {
  expect(nameOf(name)).toBe(read);
});

it('and so are a card’s number, KYBIO’s words and a row’s remark', () => {
  const member = parseMember({ customerUid: '7', number: 'A\u202e7', name: 'Ann', balance: '1', point: '0' });
  expect(member).toMatchObject({ value: { number: 'A7' } });
  const reply = parseReply(Buffer.from('{"status":"error","messages":["no \u202esuch member"]}'));
  expect(reply).toMatchObject({ value: { messages: ['no such member'] } });
  const row = { rechargeMoney: '1', datetime: '2026-11-26 10:00:00', remark: 'gift\u2067' };
  expect(parseRechargeRow(row)).toMatchObject({ value: { remark: 'gift' } });
});
