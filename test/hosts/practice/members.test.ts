import { expect, test } from 'vitest';
import * as cast from '../../../main/hosts/practice/members.ts';

const { practiceMembers } = cast;
const distinct = (values: readonly string[]): number => new Set(values).size;

test('230 members, each with an id, a number and a phone that are nobody else’s', () => {
  expect(practiceMembers).toHaveLength(230);
  expect(distinct(practiceMembers.map((member) => member.customerUid))).toBe(230);
  expect(distinct(practiceMembers.map((member) => member.number))).toBe(230);
  const phones = practiceMembers.map((member) => member.phone).filter((phone) => phone !== '');
  expect(distinct(phones)).toBe(229 - 2);
  for (const phone of phones) expect(phone).toMatch(/^[89]\d{7}$/);
});

test('ids are 18 digits above 2^53, and doubles cannot tell them apart', () => {
  for (const { customerUid } of practiceMembers) {
    expect(customerUid).toMatch(/^231607639459\d{6}$/);
    expect(BigInt(customerUid)).toBeGreaterThan(2n ** 53n);
  }
  expect(distinct(practiceMembers.map((member) => String(Number(member.customerUid))))).toBeLessThan(100);
});

test('amounts are plain decimals and names are plausible', () => {
  for (const member of practiceMembers) {
    expect(member.balance).toMatch(/^(0|[1-9]\d*)(\.\d{2}|\.\d{4})?$/);
    expect(member.point).toMatch(/^(0|[1-9]\d*)(\.\d)?$/);
    if (member !== cast.blankMember) expect(member.name).toMatch(/^[A-Z]\w+( \w+)+$/);
  }
  expect(distinct(practiceMembers.map((member) => member.name))).toBeGreaterThan(100);
});

test('the cast is in the directory', () => {
  expect(practiceMembers[0]).toBe(cast.meiLing);
  expect(cast.meiLing).toMatchObject({
    customerUid: '231607639459718452',
    name: 'Tan Mei Ling',
    number: '8008010001',
    categoryName: 'Gold',
    balance: '120.00',
    point: '340',
  });
  expect(cast.meiLing.phone.endsWith('5640')).toBe(true);
  expect(practiceMembers.filter((member) => member.phone === cast.familyPhone)).toEqual(cast.familyMembers);
  expect(practiceMembers.filter((member) => member.enable !== 1)).toEqual([
    cast.disabledMember,
    cast.deletedMember,
    cast.blankMember,
  ]);
  expect(cast.nurAisyah.balance).toBe('15.00');
  expect(cast.rajanPillai.point).toBe('120');
  expect(cast.fourDecimalsMember.balance).toMatch(/\.\d{4}$/);
});
