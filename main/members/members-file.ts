import { createHash, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { type MembersFileProblem, memberCardSchema } from '../../preload/contract/index.ts';
import type { Random } from '../kernel/ports.ts';
import { type Frame, openUnder, sealUnder } from '../kernel/sealing/frames.ts';
import type { KnownMember, MemberFacts, ReadElsewhere } from './directory-repository.ts';

// A till's directory on its way to the account's other tills: who members are, and nothing of what they hold. Sums that are
// not in it can neither leave the shop on a stick nor stand on a till that has not read them.

/** What a file is made and opened with: the account's App key, which every till of it has. */
export interface MembersFileDesk {
  readonly appKey: string;
  readonly account: { readonly host: string; readonly appId: string };
}

/** What a file says of itself. */
export interface MembersFileHeader {
  readonly madeAtMs: number;
  /** When the directory that it is of was last whole; null where it never was. */
  readonly wholeAtMs: number | null;
}

export interface MembersFile extends MembersFileHeader {
  readonly members: readonly ReadElsewhere[];
}

const KIND = 'counterfoil members file ';
const FORMAT = `${KIND}1`;

/** More than any shop has; a file with more is taken by nobody. */
export const MOST_MEMBERS = 200_000;
/** Room for as many, each with long names. */
export const MOST_BYTES = 67_108_864;

/** Members in one frame: a millisecond of main's time, and some tens of kilobytes. */
const A_FRAME = 200;

const headSchema = z
  .object({
    format: z.string().max(100),
    /** Says which account it is of, without naming it. */
    account: z.string().regex(/^[0-9a-f]{64}$/),
    /** No two files have one key. */
    salt: z.string().max(64),
  })
  .strict();

const time = z.number().int().nonnegative().max(8_640_000_000_000_000);
const headerSchema = z.object({ madeAtMs: time, wholeAtMs: time.nullable() }).strict();
const endSchema = z.object({ members: z.number().int().nonnegative() }).strict();

const text = z.string().max(2_000);
/** In this order, for ever: nothing else is in a row. */
const rowSchema = z.tuple([
  ...([memberCardSchema.shape.customerUid, text, text, text, text] as const),
  ...([z.number().int().nullable(), text.nullable(), time] as const),
]);
type Row = z.infer<typeof rowSchema>;
const rowsSchema = z.array(rowSchema).max(A_FRAME);

const rowOf = ({ asOfMs, ...member }: MemberFacts & Pick<KnownMember, 'asOfMs'>): Row => {
  const { customerUid, number, name, categoryName, phone, enable, expiryDate } = member;
  return [customerUid, number, name, categoryName, phone, enable, expiryDate, asOfMs];
};

const readElsewhere = ([
  customerUid,
  number,
  name,
  categoryName,
  phone,
  ...[enable, expiryDate, readAtMs]
]: Row): ReadElsewhere => ({
  member: { customerUid, number, name, categoryName, phone, enable, expiryDate },
  readAtMs,
});

const accountText = ({ host, appId }: MembersFileDesk['account']): string => JSON.stringify([host, appId]);

const accountOf = ({ account }: MembersFileDesk): string =>
  createHash('sha256')
    .update(`${FORMAT}\n${accountText(account)}`)
    .digest('hex');

const secretOf = ({ appKey, account }: MembersFileDesk): Buffer =>
  Buffer.from(hkdfSync('sha256', appKey.trim(), accountText(account), FORMAT, 32));

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

/** The bytes of a file, a piece after the other; `pages` are of at most `A_FRAME` members each. */
export function* membersFileBytes(
  desk: MembersFileDesk,
  random: Pick<Random, 'bytes'>,
  header: MembersFileHeader,
  pages: Iterable<readonly KnownMember[]>,
): Generator<Buffer> {
  const salt = random.bytes(32).toString('base64');
  const head = bytesOf({ format: FORMAT, account: accountOf(desk), salt });
  const { head: first, seal } = sealUnder(secretOf(desk), head);
  yield first;
  yield seal(bytesOf({ madeAtMs: header.madeAtMs, wholeAtMs: header.wholeAtMs }));
  let members = 0;
  for (const page of pages) {
    members += page.length;
    yield seal(bytesOf(page.map(rowOf)));
  }
  yield seal(bytesOf({ members }), 'last');
}

/** Pages of the directory, in the order of its uids. */
export function* pagesOf(
  after: (customerUid: string, most: number) => readonly KnownMember[],
): Generator<readonly KnownMember[]> {
  for (let page = after('', A_FRAME); page.length > 0; page = after(page.at(-1)?.customerUid ?? '', A_FRAME))
    yield page;
}

type Head = z.infer<typeof headSchema>;

/** Null where this is the head of no members file. */
function headOf({ kind, content }: Frame): Head | null {
  if (kind !== 'head') return null;
  try {
    const head = headSchema.parse(JSON.parse(content.toString('utf8')));
    return head.format.startsWith(KIND) ? head : null;
  } catch {
    return null;
  }
}

/** Whether a file begins as one of these: no other is ever written over. */
export const beginsAsMembersFile = (first: Frame | null): boolean => first !== null && headOf(first) !== null;

/** Takes a file's frames one after the other. Nothing of it is to be used before `end` gives it. */
export interface MembersFileReader {
  /** Null: go on. */
  take(frame: Frame): MembersFileProblem | null;
  /** What all of it said; `cut-off` where its end was not among what was taken. */
  end(): MembersFile | MembersFileProblem;
}

export function createMembersFileReader(desk: MembersFileDesk): MembersFileReader {
  let open: ((frame: Frame) => Buffer | null) | null = null;
  let header: MembersFileHeader | null = null;
  let isWhole = false;
  const members: ReadElsewhere[] = [];

  const begin = (frame: Frame): MembersFileProblem | null => {
    const head = headOf(frame);
    if (head === null) return 'foreign';
    if (head.format !== FORMAT) return 'newer';
    if (head.account !== accountOf(desk)) return 'other-account';
    open = openUnder(secretOf(desk), frame.content);
    return null;
  };
  const read = (plain: Buffer, kind: Frame['kind']): MembersFileProblem | null => {
    const said: unknown = JSON.parse(plain.toString('utf8'));
    if (header === null) {
      header = headerSchema.parse(said);
      return kind === 'last' ? 'altered' : null;
    }
    if (kind === 'last') {
      isWhole = true;
      return endSchema.parse(said).members === members.length ? null : 'altered';
    }
    members.push(...rowsSchema.parse(said).map(readElsewhere));
    return members.length > MOST_MEMBERS ? 'too-large' : null;
  };

  return {
    take: (frame) => {
      if (open === null) return begin(frame);
      // Nothing stands behind the end, and another head is another file's.
      const plain = isWhole || frame.kind === 'head' ? null : open(frame);
      // Also where the account has another App key than the one that it was sealed with.
      if (plain === null) return header === null && !isWhole ? 'other-key' : 'altered';
      try {
        return read(plain, frame.kind);
      } catch {
        return 'altered';
      }
    },
    end: () => (header === null || !isWhole ? 'cut-off' : { ...header, members }),
  };
}
