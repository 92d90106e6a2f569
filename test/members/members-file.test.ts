import { hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AccountDesk } from '../../main/kernel/sealing/account-seal.ts';
import { type Frame, frameAt, openUnder } from '../../main/kernel/sealing/frames.ts';
import {
  createDirectoryRepository,
  type KnownMember,
  type ReadElsewhere,
} from '../../main/members/directory-repository.ts';
import {
  beginsAsMembersFile,
  createMembersFileReader,
  membersFileBytes,
  pagesOf,
} from '../../main/members/members-file.ts';
import { amount } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { hostMember } from './host-member.ts';

const desk: AccountDesk = {
  appKey: 'THE-APP-KEY',
  account: { host: 'https://kybio.example', appId: 'A1' },
};
const header = { madeAtMs: 2_000, wholeAtMs: 1_000 };

const known = (change: Partial<KnownMember> = {}): KnownMember => ({ ...hostMember(), asOfMs: 7, ...change });

const fileOf = (members: readonly KnownMember[], of: AccountDesk = desk): Buffer =>
  Buffer.concat([...membersFileBytes(of, realRandom, header, members.length === 0 ? [] : [members])]);

/** As a till reads one, without its pauses. */
function read(bytes: Buffer, of: AccountDesk = desk) {
  const reader = createMembersFileReader(of);
  const members: ReadElsewhere[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = frameAt(bytes, at);
    if (found === null) return 'cut-off';
    const rows = reader.take(found.frame);
    if (typeof rows === 'string') return rows;
    members.push(...rows);
    at = found.end;
  }
  const told = reader.end();
  if (typeof told === 'string') return told;
  expect(told.members).toBe(members.length);
  return { ...told, members };
}

function framesOf(bytes: Buffer): { readonly frame: Frame; readonly end: number }[] {
  const found = frameAt(bytes, 0);
  if (found === null) return [];
  const rest = framesOf(bytes.subarray(found.end));
  return [found, ...rest.map(({ frame, end }) => ({ frame, end: end + found.end }))];
}

const frameEnds = (bytes: Buffer): number[] => framesOf(bytes).map(({ end }) => end);

/** What stands in it, by whoever has the App key and no part of this program. */
function plainOf(bytes: Buffer): string {
  const [head, ...sealed] = framesOf(bytes).map(({ frame }) => frame);
  const { host, appId } = desk.account;
  const format = 'counterfoil members file 1';
  const secret = hkdfSync('sha256', desk.appKey, JSON.stringify([host, appId]), format, 32);
  const open = openUnder(Buffer.from(secret), head?.content ?? Buffer.alloc(0));
  return sealed.map((frame) => open(frame)?.toString('utf8') ?? 'not opened').join('\n');
}

