import { z } from 'zod';
import { type MembersFileProblem, memberCardSchema } from '../../preload/contract/index.ts';
import type { Random } from '../kernel/ports.ts';
import {
  type AccountDesk,
  type AccountFormat,
  isHeadOf,
  openForAccount,
  sealForAccount,
} from '../kernel/sealing/account-seal.ts';
import type { Frame } from '../kernel/sealing/frames.ts';
import type { KnownMember, MemberFacts, ReadElsewhere } from './directory-repository.ts';

// The members file: who members are, without their sums. So no sums leave the shop on a stick, and no till has sums
// that it has not read.

/** A file's header. */
export interface MembersFileHeader {
  readonly madeAtMs: number;
  /** When its directory was last complete; null where it never was. */
  readonly wholeAtMs: number | null;
}

/** What a whole file says of itself. */
export interface MembersFileTold extends MembersFileHeader {
  readonly members: number;
}

const FORMAT: AccountFormat = { kind: 'counterfoil members file', version: 1 };

/** Larger than any shop; files above this are refused. */
export const MOST_MEMBERS = 200_000;
/** Enough for that many members with long names. */
export const MOST_BYTES = 67_108_864;

/** Members per frame: a millisecond of main's time, some tens of kilobytes. */
const A_FRAME = 200;

const time = z.number().int().nonnegative().max(8_640_000_000_000_000);
const headerSchema = z.object({ madeAtMs: time, wholeAtMs: time.nullable() }).strict();
const endSchema = z.object({ members: z.number().int().nonnegative() }).strict();

const text = z.string().max(2_000);
/** The frozen order of a row's fields; nothing else is stored. */
const rowSchema = z.tuple([
  memberCardSchema.shape.customerUid,
  text,
  text,
  text,
  text,
  z.number().int().nullable(),
  text.nullable(),
  time,
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
  enable,
  expiryDate,
  readAtMs,
]: Row): ReadElsewhere => ({
  member: { customerUid, number, name, categoryName, phone, enable, expiryDate },
  readAtMs,
});

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

/** A file's bytes in pieces; `pages` have at most `A_FRAME` members each. */
export function* membersFileBytes(
  desk: AccountDesk,
  random: Pick<Random, 'bytes'>,
  header: MembersFileHeader,
  pages: Iterable<readonly KnownMember[]>,
): Generator<Buffer> {
  const { head, seal } = sealForAccount(FORMAT, desk, random);
  yield head;
  yield seal(bytesOf({ madeAtMs: header.madeAtMs, wholeAtMs: header.wholeAtMs }));
  let members = 0;
  for (const page of pages) {
    members += page.length;
    yield seal(bytesOf(page.map(rowOf)));
  }
  yield seal(bytesOf({ members }), 'last');
}

/** The directory's pages, ordered by uid. */
export function* pagesOf(
  after: (customerUid: string, most: number) => readonly KnownMember[],
): Generator<readonly KnownMember[]> {
  for (let page = after('', A_FRAME); page.length > 0; page = after(page.at(-1)?.customerUid ?? '', A_FRAME))
    yield page;
}

/** Whether a file is a members file: only such files are overwritten. */
export const beginsAsMembersFile = (first: Frame | null): boolean =>
  first !== null && isHeadOf(FORMAT, first);

/** Reads a file's frames in order. Nothing may be used before `end` found it whole. */
export interface MembersFileReader {
  /** The frame's members: none of the first two. */
  take(frame: Frame): readonly ReadElsewhere[] | MembersFileProblem;
  /** Null before it was read. */
  header(): MembersFileHeader | null;
  /** `cut-off` where the end was missing. */
  end(): MembersFileTold | MembersFileProblem;
}

export function createMembersFileReader(desk: AccountDesk): MembersFileReader {
  let open: ((frame: Frame) => Buffer | null) | null = null;
  let header: MembersFileHeader | null = null;
  let isWhole = false;
  let members = 0;

  const begin = (frame: Frame): MembersFileProblem | [] => {
    const begun = openForAccount(FORMAT, desk, frame);
    if (typeof begun === 'string') return begun;
    open = begun;
    return [];
  };
  const read = (plain: Buffer, kind: Frame['kind']): MembersFileProblem | ReadElsewhere[] => {
    const said: unknown = JSON.parse(plain.toString('utf8'));
    if (header === null) {
      header = headerSchema.parse(said);
      return kind === 'last' ? 'altered' : [];
    }
    if (kind === 'last') {
      isWhole = true;
      return endSchema.parse(said).members === members ? [] : 'altered';
    }
    const rows = rowsSchema.parse(said).map(readElsewhere);
    members += rows.length;
    return members > MOST_MEMBERS ? 'too-large' : rows;
  };

  return {
    take: (frame) => {
      if (open === null) return begin(frame);
      // No frame may follow the end, and a second head is another file's.
      const plain = isWhole || frame.kind === 'head' ? null : open(frame);
      // Also after a change of the account's App key.
      if (plain === null) return header === null && !isWhole ? 'other-key' : 'altered';
      try {
        return read(plain, frame.kind);
      } catch {
        return 'altered';
      }
    },
    header: () => header,
    end: () => (header === null || !isWhole ? 'cut-off' : { ...header, members }),
  };
}
