import type { LedgerMember } from './types.ts';

// Made-up people. Their ids are so close that a double cannot distinguish neighbours: code that passes one through a
// JavaScript number credits another member, and a test sees it.
const firstCustomerUid = 231607639459718452n;
const uidStep = 7n;
const firstNumber = 8008010001n;
const memberCount = 230;

const categories = ['Silver', 'Gold', 'Silver', 'Platinum', 'Silver'] as const;

const people: readonly (readonly [surnames: string, givenNames: string])[] = [
  [
    'Tan Lim Lee Ng Wong Goh Chua Ong Koh Teo Ang Yeo',
    'Wei Jie|Hui Min|Kai Xin|Jun Hao|Xin Yi|Zhi Wei|Shu Fen|Boon Keng|Li Hua|Yong Sheng',
  ],
  ['Nurul Siti Farah Hafiz Irfan Aiman', 'binte Rahman|bin Ismail|Hassan|Abdullah|Yusof|Osman'],
  ['Priya Arjun Kavitha Suresh Deepa Vikram', 'Nair|Krishnan|Menon|Raj|Subramaniam|Kumar'],
  ['Sarah Daniel Rachel Marcus Nicole Adrian', 'de Souza|Pereira|Sequeira|Oliveiro|Chen|Fernandez'],
];

function madeUpName(index: number): string {
  const [first = '', second = ''] = people[index % people.length] ?? [];
  const firsts = first.split(' ');
  const seconds = second.split('|');
  const turn = Math.floor(index / people.length);
  return `${firsts[turn % firsts.length]} ${seconds[(turn * 7 + Math.floor(turn / firsts.length)) % seconds.length]}`;
}

/** 8 digits from 8 or 9; different for every index, since the factor shares none with the modulus. */
function madeUpPhone(index: number): string {
  const rest = (index * 1_047_297 + 4_321_907) % 10_000_000;
  return `${index % 3 === 0 ? '8' : '9'}${String(rest).padStart(7, '0')}`;
}

function madeUpMember(index: number): LedgerMember {
  const cents = String((index * 3_745) % 48_000).padStart(3, '0');
  return {
    customerUid: String(firstCustomerUid + uidStep * BigInt(index)),
    number: String(firstNumber + BigInt(index)),
    name: madeUpName(index),
    phone: madeUpPhone(index),
    categoryName: categories[index % categories.length] ?? 'Silver',
    balance: `${cents.slice(0, -2)}.${cents.slice(-2)}`,
    point: String((index * 37) % 2_000),
    enable: 1,
    expiryDate: null,
  };
}

const special = (index: number, change: Partial<LedgerMember>): LedgerMember => ({
  ...madeUpMember(index),
  ...change,
});

/** Shared by `familyMembers`: a look-up by it must ask who is meant. */
export const familyPhone = '96661234';

/** The member of KYBIO's own sample request: id 231607639459718452. */
export const meiLing = special(0, {
  name: 'Tan Mei Ling',
  categoryName: 'Gold',
  phone: '91235640',
  balance: '120.00',
  point: '340',
});
export const limWei = special(1, { name: 'Lim Wei', categoryName: 'Silver', balance: '48.50', point: '96' });
export const nurAisyah = special(2, {
  name: 'Nur Aisyah',
  categoryName: 'Silver',
  balance: '15.00',
  point: '30',
});
export const rajanPillai = special(3, {
  name: 'Rajan Pillai',
  categoryName: 'Platinum',
  balance: '260.00',
  point: '120',
});
export const chenJia = special(4, { name: 'Chen Jia', categoryName: 'Gold', balance: '75.20', point: '512' });
/** Disabled: enable 0. */
export const ongBoonHuat = special(5, {
  name: 'Ong Boon Huat',
  categoryName: 'Silver',
  balance: '32.00',
  enable: 0,
});
export const disabledMember = ongBoonHuat;
export const gohLiTing = special(6, {
  name: 'Goh Li Ting',
  categoryName: 'Platinum',
  balance: '510.00',
  point: '1280',
});
/** Deleted, but returned with its name: enable −1. */
export const deletedMember = special(7, { name: 'Koh Seng Huat', balance: '0.00', point: '0', enable: -1 });
/** Deleted so long ago that its number returns only a blank record. */
export const blankMember = special(8, {
  name: '',
  phone: '',
  categoryName: '',
  balance: '0',
  point: '0',
  enable: -1,
});
export const expiredMember = special(9, { name: 'Yeo Siew Lan', balance: '20.00', expiryDate: '2024-06-30' });
export const fourDecimalsMember = special(10, { name: 'Vikram Menon', balance: '88.1234', point: '12.5' });
/** Two parents and a child at one number. */
export const familyMembers: readonly LedgerMember[] = [
  special(11, { name: 'Chua Kok Leong', phone: familyPhone, categoryName: 'Gold' }),
  special(12, { name: 'Chua Bee Hoon', phone: familyPhone, categoryName: 'Silver' }),
  special(13, { name: 'Chua Yi Xuan', phone: familyPhone, categoryName: 'Silver' }),
];
/** Valid, with an expiry date in the far future. */
export const renewedMember = special(14, { name: 'Farah Yusof', expiryDate: '2099-12-31' });

/** A card whose code is no number. */
export const letteredMember = special(15, {
  number: 'VIP-0012',
  name: 'Sarah Pereira',
  categoryName: 'Platinum',
  balance: '300.00',
  point: '905',
});

/** Her card number is the end of that code, where it is cut at its last letter. */
export const neighbourMember = special(16, { number: '0012', name: 'Goh Siew Eng', balance: '5.00' });

const specials: readonly LedgerMember[] = [
  meiLing,
  limWei,
  nurAisyah,
  rajanPillai,
  chenJia,
  ongBoonHuat,
  gohLiTing,
  deletedMember,
  blankMember,
  expiredMember,
  fourDecimalsMember,
  ...familyMembers,
  renewedMember,
  letteredMember,
  neighbourMember,
];

/** 230 members, so that the directory takes three pages; the same ones at every start. */
export const practiceMembers: readonly LedgerMember[] = [
  ...specials,
  ...Array.from({ length: memberCount - specials.length }, (_, offset) =>
    madeUpMember(specials.length + offset),
  ),
];
