import type { PickedZ, ShiftReport } from '../../../preload/contract/index.ts';
import { addDays } from '../../kernel/store-time.ts';
import { writeZFile, type ZFileAccount, zKeyId } from '../shifts/z-file.ts';
import type { TextOf } from './bounded-z.ts';
import { type ImportParts, importFiles } from './import-files.ts';
import type { OwnZs } from './own-zs.ts';

/** Zs that go into a folder which tills share, and come out of it, without a person. */
export interface ZExchange {
  /** Another one once the App key is another; null without a key. */
  keyId(): string | null;
  /** This till's newest, by number and digest; newest first. */
  own(most: number): Promise<readonly { readonly number: number; readonly digest: string }[]>;
  /** As a person would save it; null where it cannot be read, or without an App key. */
  fileOf(number: number): string | null;
  /** Digests of what was imported, of all this till's own, and of what a manager removed. */
  known(): Promise<ReadonlySet<string>>;
  /** Imports one file as if a person had chosen it. */
  take(path: string, textOf: TextOf): Promise<PickedZ | null>;
}

export interface ZExchangeParts extends Omit<ImportParts, 'textOf' | 'isArchive'> {
  readonly own: OwnZs;
  readonly today: () => string;
  readonly report: (number: number) => ShiftReport | null;
  readonly account: ZFileAccount;
  readonly ofKey: <T>(make: (appKey: string) => T) => T | null;
  /** With whatever else changes the imported ones. */
  readonly runExclusive: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Longer than a shop is closed, or the owner's computer away. */
const DAYS = 60;

export function createZExchange(parts: ZExchangeParts): ZExchange {
  const { own, today, folder, account, ofKey, read, runExclusive } = parts;
  const ownZs = () => own.since(addDays(today(), -DAYS));
  return {
    keyId: () => ofKey((appKey) => zKeyId(appKey, account)),
    own: async (most) => (await ownZs()).slice(0, most).map(({ number, digest }) => ({ number, digest })),
    fileOf: (number) => {
      const report = parts.report(number);
      return report === null ? null : ofKey((appKey) => writeZFile(appKey, account, report));
    },
    known: async () => {
      // One that this till lost, to a backup from before, is none of its own, and lies there as another till's does.
      const [{ zs }, mine] = [await folder.all(), await own.since('')];
      return new Set([...[...zs, ...mine].map(({ digest }) => digest), ...folder.removed()]);
    },
    take: (path, textOf) =>
      runExclusive(async () => {
        if ((await read('')) === null) return null;
        const { files } = await importFiles({ ...parts, textOf, isArchive: true }, [path]);
        return files[0] ?? null;
      }),
  };
}