describe('a file of members', () => {
  it('brings who they are to another till of the account, with when each was read', () => {
    const disabled = known({
      customerUid: '2',
      number: '',
      name: '林伟 “L”',
      enable: 0,
      expiryDate: '2026-12-31',
    });
    const unread = known({ customerUid: '3', balance: null, point: null, asOfMs: 9 });
    const { balance: _, point: __, asOfMs: ___, ...facts } = known();
    const { balance: _2, point: __2, asOfMs: ___2, ...others } = disabled;
    expect(read(fileOf([known(), disabled, unread]))).toEqual({
      ...header,
      members: [
        { member: facts, readAtMs: 7 },
        { member: others, readAtMs: 7 },
        { member: { ...facts, customerUid: '3' }, readAtMs: 9 },
      ],
    });
    expect(read(fileOf([]))).toEqual({ ...header, members: [] });
  });

  it('has no sums anywhere, also when it is unsealed', () => {
    const bytes = fileOf([known({ balance: amount('98765.43'), point: amount('13579') })]);
    expect(plainOf(bytes).split('\n')).toEqual([
      '{"madeAtMs":2000,"wholeAtMs":1000}',
      '[["231607639459718452","8008010001","Tan Mei Ling","Gold","91235640",1,null,7]]',
      '{"members":1}',
    ]);
    expect(bytes.toString('latin1')).not.toMatch(/Tan Mei Ling|8008010001|kybio\.example|THE-APP-KEY/);
  });

  it('is not opened for another account, or with another key', () => {
    const bytes = fileOf([known()]);
    expect(read(bytes, { ...desk, account: { ...desk.account, appId: 'A2' } })).toBe('other-account');
    expect(read(bytes, { ...desk, account: { ...desk.account, host: 'https://b.example' } })).toBe(
      'other-account',
    );
    expect(read(bytes, { ...desk, appKey: 'ANOTHER-KEY' })).toBe('other-key');
    expect(read(bytes, { ...desk, appKey: ' THE-APP-KEY ' })).toMatchObject(header);
  });

  it('is refused whichever byte of it is another', () => {
    const bytes = fileOf([known()]);
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(read(altered), String(at)).toBeTypeOf('string');
    }
  });

  it('is refused wherever it ends too early, and with anything behind its end', () => {
    const bytes = fileOf([known()]);
    for (let end = 0; end < bytes.length; end += 1)
      expect(read(bytes.subarray(0, end)), String(end)).toBe('cut-off');
    const [first = 0, second = 0, third = 0] = frameEnds(bytes);
    expect(read(Buffer.concat([bytes, bytes.subarray(first)]))).toBe('altered');
    expect(read(Buffer.concat([bytes, bytes]))).toBe('altered');
    // A frame is taken out, and two are swapped.
    expect(read(Buffer.concat([bytes.subarray(0, second), bytes.subarray(third)]))).toBe('altered');
    const other = fileOf([known({ number: '1' })]);
    expect(read(Buffer.concat([bytes.subarray(0, second), other.subarray(frameEnds(other)[1])]))).toBe(
      'altered',
    );
  });

  it('is known by its beginning, of this version or of a later one, and nothing else is', () => {
    const bytes = fileOf([known()]);
    const first = (from: Buffer) => frameAt(from, 0)?.frame ?? null;
    expect(beginsAsMembersFile(first(bytes))).toBe(true);
    const later = Buffer.from(bytes.toString('latin1').replace('members file 1', 'members file 2'), 'latin1');
    expect(beginsAsMembersFile(first(later))).toBe(true);
    expect(read(later)).toBe('newer');
    const foreign = Buffer.from(bytes.toString('latin1').replace('counterfoil', 'counterfail'), 'latin1');
    expect(beginsAsMembersFile(first(foreign))).toBe(false);
    expect(read(foreign)).toBe('foreign');
    expect(beginsAsMembersFile(null)).toBe(false);
  });
});

describe('fifty thousand members', () => {
  it('are sealed, opened and kept in steps, of which none has more than two hundred', () => {
    const members = 50_000;
    const from = createDirectoryRepository(openOutbox().db);
    const page = (start: number) =>
      Array.from({ length: 1_000 }, (_, index) => {
        const uid = String(231_607_639_459_000_000n + BigInt(start + index));
        const member = hostMember({
          customerUid: uid,
          number: `C${start + index}`,
          name: `Member ${start + index}`,
        });
        return { member, isBaseline: true };
      });
    for (let start = 0; start < members; start += 1_000) from.keepAll(page(start), 1_000);
    const pieces = [...membersFileBytes(desk, realRandom, header, pagesOf(from.after))];
    // One of its beginning, its header and its end, and between them no more than two hundred members each.
    expect(pieces).toHaveLength(members / 200 + 3);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000);
    const file = read(Buffer.concat(pieces));
    if (typeof file === 'string') throw new Error(file);
    expect(file.members).toHaveLength(members);
    const to = createDirectoryRepository(openOutbox().db);
    for (let at = 0; at < members; at += 200)
      expect(to.keepFacts(file.members.slice(at, at + 200))).toBe(200);
    expect(to.count()).toBe(members);
    expect(to.byNumber('C49999')).toMatchObject([
      { name: 'Member 49999', balance: null, point: null, asOfMs: 1_000 },
    ]);
  }, 120_000);
});
